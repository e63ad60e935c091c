/** Key frames as glTF has them. */
export interface Track {
  readonly path: 'rotation' | 'translation' | 'scale';
  readonly interpolation: 'LINEAR' | 'STEP' | 'CUBICSPLINE';
  /** Seconds, ascending. */
  readonly times: Float32Array;
  /** 4 (rotation) or 3 numbers a key; three such groups a key for CUBICSPLINE (tangents around the value). */
  readonly values: Float32Array;
}

/** The tracks of one node, by clip. */
export type NodeTracks = Map<string, Track[]>;

/** Index of the last key at or before `time`. */
function keyBefore(times: Float32Array, time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Value of a track at `time` seconds, written to `out[at..]`. Rotations between keys go the shorter way, linearly and normalised, which for
 * the few degrees between two keys is as good as a slerp; splines are read at their keys, between them linearly.
 */
export function sampleTrack(track: Track, time: number, out: Float32Array, at: number): void {
  const size = track.path === 'rotation' ? 4 : 3;
  const stride = track.interpolation === 'CUBICSPLINE' ? size * 3 : size;
  const offset = track.interpolation === 'CUBICSPLINE' ? size : 0;
  const key = keyBefore(track.times, time);
  const next = Math.min(track.times.length - 1, key + 1);
  const from = track.times[key] ?? 0;
  const span = (track.times[next] ?? 0) - from;
  const linear = span > 0 ? Math.min(1, Math.max(0, (time - from) / span)) : 0;
  const share = track.interpolation === 'STEP' ? 0 : linear;
  const a = key * stride + offset;
  const b = next * stride + offset;
  const { values } = track;
  let dot = 0;
  for (let k = 0; k < size; k += 1) dot += (values[a + k] ?? 0) * (values[b + k] ?? 0);
  const take = size === 4 && dot < 0 ? -share : share;
  let length = 0;
  for (let k = 0; k < size; k += 1) {
    const value = (values[a + k] ?? 0) * (1 - share) + (values[b + k] ?? 0) * take;
    out[at + k] = value;
    length += value * value;
  }
  if (size !== 4) return;
  const scale = 1 / (Math.sqrt(length) || 1);
  for (let k = 0; k < size; k += 1) out[at + k] = (out[at + k] ?? 0) * scale;
}

/** Seconds of a clip: the last key of all its tracks. */
export function clipDuration(tracks: Iterable<Track>): number {
  let last = 0;
  for (const track of tracks) last = Math.max(last, track.times[track.times.length - 1] ?? 0);
  return last;
}
