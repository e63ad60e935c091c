import { describe, expect, it } from 'vitest';
import type { Space } from '../scene/layout.ts';
import { SpaceMap } from './spaces.ts';

function box(id: string, x: [number, number], z: [number, number], y: [number, number] = [0, 3]): Space {
  return { id, outline: [[x[0], z[0]], [x[1], z[0]], [x[1], z[1]], [x[0], z[1]]], bottom: y[0], top: y[1], reverb: 0.2, openings: [] };
}

describe('acoustic spaces', () => {
  const map = new SpaceMap([box('lounge', [0, 20], [0, 10]), box('hall', [20, 40], [0, 10], [0, 9]), box('booth', [2, 4], [2, 4])]);

  it('finds the one that surrounds a point, and the smaller where they overlap', () => {
    expect(map.idAt(10, 0, 5)).toBe('lounge');
    expect(map.idAt(30, 1, 5)).toBe('hall');
    expect(map.idAt(3, 0, 3)).toBe('booth');
  });

  it('knows floors and ceilings, and that outside is nowhere', () => {
    expect(map.idAt(10, -0.2, 5)).toBe('lounge');
    expect(map.idAt(10, 4, 5)).toBeNull();
    expect(map.idAt(30, 4, 5)).toBe('hall');
    expect(map.idAt(10, 0, 11)).toBeNull();
    expect(map.at(-1, 0, 5)).toBe(-1);
  });
});
