import { describe, expect, it } from 'vitest';
import { breakLines } from './text.ts';

/** Every letter is ten texels wide. */
const measure = (line: string): number => [...line].length * 10;

describe('lines of a text', () => {
  it('break between words, never within one, and at line ends of the text', () => {
    expect(breakLines('A foyer with a fountain.\nWelcome', 100, measure)).toEqual(['A foyer', 'with a', 'fountain.', 'Welcome']);
    expect(breakLines('Internationalisation', 100, measure)).toEqual(['Internationalisation']);
  });

  it('break where Chinese does, which has no spaces', () => {
    const lines = breakLines('欢迎来到国际会议中心的前厅', 60, measure);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).toBe('欢迎来到国际会议中心的前厅');
    expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(60);
  });
});
