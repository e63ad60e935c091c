/**
 * Head and hands of somebody in a headset, as they go over the wire: 24 bytes, little endian, head then left then right hand, 8 bytes each:
 *   u32  x (10 bits) | y (10 bits) << 10 | z (10 bits) << 20 | mark (2 bits) << 30
 *   u32  orientation, smallest three: a b c (10 bits each) | index of the left-out component << 30
 * Positions are relative to the footing of the person (x and z -1.28..+1.28 m, y 0..2.56 m, steps of 2.5 mm), along the axes of the world, so that no
 * rounding of the yaw moves them. Orientations are what WebXR gives (viewer space for the head: -Z looks ahead; grip space for hands), turned into the world.
 * `mark` of a hand: its shape; of the head: 0 from a client, its age from the server.
 */
import { TICK_MS } from './version.ts';

export const BODY_BYTES = 24;

/**
 * A frame is of one moment, what it tells of came in at any time since the one before. For head and hands that is too coarse: at a metre a second a hand is 5 cm
 * elsewhere. So the server says how old they are, in quarters of a tick.
 */
const AGE_STEP_MS = TICK_MS / 4;
/** The oldest, as it is told: the middle of the last quarter. */
export const MAX_AGE_MS = 3.5 * AGE_STEP_MS;

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

/** Metres between two positions that can be told apart. */
const STEP = 0.0025;
const PLAN_OFFSET = 1.28;
const LAST = 0x3ff;
/** The three smaller components of a unit quaternion are within +-1/sqrt(2): so many steps to either side of zero, which is one of the values. */
const HALF_STEPS = 511;
const SMALL_STEP = Math.SQRT1_2 / HALF_STEPS;

/** 10 bits of a position; what is out of range, or no number, is clamped. */
function place(metres: number): number {
  const count = Math.round(metres / STEP);
  return count > 0 ? Math.min(count, LAST) : 0;
}

/** 10 bits of a component that is not the largest. */
function small(component: number): number {
  const count = Math.round(component / SMALL_STEP) + HALF_STEPS;
  return count > 0 ? Math.min(count, 2 * HALF_STEPS) : 0;
}

function three(a: number, b: number, c: number): number {
  return small(a) | (small(b) << 10) | (small(c) << 20);
}

/** Smallest three: the largest component is left out, since the others tell it but for its sign, and a quaternion and its negative are the same turn. */
function orientation({ qx, qy, qz, qw }: Readonly<TrackedPoint>): number {
  const x = Math.abs(qx);
  const y = Math.abs(qy);
  const z = Math.abs(qz);
  const w = Math.abs(qw);
  if (x > y && x > z && x > w) return qx < 0 ? three(-qy, -qz, -qw) : three(qy, qz, qw);
  if (y > z && y > w) return (qy < 0 ? three(-qx, -qz, -qw) : three(qx, qz, qw)) | (1 << 30);
  if (z > w) return (qz < 0 ? three(-qx, -qy, -qw) : three(qx, qy, qw)) | (2 << 30);
  return (qw < 0 ? three(-qx, -qy, -qz) : three(qx, qy, qz)) | (3 << 30);
}

function encodePoint(point: Readonly<TrackedPoint>, mark: number, out: DataView, offset: number): void {
  const position = place(point.x + PLAN_OFFSET) | (place(point.y) << 10) | (place(point.z + PLAN_OFFSET) << 20) | (mark << 30);
  out.setUint32(offset, position >>> 0, true);
  out.setUint32(offset + 4, orientation(point) >>> 0, true);
}

/** Writes the {@link BODY_BYTES} of `body` at `offset`. Positions out of range are clamped; orientations have to be unit quaternions. Allocates nothing. */
export function encodeBody(body: Readonly<Body>, out: DataView, offset: number): void {
  encodePoint(body.head, 0, out, offset);
  encodePoint(body.left, HAND_SHAPES.indexOf(body.left.shape), out, offset + 8);
  encodePoint(body.right, HAND_SHAPES.indexOf(body.right.shape), out, offset + 16);
}

