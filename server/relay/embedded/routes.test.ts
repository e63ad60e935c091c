import { describe, expect, test } from 'vitest';
import { RouteTable } from './routes.ts';

describe('RouteTable', () => {
  test('the last word on a slot counts', () => {
    const table = new RouteTable();
    table.set({ listener: 'l', slot: 0, speaker: 'a' });
    table.set({ listener: 'l', slot: 0, speaker: 'b' });
    table.set({ listener: 'l', slot: 1, speaker: 'a' });
    table.set({ listener: 'l', slot: 1, speaker: null });
    expect([...table.all()]).toEqual([{ listener: 'l', slot: 0, speaker: 'b' }]);
    expect(table.speakerOf('l', 0)).toBe('b');
    expect(table.speakerOf('l', 1)).toBeNull();
  });

  test('who is forgotten neither hears nor is heard', () => {
    const table = new RouteTable();
    table.set({ listener: 'l', slot: 0, speaker: 'gone' });
    table.set({ listener: 'l', slot: 1, speaker: 'a' });
    table.set({ listener: 'gone', slot: 0, speaker: 'a' });
    table.forget('gone');
    expect([...table.all()]).toEqual([{ listener: 'l', slot: 1, speaker: 'a' }]);
    table.set({ listener: 'l', slot: 1, speaker: null });
    expect([...table.all()]).toEqual([]);
  });
});
