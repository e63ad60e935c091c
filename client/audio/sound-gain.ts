import type { Acoustics } from '../../shared/rules/acoustics.ts';
import type { Point } from '../../shared/rules/ground.ts';
import type { Sound } from '../../shared/scene/layout.ts';

/** Of the greatest distance, the last share in which a sound fades out, so that it does not end at a line on the floor. */
const FADE = 0.2;

/**
 * Voices beside one arrive at about -20 dBFS (root mean square); everything that a scene sounds like together stays this far under them, however its
 * author mixed it.
 */
export const CEILING = 10 ** (-32 / 20);

/** Root mean square of all channels. */
export function loudnessOf(channels: readonly Float32Array[]): number {
  let sum = 0;
  let count = 0;
  for (const samples of channels) {
    for (const sample of samples) sum += sample * sample;
    count += samples.length;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/**
 * Gain at `distance` metres by the inverse law of Web Audio (and KHR_audio_emitter): reference / (reference + rolloff * (distance - reference)), nothing
 * beyond the greatest distance.
 */
export function gainAt({ refDistance, maxDistance, rolloff }: Pick<Sound, 'refDistance' | 'maxDistance' | 'rolloff'>, distance: number): number {
  const beyond = Math.max(0, distance - refDistance);
  const fade = Math.min(1, Math.max(0, (maxDistance - distance) / (maxDistance * FADE)));
  return (refDistance / (refDistance + rolloff * beyond)) * fade;
}

/**
 * Linear gain of a scene's sound at the ears: within its acoustic space by distance, through openings by the loudest way with what they take, and
 * nothing where no opening leads. A sound without a place is everywhere. Allocates nothing.
 */
export function soundGain(sound: Sound, acoustics: Acoustics, ears: Readonly<Point>): number {
  const { position, gain } = sound;
  if (position === null) return gain;
  const x = position[0], y = position[1], z = position[2];
  const from = acoustics.at(x, y, z);
  const to = acoustics.at(ears.x, ears.y, ears.z);
  if (from === to) return gain * gainAt(sound, Math.hypot(ears.x - x, ears.y - y, ears.z - z));
  let loudest = 0;
  const openings = acoustics.between(from, to);
  for (let i = 0; i < openings.length; i += 1) {
    const opening = openings[i];
    if (opening === undefined) continue;
    const { at } = opening;
    const way = Math.hypot(at.x - x, at.y - y, at.z - z) + Math.hypot(ears.x - at.x, ears.y - at.y, ears.z - at.z);
    loudest = Math.max(loudest, gainAt(sound, way) * opening.gain);
  }
  return gain * loudest;
}
