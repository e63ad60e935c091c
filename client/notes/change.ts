/** One edit of a text: `removed` code units at `at` make way for `inserted`. */
export interface Change {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Whether a cut at `at` would part the two halves of a character beyond the basic plane, which the replicas would turn into replacement characters. */
export function splitsCharacter(text: string, at: number): boolean {
  return at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

/**
 * The edit that made `after` of `before`, or null if there was none. `caret`: where the caret stands after it (code units of `after`): it tells which of several equal letters was typed.
 */
export function changeBetween(before: string, after: string, caret: number): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  // What is behind the caret is as it was, except when text was removed forwards or put back by other means: then as much as matches.
  let tail = 0;
  const mostTail = Math.min(most, after.length - Math.min(caret, after.length));
  while (tail < mostTail && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  let head = 0;
  while (head < most - tail && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  while (tail < most - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1;
  if (splitsCharacter(before, head) || splitsCharacter(after, head)) head -= 1;
  if (splitsCharacter(before, before.length - tail) || splitsCharacter(after, after.length - tail)) tail -= 1;
  return { at: head, removed: before.length - tail - head, inserted: after.slice(head, after.length - tail) };
}

/** Where a caret at `position` stands after somebody else's edits, given as Yjs gives them: kept, inserted and removed runs from the start. What is inserted at the caret comes behind it. */
export function moveCaret(position: number, delta: readonly { readonly retain?: number; readonly insert?: unknown; readonly delete?: number }[]): number {
  let at = 0;
  let caret = position;
  for (const { retain = 0, insert, delete: removed = 0 } of delta) {
    at += retain;
    if (at >= caret && removed === 0) return caret;
    if (typeof insert === 'string') {
      caret += insert.length;
      at += insert.length;
    }
    if (removed > 0) caret -= Math.max(0, Math.min(removed, caret - at));
  }
  return caret;
}
