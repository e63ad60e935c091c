/** Which of many labels are shown: the important ones, none over another, without flicker. Pure arithmetic; nothing is allocated. */

/** A label that would like to be seen. Positions and sizes in CSS pixels of the picture, (x, y) the middle of its lower edge. */
export interface Rival {
  x: number;
  y: number;
  width: number;
  height: number;
  /** Smaller is more important. */
  rank: number;
  /** Written here: is it shown? Read as well: those who are shown have the right of way. */
  shown: boolean;
}

/** Those who are shown give way only to somebody more important by this factor. */
const INERTIA = 0.7;
/** Shown labels may overlap by this many pixels before one goes: less than {@link KEEP_FREE}, so that two neighbours do not alternate. */
const TOLERANCE = -3;
/** Space that a new label needs around itself. */
const KEEP_FREE = 3;

function overlap(a: Readonly<Rival>, b: Readonly<Rival>, margin: number): boolean {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width + 2 * margin && a.y - a.height < b.y + margin && b.y - b.height < a.y + margin;
}

function effectiveRank(rival: Readonly<Rival>): number {
  return rival.shown ? rival.rank * INERTIA : rival.rank;
}

const byRank = (a: Rival, b: Rival): number => effectiveRank(a) - effectiveRank(b);

/**
 * Sorts `rivals` by importance and sets `shown` of each.
 * @param most how many may be shown
 * @returns how many are
 */
export function declutter(rivals: Rival[], most: number): number {
  rivals.sort(byRank);
  let shown = 0;
  for (let i = 0; i < rivals.length; i += 1) {
    const rival = rivals[i];
    if (rival === undefined) continue;
    let free = shown < most;
    const margin = rival.shown ? TOLERANCE : KEEP_FREE;
    // The winners so far are at the front.
    for (let k = 0; free && k < shown; k += 1) {
      const winner = rivals[k];
      if (winner !== undefined && overlap(rival, winner, margin)) free = false;
    }
    rival.shown = free;
    if (!free) continue;
    rivals[i] = rivals[shown] ?? rival;
    rivals[shown] = rival;
    shown += 1;
  }
  return shown;
}
