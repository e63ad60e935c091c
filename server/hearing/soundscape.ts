import { Acoustics, OUTSIDE } from '../../shared/rules/acoustics.ts';
import type { Opening } from '../../shared/rules/audibility.ts';
import type { Layout } from '../../shared/scene/layout.ts';

/** Not placed in any scene yet. */
export const NOWHERE = -1;

const NONE: readonly Opening[] = [];

/** The acoustic spaces of one scene, by numbers that no other scene of the venue has. */
export interface SceneSpaces {
  /** Number of the space around a point (metres) of the scene; what lies outside all its spaces is one more. Allocates nothing. */
  at(x: number, y: number, z: number): number;
}

class NumberedSpaces implements SceneSpaces {
  readonly acoustics: Acoustics;
  /** Number of what is outside; the spaces of the layout follow. */
  readonly first: number;

  constructor(acoustics: Acoustics, first: number) {
    this.acoustics = acoustics;
    this.first = first;
  }

  at(x: number, y: number, z: number): number {
    return this.acoustics.at(x, y, z) - OUTSIDE + this.first;
  }
}

/**
 * The acoustic spaces of all scenes, numbered through, so that two people are within hearing of each other by their numbers alone: equal, or
 * joined by an opening. Numbers are never given twice: whoever still has one of a scene that was taken down is alone with it.
 */
export class Soundscape {
  /** By number of a space: the scene that it is in. */
  private readonly owners: (NumberedSpaces | undefined)[] = [];

  add(layout: Pick<Layout, 'spaces'>): SceneSpaces {
    const scene = new NumberedSpaces(new Acoustics(layout), this.owners.length);
    for (let i = 0; i <= layout.spaces.length; i += 1) this.owners.push(scene);
    return scene;
  }

  remove(scene: SceneSpaces): void {
    for (let number = 0; number < this.owners.length; number += 1) if (this.owners[number] === scene) this.owners[number] = undefined;
  }

  /** Openings through which a voice in space `from` is heard in space `to`: none between two scenes. Allocates nothing. */
  between(from: number, to: number): readonly Opening[] {
    const scene = this.owners[from];
    if (scene === undefined || scene !== this.owners[to]) return NONE;
    return scene.acoustics.between(from - scene.first + OUTSIDE, to - scene.first + OUTSIDE);
  }
}
