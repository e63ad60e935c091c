import { describe, expect, it } from 'vitest';
import { PlenaryFuzz } from '../../tests/support/plenary-fuzz.ts';

const SEEDS = [11, 22, 33, 44];
const STEPS = 4000;

describe('floor and booths, lived at random', () => {
  it.each(SEEDS)('never have two open microphones on the floor, in a booth or on a language, nor one without a right to it (seed %i)', async (seed) => {
    const fuzz = await PlenaryFuzz.begin(seed);
    for (let step = 0; step < STEPS; step += 1) {
      await fuzz.step();
      expect(fuzz.faults(), `after step ${step} of seed ${seed}`).toEqual([]);
    }
    // A life in which nothing happens would show nothing.
    expect(fuzz.done).toBeGreaterThan(STEPS / 5);
    expect(fuzz.spoken).toBeGreaterThan(STEPS / 20);
  });
});
