import type { Layout } from '../scene/layout.ts';
import { gainThrough, voiceGain } from './audibility.ts';
import type { Opening } from './audibility.ts';
import type { Point } from './ground.ts';
import { SpaceMap } from './spaces.ts';

/** Outside every acoustic space of the scene: one more space, which hears itself and nothing else. */
export const OUTSIDE = -1;

const NONE: readonly Opening[] = [];

/** The acoustic spaces of a scene, by number, what leads from one into another, and how loud a voice is across them. */
export class Acoustics extends SpaceMap {
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

  /**
   * Linear gain of `speaker` at `listener`, wherever the two are: within a space by {@link voiceGain}, through openings by the loudest way, 0 where
   * nothing is heard. The planner ranks by it and mixers apply it. Allocates nothing.
   */
  gain(speaker: Readonly<Point>, speakerYaw: number, listener: Readonly<Point>): number {
    const from = this.at(speaker.x, speaker.y, speaker.z);
    const to = this.at(listener.x, listener.y, listener.z);
    if (from === to) return voiceGain(speaker, speakerYaw, listener);
    const openings = this.between(from, to);
    let loudest = 0;
    for (let i = 0; i < openings.length; i += 1) loudest = Math.max(loudest, gainThrough(speaker, speakerYaw, listener, openings[i] as Opening));
    return loudest;
  }
}
