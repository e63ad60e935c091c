/**
 * The two binary codecs of the pose stream.
 *
 * Pose frame, server to client: u16 tick, then records of 10 bytes, little endian, each followed by the 24 bytes of a body (`body.ts`) if it says so.
 * A record is 80 bits:
 *   u16  index (12 bits) | gesture (4 bits)
 *   i16  x, centimetres
 *   i16  z, centimetres
 *   u16  y + 10 m, centimetres (12 bits) | posture (2 bits) | speaking (1 bit) | extended (1 bit: head and hands follow)
 *   u16  yaw, degrees 0-359 (9 bits) | pitch + 64, degrees (7 bits)
 * A scene therefore spans +-327 m and -10..+30 m.
 *
 * Walk step, client to server, 20 bytes: u16 seq, f32 x, f32 y, f32 z (metres), u16 yaw (1/100 degree), i8 pitch (degrees), u8 flags
 * (bit 0: running, bit 1: moving), u16 zero.
 */
import { BODY_BYTES } from './body.ts';
import type { Gesture, Posture } from './vocabulary.ts';
import { GESTURES, POSTURES } from './vocabulary.ts';

export const POSE_HEADER_BYTES = 2;
export const POSE_RECORD_BYTES = 10;
export const MAX_INDEX = 0xfff;
export const WALK_BYTES = 20;
/** Of the fourth word of a record: a body follows. */
export const EXTENDED = 0x8000;

const DEGREES = 180 / Math.PI;
const Y_OFFSET = 1000;

/** One avatar in a frame. Mutable: the decoder writes into an instance that the caller owns. */
export interface PoseRecord {
  index: number;
  /** Metres. */
  x: number;
  y: number;
  z: number;
  /** Radians. */
  yaw: number;
  pitch: number;
  posture: Posture;
  gesture: Gesture;
  speaking: boolean;
  /** A body follows, relative to `x`, `y` and `z` as they are in the record. */
  extended: boolean;
}

export function emptyPose(): PoseRecord {
  return { index: 0, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, extended: false };
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** Radians to whole degrees 0-359. */
function wholeDegrees(radians: number): number {
  const degrees = Math.round(radians * DEGREES) % 360;
  return degrees < 0 ? degrees + 360 : degrees;
}

/** Writes one record at `offset`; out-of-range values are clamped. Allocates nothing. */
export function encodePose(pose: Readonly<PoseRecord>, out: DataView, offset: number): void {
  const y = clamp(Math.round(pose.y * 100) + Y_OFFSET, 0, 0xfff);
  const pitch = clamp(Math.round(pose.pitch * DEGREES), -63, 63) + 64;
  out.setUint16(offset, (pose.index & MAX_INDEX) | (GESTURES.indexOf(pose.gesture) << 12), true);
  out.setInt16(offset + 2, clamp(Math.round(pose.x * 100), -0x7fff, 0x7fff), true);
  out.setInt16(offset + 4, clamp(Math.round(pose.z * 100), -0x7fff, 0x7fff), true);
  out.setUint16(offset + 6, y | (POSTURES.indexOf(pose.posture) << 12) | (pose.speaking ? 0x4000 : 0) | (pose.extended ? EXTENDED : 0), true);
  out.setUint16(offset + 8, wholeDegrees(pose.yaw) | (pitch << 9), true);
}

/** Reads the record at `offset` into `out`. The caller has checked the length. */
export function decodePose(view: DataView, offset: number, out: PoseRecord): void {
  const first = view.getUint16(offset, true);
  const third = view.getUint16(offset + 6, true);
  const last = view.getUint16(offset + 8, true);
  out.index = first & MAX_INDEX;
  out.gesture = GESTURES[first >> 12] ?? 'none';
  out.x = view.getInt16(offset + 2, true) / 100;
  out.z = view.getInt16(offset + 4, true) / 100;
  out.y = ((third & 0xfff) - Y_OFFSET) / 100;
  out.posture = POSTURES[(third >> 12) & 3] ?? 'standing';
  out.speaking = (third & 0x4000) !== 0;
  out.extended = (third & EXTENDED) !== 0;
  out.yaw = (last & 0x1ff) / DEGREES;
  out.pitch = ((last >> 9) - 64) / DEGREES;
}

/** Number of records in a frame, found by walking through it, or -1 if it is torn. */
export function poseCount(frame: DataView): number {
  let offset = POSE_HEADER_BYTES;
  let count = 0;
  while (offset + POSE_RECORD_BYTES <= frame.byteLength) {
    offset += POSE_RECORD_BYTES + ((frame.getUint16(offset + 6, true) & EXTENDED) === 0 ? 0 : BODY_BYTES);
    count += 1;
  }
  return offset === frame.byteLength ? count : -1;
}

/** A step that a client proposes. Mutable, reused. */
export interface WalkStep {
  /** Counts up modulo 65,536. */
  seq: number;
  x: number;
  y: number;
  z: number;
  yaw: number;
  pitch: number;
  running: boolean;
  moving: boolean;
}

export function emptyWalk(): WalkStep {
  return { seq: 0, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, running: false, moving: false };
}

/** Writes `step` into the first {@link WALK_BYTES} bytes of `out`. */
export function encodeWalk(step: Readonly<WalkStep>, out: DataView): void {
  const hundredths = Math.round(step.yaw * DEGREES * 100) % 36000;
  out.setUint16(0, step.seq & 0xffff, true);
  out.setFloat32(2, step.x, true);
  out.setFloat32(6, step.y, true);
  out.setFloat32(10, step.z, true);
  out.setUint16(14, hundredths < 0 ? hundredths + 36000 : hundredths, true);
  out.setInt8(16, clamp(Math.round(step.pitch * DEGREES), -90, 90));
  out.setUint8(17, (step.running ? 1 : 0) | (step.moving ? 2 : 0));
  out.setUint16(18, 0, true);
}

/** Reads a step into `out`. @returns false, leaving `out` unspecified, if the bytes are no valid step. */
export function decodeWalk(bytes: Uint8Array, out: WalkStep): boolean {
  if (bytes.byteLength !== WALK_BYTES) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  out.seq = view.getUint16(0, true);
  out.x = view.getFloat32(2, true);
  out.y = view.getFloat32(6, true);
  out.z = view.getFloat32(10, true);
  const hundredths = view.getUint16(14, true);
  const pitch = view.getInt8(16);
  const flags = view.getUint8(17);
  out.yaw = hundredths / 100 / DEGREES;
  out.pitch = pitch / DEGREES;
  out.running = (flags & 1) !== 0;
  out.moving = (flags & 2) !== 0;
  const finite = Number.isFinite(out.x) && Number.isFinite(out.y) && Number.isFinite(out.z);
  return finite && hundredths < 36000 && Math.abs(pitch) <= 90 && flags < 4 && view.getUint16(18, true) === 0;
}