function decodeOrientation(bits: number, out: TrackedPoint): boolean {
  const first = bits & LAST;
  const second = (bits >>> 10) & LAST;
  const third = (bits >>> 20) & LAST;
  if (Math.max(first, second, third) > 2 * HALF_STEPS) return false;
  const a = (first - HALF_STEPS) * SMALL_STEP;
  const b = (second - HALF_STEPS) * SMALL_STEP;
  const c = (third - HALF_STEPS) * SMALL_STEP;
  const rest = 1 - a * a - b * b - c * c;
  if (rest < 0) return false;
  const largest = Math.sqrt(rest);
  const index = bits >>> 30;
  out.qx = index === 0 ? largest : a;
  out.qy = index === 0 ? a : index === 1 ? largest : b;
  out.qz = index <= 1 ? b : index === 2 ? largest : c;
  out.qw = index === 3 ? largest : c;
  return true;
}

function decodePoint(view: DataView, offset: number, out: TrackedPoint): boolean {
  const position = view.getUint32(offset, true);
  out.x = (position & LAST) * STEP - PLAN_OFFSET;
  out.y = ((position >>> 10) & LAST) * STEP;
  out.z = ((position >>> 20) & LAST) * STEP - PLAN_OFFSET;
  return decodeOrientation(view.getUint32(offset + 4, true), out);
}

function shapeAt(view: DataView, offset: number): HandShape {
  return HAND_SHAPES[view.getUint32(offset, true) >>> 30] ?? 'lost';
}

/**
 * Reads the body at `offset`, which a client sent, into `out`; the caller has checked the length. Orientations come out as unit quaternions.
 * @returns false, leaving `out` unspecified, for what no body can be: a mark on the head, or an orientation longer than a unit. Allocates nothing.
 */
export function decodeBody(view: DataView, offset: number, out: Body): boolean {
  return view.getUint32(offset, true) >>> 30 === 0 && decodeParts(view, offset, out);
}

function decodeParts(view: DataView, offset: number, out: Body): boolean {
  out.left.shape = shapeAt(view, offset + 8);
  out.right.shape = shapeAt(view, offset + 16);
  return decodePoint(view, offset, out.head) && decodePoint(view, offset + 8, out.left) && decodePoint(view, offset + 16, out.right);
}

/** Marks the encoded body at `offset` as so old, milliseconds. */
export function markAge(view: DataView, offset: number, age: number): void {
  const quarters = Math.max(0, Math.min(3, Math.floor(age / AGE_STEP_MS)));
  view.setUint32(offset, ((view.getUint32(offset, true) & 0x3fff_ffff) | (quarters << 30)) >>> 0, true);
}

/** Reads a body that the server sent. @returns its age to half a quarter, milliseconds, or -1, leaving `out` unspecified, for what no body can be. Allocates nothing. */
export function decodeSentBody(view: DataView, offset: number, out: Body): number {
  return decodeParts(view, offset, out) ? ((view.getUint32(offset, true) >>> 30) + 0.5) * AGE_STEP_MS : -1;
}

/** Place and orientation, of a hand not its shape. Allocates nothing. */
export function copyPoint(from: Readonly<TrackedPoint>, to: TrackedPoint): void {
  to.x = from.x;
  to.y = from.y;
  to.z = from.z;
  to.qx = from.qx;
  to.qy = from.qy;
  to.qz = from.qz;
  to.qw = from.qw;
}

/** Allocates nothing. */
export function copyBody(from: Readonly<Body>, to: Body): void {
  copyPoint(from.head, to.head);
  copyPoint(from.left, to.left);
  copyPoint(from.right, to.right);
  to.left.shape = from.left.shape;
  to.right.shape = from.right.shape;
}
