import type { Body } from '../../../shared/protocol/body.ts';

/** Two who sit next to each other have not come nearer: seats of the venue's halls stand 0.65 m apart and more. */
const SEATED_MOST = 0.5;
/** People on the floor above or below are not near, metres. */
const SAME_FLOOR = 2.2;
/** Who was too near stays away until this much farther off, so that nobody flickers. */
const KEEP = 1.12;
/** Seconds in which somebody fades out or in. */
const FADE_S = 0.25;

/** What personal space looks at and writes, of one avatar. */
export interface Neighbour {
  /** Nearer to the eye than the person there allows. */
  near: boolean;
  /** 0 there, 1 faded away. */
  gone: number;
  readonly pose: { readonly x: number; readonly y: number; readonly z: number; readonly posture: string; readonly body: Body | null };
}

/** Whether an avatar, its feet or its head, is nearer in plan to the eye than `limit` metres. */
export function isTooNear(avatar: Readonly<Neighbour>, eye: Readonly<{ x: number; y: number; z: number }>, limit: number): boolean {
  const { pose } = avatar;
  const allowed = (pose.posture === 'seated' ? Math.min(limit, SEATED_MOST) : limit) * (avatar.near ? KEEP : 1);
  const dx = pose.x - eye.x;
  const dz = pose.z - eye.z;
  const below = eye.y - pose.y;
  if (below < -0.2 || below > SAME_FLOOR) return false;
  if (dx * dx + dz * dz < allowed * allowed) return true;
  const { body } = pose;
  return body !== null && (dx + body.head.x) ** 2 + (dz + body.head.z) ** 2 < allowed * allowed;
}

/** Fades by `elapsed` seconds. */
export function fadeNear(avatar: Neighbour, elapsed: number): void {
  avatar.gone = Math.max(0, Math.min(1, avatar.gone + (avatar.near ? elapsed : -elapsed) / FADE_S));
}

/** Steps of fading that go beside the strength of a shadow into one number of the people table. */
const STEPS = 64;

/** Strength of the shadow (0..1) and how far somebody is gone, as one number: see `PERSON_TEXELS`. */
export function packGone(shadow: number, gone: number): number {
  return shadow + 2 * Math.round(gone * STEPS);
}

/** GLSL: what {@link packGone} put into `packed`. */
export const UNPACK_GONE = `
float goneOf(float packed) { return floor(packed * 0.5) / ${STEPS}.0; }
float shadowOf(float packed) { return packed - 2.0 * floor(packed * 0.5); }
`;
