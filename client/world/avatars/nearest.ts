/** What the choice of live avatars looks at. */
export interface Candidate {
  readonly visible: boolean;
  readonly distance: number;
  readonly pose: { readonly speaking: boolean };
  /** Has a skeleton of its own now, or is to have one. */
  wantsLive: boolean;
}

/** Speakers count as this much nearer: a mouth that should move and does not is noticed first. */
const SPEAKER = 0.6;
/** Those who are live stay so until somebody is clearly nearer. */
const KEEP = 0.85;

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
    const score = avatar.distance * (avatar.pose.speaking ? SPEAKER : 1) * (avatar.wantsLive ? KEEP : 1);
    if (count === limit && score >= (scores[count - 1] ?? Infinity)) continue;
    let at = count < limit ? count : limit - 1;
    while (at > 0 && (scores[at - 1] ?? 0) > score) {
      scores[at] = scores[at - 1] ?? 0;
      chosen[at] = chosen[at - 1] ?? 0;
      at -= 1;
    }
    if (limit > 0) {
      scores[at] = score;
      chosen[at] = index;
    }
    if (count < limit) count += 1;
  }
  for (const avatar of avatars) avatar.wantsLive = false;
  for (let i = 0; i < count; i += 1) {
    const avatar = avatars[chosen[i] ?? -1];
    if (avatar !== undefined) avatar.wantsLive = true;
  }
}
