/** Vectors and quaternions of inverse kinematics: mutable objects that the caller owns, so that nothing is allocated. `out` may be an argument. */

export interface Vec {
  x: number;
  y: number;
  z: number;
}

/** Unit quaternion. */
export interface Quat {
  x: number;
  y: number;
  z: number;
  w: number;
}

export function vec(x = 0, y = 0, z = 0): Vec {
  return { x, y, z };
}

 
export function quat(x = 0, y = 0, z = 0, w = 1): Quat {
  return { x, y, z, w };
}

export function set(out: Vec, x: number, y: number, z: number): Vec {
  out.x = x;
  out.y = y;
  out.z = z;
  return out;
}

export function copy(from: Readonly<Vec>, out: Vec): Vec {
  return set(out, from.x, from.y, from.z);
}

export function subtract(a: Readonly<Vec>, b: Readonly<Vec>, out: Vec): Vec {
  return set(out, a.x - b.x, a.y - b.y, a.z - b.z);
}

/** a + b * share */
export function addScaled(a: Readonly<Vec>, b: Readonly<Vec>, share: number, out: Vec): Vec {
  return set(out, a.x + b.x * share, a.y + b.y * share, a.z + b.z * share);
}

export function dot(a: Readonly<Vec>, b: Readonly<Vec>): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

export function length(v: Readonly<Vec>): number {
  return Math.sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
}

export function distance(a: Readonly<Vec>, b: Readonly<Vec>): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2);
}

export function cross(a: Readonly<Vec>, b: Readonly<Vec>, out: Vec): Vec {
  return set(out, a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

/** Unit vector of `v`; `v` itself if it has no length. */
export function normalize(v: Readonly<Vec>, out: Vec): Vec {
  const scale = 1 / (length(v) || 1);
  return set(out, v.x * scale, v.y * scale, v.z * scale);
}

export function setQuat(out: Quat, from: Readonly<Quat>): Quat {
  out.x = from.x;
  out.y = from.y;
  out.z = from.z;
  out.w = from.w;
  return out;
}

/** First `b`, then `a`. */
export function times(a: Readonly<Quat>, b: Readonly<Quat>, out: Quat): Quat {
  const x = a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y;
  const y = a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x;
  const z = a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w;
  out.w = a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z;
  out.x = x;
  out.y = y;
  out.z = z;
  return out;
}

/** First the inverse of `b`, then `a`: what leads from b to a in the axes of the world. */
export function timesInverse(a: Readonly<Quat>, b: Readonly<Quat>, out: Quat): Quat {
  return times(a, inverse(b, inverted), out);
}

export function inverse(q: Readonly<Quat>, out: Quat): Quat {
  out.x = -q.x;
  out.y = -q.y;
  out.z = -q.z;
  out.w = q.w;
  return out;
}
const inverted = quat();

export function turn(q: Readonly<Quat>, v: Readonly<Vec>, out: Vec): Vec {
  const tx = 2 * (q.y * v.z - q.z * v.y);
  const ty = 2 * (q.z * v.x - q.x * v.z);
  const tz = 2 * (q.x * v.y - q.y * v.x);
  return set(out, v.x + q.w * tx + q.y * tz - q.z * ty, v.y + q.w * ty + q.z * tx - q.x * tz, v.z + q.w * tz + q.x * ty - q.y * tx);
}

/** The turn about a unit axis by an angle, radians. */
export function about(axis: Readonly<Vec>, angle: number, out: Quat): Quat {
  const s = Math.sin(angle / 2);
  out.x = axis.x * s;
  out.y = axis.y * s;
  out.z = axis.z * s;
  out.w = Math.cos(angle / 2);
  return out;
}

/** The shortest turn that leads one unit vector to another. */
export function arc(from: Readonly<Vec>, to: Readonly<Vec>, out: Quat): Quat {
  const w = 1 + dot(from, to);
  if (w < 1e-6) {
    // Opposite: half a turn about anything perpendicular.
    const flat = Math.abs(from.y) < 0.9;
    normalize(flat ? set(scratch, from.z, 0, -from.x) : set(scratch, 0, -from.z, from.y), scratch);
    return about(scratch, Math.PI, out);
  }
  cross(from, to, scratch);
  const scale = 1 / Math.sqrt(scratch.x * scratch.x + scratch.y * scratch.y + scratch.z * scratch.z + w * w);
  out.x = scratch.x * scale;
  out.y = scratch.y * scale;
  out.z = scratch.z * scale;
  out.w = w * scale;
  return out;
}
const scratch = vec();

/** Between two turns, the shorter way, normalised linear interpolation. */
export function between(a: Readonly<Quat>, b: Readonly<Quat>, share: number, out: Quat): Quat {
  const side = a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w < 0 ? -1 : 1;
  const take = side * share;
  const keep = 1 - share;
  const x = a.x * keep + b.x * take, y = a.y * keep + b.y * take, z = a.z * keep + b.z * take, w = a.w * keep + b.w * take;
  const scale = 1 / (Math.sqrt(x * x + y * y + z * z + w * w) || 1);
  out.x = x * scale;
  out.y = y * scale;
  out.z = z * scale;
  out.w = w * scale;
  return out;
}

/** How far a turn goes about a unit axis, radians in -pi..pi ("twist" of the swing-twist decomposition). */
export function twist(q: Readonly<Quat>, axis: Readonly<Vec>): number {
  const angle = 2 * Math.atan2(q.x * axis.x + q.y * axis.y + q.z * axis.z, q.w);
  return angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
}

/** Angle between two turns, radians. */
export function angleBetween(a: Readonly<Quat>, b: Readonly<Quat>): number {
  return 2 * Math.acos(Math.min(1, Math.abs(a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w)));
}

/** The turn that leads X to the unit vector `axis` and Y as near as may be to `side`. */
export function frame(axis: Readonly<Vec>, side: Readonly<Vec>, out: Quat): Quat {
  addScaled(side, axis, -dot(side, axis), up);
  normalize(up, up);
  cross(axis, up, third);
  // Columns axis, up, third as a quaternion (Shepperd 1978: divide by the largest component).
  const a = axis.x, b = axis.y, c = axis.z;
  out.x = up.z - third.y;
  out.y = third.x - c;
  out.z = b - up.x;
  out.w = 1 + a + up.y + third.z;
  if (out.w > 1) return unit(out);
  if (a > up.y && a > third.z) {
    out.w = out.x;
    out.x = 1 + a - up.y - third.z;
    out.y = b + up.x;
    out.z = third.x + c;
  } else if (up.y > third.z) {
    out.w = out.y;
    out.x = b + up.x;
    out.y = 1 + up.y - a - third.z;
    out.z = up.z + third.y;
  } else {
    out.w = out.z;
    out.x = third.x + c;
    out.y = up.z + third.y;
    out.z = 1 + third.z - a - up.y;
  }
  return unit(out);
}
const up = vec();
const third = vec();

function unit(q: Quat): Quat {
  const scale = 1 / (Math.sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w) || 1);
  q.x *= scale;
  q.y *= scale;
  q.z *= scale;
  q.w *= scale;
  return q;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}
