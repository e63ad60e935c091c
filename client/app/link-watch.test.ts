import { describe, expect, it } from 'vitest';
import type { Link } from '../../shared/scene/layout.ts';
import { LinkWatch } from './link-watch.ts';

const link = (id: string, x: number, y = 0): Link => ({ id, position: [x, y, 0], yaw: 0, space: null, to: id, spawn: null, radius: 1.5 });
const at = (x: number, y = 0): { x: number; y: number; z: number } => ({ x, y, z: 0 });
const far = at(100);

describe('the question in front of a way out', () => {
  it('comes within its radius, and goes only a little beyond it', () => {
    const watch = new LinkWatch([link('garden', 0), link('hall', 30)]);
    watch.begin(far);
    const asked = [3, 1.6, 1.4, 1.6, 1.9, 2.1, 1.6].map((x) => watch.update(at(x))?.id ?? null);
    expect(asked).toEqual([null, null, 'garden', 'garden', 'garden', null, null]);
    expect(watch.update(at(30.5))?.id).toBe('hall');
  });

  it('is not put to whoever has just come out of it, until they have been elsewhere', () => {
    const watch = new LinkWatch([link('garden', 0)]);
    watch.begin(at(1));
    expect([1, 0, 1.9].map((x) => watch.update(at(x)))).toEqual([null, null, null]);
    watch.update(at(2.1));
    expect(watch.update(at(1))?.id).toBe('garden');
  });

  it('is not repeated to whoever stays, until they have been elsewhere', () => {
    const watch = new LinkWatch([link('garden', 0)]);
    watch.begin(far);
    watch.update(at(1));
    watch.stay();
    expect(watch.update(at(0.5))).toBeNull();
    watch.update(at(5));
    expect(watch.update(at(0.5))?.id).toBe('garden');
  });

  it('is about the own storey', () => {
    const watch = new LinkWatch([link('cellar', 0, -3)]);
    watch.begin(far);
    expect(watch.update(at(0))).toBeNull();
    expect(watch.update(at(0, -2.5))?.id).toBe('cellar');
  });

  it('is expected from farther off, so that the scene beyond can be fetched ahead', () => {
    const watch = new LinkWatch([link('garden', 0), link('hall', 30)]);
    expect(watch.ahead(at(10)).map(({ id }) => id)).toEqual(['garden']);
    expect(watch.ahead(at(16)).map(({ id }) => id)).toEqual(['hall']);
    expect(watch.ahead(far)).toEqual([]);
  });
});
