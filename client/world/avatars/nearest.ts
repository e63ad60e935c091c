/** What the choice of live avatars looks at. */
export interface Candidate {
  readonly visible: boolean;
  readonly distance: number;
  readonly pose: { readonly speaking: boolean; readonly body: object | null };
  /** Oneself, whose head must be taken off: cannot do without a skeleton. */
  readonly headless: boolean;
  /** Head and hands are drawn as tracked; written by {@link markTracked}. */
  tracks: boolean;
  /** Has a skeleton of its own now, or is to have one. */
  wantsLive: boolean;
}

/** Speakers count as this much nearer: a mouth that should move and does not is noticed first. */
const SPEAKER = 0.6;
/** So do those in a headset: what their hands say is nowhere else. */
const TRACKED = 0.5;
/** Inverse kinematics for so many at most, besides oneself. */
export const TRACKED_MOST = 15;
/** Those who are live stay so until somebody is clearly nearer. */
const KEEP = 0.85;

/** Puts `index` where its score belongs among the first `at`, ascending. */
 
function insert({ scores, chosen }: { scores: Float64Array; chosen: number[] }, at: number, score: number, index: number): void {
  while (at > 0 && (scores[at - 1] ?? 0) > score) {
    scores[at] = scores[at - 1] ?? 0;
    chosen[at] = chosen[at - 1] ?? 0;
    at -= 1;
  }
  scores[at] = score;
  chosen[at] = index;
}

/**
 * Marks the `limit` visible avatars that deserve a skeleton of their own: the nearest, speakers first, with a preference for those that
 * have one. `scratch` is reused between calls.
 */
export function markNearest(avatars: readonly Candidate[], limit: number, scratch: { scores: Float64Array; chosen: number[] }): void {
  const { scores, chosen } = scratch;
  let count = 0;
  for (let index = 0; index < avatars.length; index += 1) {
    const avatar = avatars[index];
    if (avatar === undefined || !avatar.visible) continue;
    const score = avatar.headless ? 0 : avatar.distance * (avatar.pose.speaking ? SPEAKER : 1) * (avatar.pose.body === null ? 1 : TRACKED) * (avatar.wantsLive ? KEEP : 1);
    if (count === limit && score >= (scores[count - 1] ?? Infinity)) continue;
    if (limit > 0) insert(scratch, count < limit ? count : limit - 1, score, index);
    if (count < limit) count += 1;
  }
  for (const avatar of avatars) avatar.wantsLive = false;
  for (let i = 0; i < count; i += 1) {
    const avatar = avatars[chosen[i] ?? -1];
    if (avatar !== undefined) avatar.wantsLive = true;
  }
}

/** Of those who are live and have a body, marks the nearest `limit` for inverse kinematics. Oneself does not count. `scratch` as above. */
export function markTracked(avatars: readonly Candidate[], limit: number, scratch: { scores: Float64Array; chosen: number[] }): void {
  const { scores, chosen } = scratch;
  let count = 0;
  for (let index = 0; index < avatars.length; index += 1) {
    const avatar = avatars[index];
    if (avatar === undefined) continue;
    avatar.tracks = avatar.headless;
    if (avatar.headless || !avatar.wantsLive || avatar.pose.body === null) continue;
    if (count === limit && avatar.distance >= (scores[count - 1] ?? Infinity)) continue;
    insert(scratch, count < limit ? count : limit - 1, avatar.distance, index);
    if (count < limit) count += 1;
  }
  for (let i = 0; i < count; i += 1) {
    const avatar = avatars[chosen[i] ?? -1];
    if (avatar !== undefined) avatar.tracks = true;
  }
}
