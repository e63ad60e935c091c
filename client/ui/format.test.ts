import { describe, expect, it } from 'vitest';
import { formatDistance, formatList, formatNumber, formatTime, isolate } from './format.ts';

describe('formats', () => {
  it('rounds distances to what people can tell apart', () => {
    expect(formatDistance(1.64, 'en')).toBe('1.5 m');
    expect(formatDistance(9.9, 'en')).toBe('10 m');
    expect(formatDistance(15.4, 'en')).toBe('15 m');
  });

  it('writes numbers the way of the language, in Arabic with Western digits', () => {
    expect(formatNumber(1.5, 'fr')).toBe('1,5');
    expect(formatNumber(12_345, 'en')).toBe('12,345');
    expect(formatNumber(42, 'ar')).toBe('42');
    expect(formatTime(Date.UTC(2027, 0, 1, 12, 0), 'ar')).toMatch(/\d\d:\d\d/);
  });

  it('joins names with the words of the language', () => {
    expect(formatList(['A', 'B', 'C'], 'fr')).toBe('A, B et C');
    expect(formatList(['A', 'B'], 'es')).toBe('A y B');
  });

  it('isolates only what runs against the direction of the sentence', () => {
    expect(isolate('Ana', 'en')).toBe('Ana');
    expect(isolate('خالد', 'en')).toBe('\u2068خالد\u2069');
    expect(isolate('خالد', 'ar')).toBe('خالد');
    expect(isolate('Ana', 'ar')).toBe('\u2068Ana\u2069');
  });
});
