/** What the processes of `npm run bench:plenary` say to each other. */
export interface Attending {
  readonly port: number;
  readonly session: string;
}

export type AttendeesCommand =
  | { readonly type: 'attend'; readonly at: Attending; readonly tokens: readonly string[] }
  /** From now on, changes of the session are counted and timed. */
  | { readonly type: 'measure' }
  | { readonly type: 'report' };

export type AttendeesReport =
  | { readonly type: 'ready' }
  | { readonly type: 'attending'; readonly count: number }
  | { readonly type: 'measuring' }
  /** By change, in order: when each of the people was told of it, milliseconds since the epoch. */
  | { readonly type: 'arrivals'; readonly arrivals: readonly (readonly number[])[] };

export type HallReport = { readonly type: 'open'; readonly at: Attending; readonly chair: string; readonly active: readonly string[]; readonly passive: readonly string[]; readonly speakers: readonly string[] };

/** The clock that all processes of one machine share, with fractions of a millisecond. */
export function machineTime(): number {
  return performance.timeOrigin + performance.now();
}
