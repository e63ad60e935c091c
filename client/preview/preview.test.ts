import { describe, expect, it } from 'vitest';
import { bakeBuilding } from '../../shared/navigation/fixture.ts';
import { EMPTY_LAYOUT } from '../../shared/scene/layout.ts';
import { floorShapes, layoutOverlays } from './shapes.ts';
import { baseFromAddress } from './source.ts';

describe('baseFromAddress', () => {
  const base = (query: string): string | null => baseFromAddress(new URL(`https://venue.example/preview/${query}`));

  it('takes a folder of our own server', () => {
    expect([base(''), base('?base=/scenes/geneva/'), base('?base=https://venue.example/api/staff/scenes/x/y/')]).toEqual([null, '/scenes/geneva/', '/api/staff/scenes/x/y/']);
  });

  it.each(['?base=https://elsewhere.example/', '?base=//elsewhere.example/', '?base=/scenes/geneva', '?base=javascript:alert(1)', '?base=/a/?x=/', '?base=data:text/html,/'])('refuses %s', (query) => {
    expect(() => base(query)).toThrow(RangeError);
  });
});

describe('shapes', () => {
  it('draws every kind of the layout, with a name each', () => {
    const at = { position: [1, 0, 2] as [number, number, number], yaw: 0 };
    const outline: [number, number][] = [[0, 0], [4, 0], [4, 4], [0, 4]];
    const made = layoutOverlays({
      ...EMPTY_LAYOUT,
      seats: [{ id: 'A1', ...at, height: 0.45, space: null }],
      spaces: [{ id: 'hall', outline, bottom: 0, top: 3, reverb: 0.3, openings: [{ to: 'lobby', position: [4, 0, 2], lossDecibels: 9 }] }, { id: 'lobby', outline, bottom: 0, top: 3, reverb: 0, openings: [{ to: 'hall', position: [4, 0, 2], lossDecibels: 9 }] }],
      zones: [{ id: 'desk', outline, bottom: 0, top: 3 }],
      links: [{ id: 'out', ...at, space: null, to: 'geneva', spawn: null, radius: 1.5 }],
      places: [{ id: 'bar', ...at, space: null }],
    });
    expect(Object.fromEntries(Object.entries(made).map(([kind, { labels }]) => [kind, labels.map(({ text }) => text)]))).toEqual({
      seats: ['A1'], spaces: ['hall, reverb 0.3', 'hall / lobby, 9 dB', 'lobby, reverb 0'], zones: ['desk'], links: ['out: to geneva'], sights: ['place bar'],
    });
    for (const { shapes } of Object.values(made)) {
      expect(shapes.lines.length % 6).toBe(0);
      expect(shapes.triangles.length % 9).toBe(0);
      expect([...shapes.lines, ...shapes.triangles].every(Number.isFinite)).toBe(true);
      expect(shapes.lines.length).toBeGreaterThan(0);
    }
  });

  it('tells floor that is reached from floor that is not', async () => {
    const bytes = (await bakeBuilding()).slice();
    const all = floorShapes(bytes);
    expect(all.unreachable.triangles).toEqual([]);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setUint16(100 + view.getUint32(28, true) * 12 + 28, 0, true);
    const some = floorShapes(bytes);
    expect(some.unreachable.triangles.length).toBeGreaterThan(0);
    expect(some.reachable.triangles.length + some.unreachable.triangles.length).toBe(all.reachable.triangles.length);
  });
});
