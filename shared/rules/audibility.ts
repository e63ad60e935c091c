import type { Point } from './ground.ts';

/**
 * How loud somebody is to somebody else in the same acoustic space. The planner ranks speakers by it and the client's mixer applies it,
 * so what is forwarded is what is audible.
 *
 * Distance: sound pressure of a point source falls as 1/distance (6 dB a doubling), level at 1 m = 1, constant nearer than that.
 * Facing: a talker is about 9 dB quieter behind than in front (broadband speech directivity: Chu & Warnock, NRC IRC-RR-104, 2002);
 * a raised cosine between the two.
 */
export const REFERENCE_DISTANCE = 1;
/** Beyond this, speech (65 dB SPL at 1 m) is under the noise of a room (35-40 dB): nothing is forwarded. */
export const HEARING_RANGE = 25;
export const REAR_GAIN = 0.355;

/** Linear gain for `distance` metres. */
export function distanceGain(distance: number): number {
  return REFERENCE_DISTANCE / Math.max(REFERENCE_DISTANCE, distance);
}

/** Linear gain for a talker looking along `speakerYaw` as heard from direction (dx, dz) = listener - speaker, metres. */
export function facingGain(speakerYaw: number, dx: number, dz: number): number {
  const length = Math.hypot(dx, dz);
  if (length < 1e-6) return 1;
  const cosine = (Math.sin(speakerYaw) * dx + Math.cos(speakerYaw) * dz) / length;
  return REAR_GAIN + (1 - REAR_GAIN) * (0.5 + 0.5 * cosine);
}

/** Linear gain of `speaker` at `listener`; 0 beyond hearing range. Allocates nothing. */
export function voiceGain(speaker: Readonly<Point>, speakerYaw: number, listener: Readonly<Point>): number {
  const dx = listener.x - speaker.x;
  const dy = listener.y - speaker.y;
  const dz = listener.z - speaker.z;
  const distance = Math.hypot(dx, dy, dz);
  if (distance > HEARING_RANGE) return 0;
  return distanceGain(distance) * facingGain(speakerYaw, dx, dz);
}

/** A way from one acoustic space into another: where, and the linear gain that remains. */
export interface Opening {
  readonly at: Readonly<Point>;
  readonly gain: number;
}

/**
 * Linear gain of `speaker` at `listener` in another acoustic space, through an opening: the way leads over it, the talker's facing counts towards it. 0 beyond hearing range. Allocates nothing.
 */
export function gainThrough(speaker: Readonly<Point>, speakerYaw: number, listener: Readonly<Point>, opening: Opening): number {
  const { at } = opening;
  const dx = at.x - speaker.x;
  const dy = at.y - speaker.y;
  const dz = at.z - speaker.z;
  const distance = Math.hypot(dx, dy, dz) + Math.hypot(listener.x - at.x, listener.y - at.y, listener.z - at.z);
  if (distance > HEARING_RANGE) return 0;
  return distanceGain(distance) * facingGain(speakerYaw, dx, dz) * opening.gain;
}
