/** An interpreter's turn at the microphone. Pure. */

/** Interpreters change about every half hour (AIIC); some minutes before, the console says so. */
export const HINT_MS = 25 * 60_000;
/** A microphone that was closed for so long ends a turn: shorter, it was a pause between two speakers. */
const REST_MS = 3 * 60_000;

export interface TurnAtMicrophone {
  readonly startedAt: number;
  readonly lastLiveAt: number;
}

export interface SeenOfBooth {
  /** My microphone is open, or a colleague's. */
  readonly live: boolean;
  readonly colleagueLive: boolean;
  readonly now: number;
}

export function followTurn(turn: TurnAtMicrophone | null, { live, colleagueLive, now }: SeenOfBooth): TurnAtMicrophone | null {
  const rested = turn === null || now - turn.lastLiveAt > REST_MS;
  if (live) return { startedAt: rested ? now : turn.startedAt, lastLiveAt: now };
  return rested || colleagueLive ? null : turn;
}
