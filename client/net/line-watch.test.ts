import { describe, expect, it } from 'vitest';
import { LineWatch, PING_MS, SILENCE_MS } from './line-watch.ts';

describe('the watch over a line', () => {
  it('finds it dead when nothing has come for some time', () => {
    const watch = new LineWatch(0);
    const looks = [1, 2, 3, 4].map((count) => watch.isDead(count * PING_MS));
    expect(looks).toEqual([false, false, false, true]);
    expect(4 * PING_MS).toBeGreaterThan(SILENCE_MS);
  });

  it('does not blame the line for a page that was held up, and gives it one more ping', () => {
    const watch = new LineWatch(0);
    expect(watch.isDead(8000)).toBe(false);
    watch.heard(8010);
    expect([8000 + PING_MS, 8000 + 2 * PING_MS].map((now) => watch.isDead(now))).toEqual([false, false]);
  });

  it('finds a line that died meanwhile by that ping', () => {
    const watch = new LineWatch(0);
    expect(watch.isDead(60_000)).toBe(false);
    expect(watch.isDead(60_000 + PING_MS)).toBe(true);
  });

  it('is not put off by looks that come a little late', () => {
    const watch = new LineWatch(0);
    expect([1900, 3800, 5700].map((now) => watch.isDead(now))).toEqual([false, false, true]);
  });
});
