import type { Point } from '../../shared/rules/ground.ts';
import { SpaceMap } from '../../shared/rules/spaces.ts';
import type { Layout } from '../../shared/scene/layout.ts';

/** Outside every acoustic space of the scene: one more space, which hears itself and nothing else. */
export const OUTSIDE = -1;

/** A way from one space into another: where, and the linear gain that remains. */
export interface Opening {
  readonly at: Readonly<Point>;
  readonly gain: number;
}

const NONE: readonly Opening[] = [];

/** The acoustic spaces of a scene, by number, and what leads from one into another. */
export class Spaces extends SpaceMap {
  private readonly openings: readonly (readonly Opening[])[];

  constructor({ spaces }: Pick<Layout, 'spaces'>) {
    super(spaces);
    const openings: Opening[][] = Array.from({ length: spaces.length * spaces.length }, () => []);
    spaces.forEach((space, from) => {
      for (const { to, position, lossDecibels } of space.openings) {
        const target = this.ids.indexOf(to);
        if (target < 0) continue;
        const [x, y, z] = position;
        openings[from * spaces.length + target]?.push({ at: { x, y, z }, gain: 10 ** (-lossDecibels / 20) });
      }
    });
    this.openings = openings;
  }

  /** Openings through which a voice in space `from` is heard in space `to`. Allocates nothing. */
  between(from: number, to: number): readonly Opening[] {
    return from === OUTSIDE || to === OUTSIDE ? NONE : (this.openings[from * this.ids.length + to] ?? NONE);
  }
}
