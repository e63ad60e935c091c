/** How loud floor and interpretation are: pure, so that it can be tested without sound. */
import type { PlenaryServerMessages } from '../../shared/protocol/plenary/messages.ts';
import type { Listening } from './contract.ts';

export interface Gains {
  readonly floor: number;
  readonly language: number;
}

/** By what the server says is being sent, not by what was chosen: an interpreter hears what the console has chosen. The floor lies softly under an interpretation, and is heard in full when there is none. */
export function gainsFor({ under }: Pick<Listening, 'under'>, audio: PlenaryServerMessages['audio']): Gains {
  if (audio.fellBack || audio.channel === null) return { floor: 1, language: 0 };
  return { floor: under, language: 1 };
}

/** Highest sample that leaves the page: -1 dBFS. */
export const CEILING = 0.891;
/** Up to here nothing is bent. */
const KNEE = 0.7;

/**
 * Curve of a WaveShaper that no sample passes: straight up to the knee, then bent towards the ceiling (y = c - (c - k) e^(-(x - k)/(c - k)), whose slope at the knee is 1). What is
 * louder than full scale is held at the end of the curve, by definition of the node.
 */
export function ceilingCurve(points = 4097): Float32Array<ArrayBuffer> {
  const curve = new Float32Array(points);
  const room = CEILING - KNEE;
  for (let i = 0; i < points; i += 1) {
    const x = (2 * i) / (points - 1) - 1;
    const size = Math.abs(x);
    const bent = size <= KNEE ? size : CEILING - room * Math.exp(-(size - KNEE) / room);
    curve[i] = Math.sign(x) * bent;
  }
  return curve;
}
