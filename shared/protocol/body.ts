/**
 * Head and hands of somebody in a headset, as they go over the wire: 24 bytes, little endian, head then left then right hand, 8 bytes each:
 *   u32  x (10 bits) | y (10 bits) << 10 | z (10 bits) << 20 | mark (2 bits) << 30
 *   u32  orientation, smallest three: a b c (10 bits each) | index of the left-out component << 30
 * Positions are relative to the footing of the person (x and z -1.28..+1.28 m, y 0..2.56 m, steps of 2.5 mm), along the axes of the world, so that no
 * rounding of the yaw moves them. Orientations are what WebXR gives (viewer space for the head: -Z looks ahead; grip space for hands), turned into the world.
 * `mark` of a hand: its shape; of the head: 0.
 */
export const BODY_BYTES = 24;

/** `lost`: not tracked now, the arm hangs as the clips say. */
export const HAND_SHAPES = ['lost', 'open', 'point', 'grip'] as const;
export type HandShape = (typeof HAND_SHAPES)[number];

/** A tracked point: metres from the footing, unit quaternion. Mutable: decoders and interpolation write into instances that the caller owns. */
export interface TrackedPoint {
  x: number;
  y: number;
  z: number;
  qx: number;
  qy: number;
  qz: number;
  qw: number;
}

export interface TrackedHand extends TrackedPoint {
  shape: HandShape;
}

export interface Body {
  readonly head: TrackedPoint;
  readonly left: TrackedHand;
  readonly right: TrackedHand;
}

export function emptyBody(): Body {
  const point = { x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 };
  return { head: { ...point }, left: { ...point, shape: 'lost' }, right: { ...point, shape: 'lost' } };
}
