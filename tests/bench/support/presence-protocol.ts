/** What the processes of `npm run bench:presence` say to each other. */
export type ClientsCommand =
  | { readonly type: 'walk'; readonly port: number; readonly first: number; readonly count: number; /** Those with a number below this wear a headset. */ readonly headsets: number }
  | { readonly type: 'listen'; readonly port: number; readonly room: string; readonly count: number }
  | { readonly type: 'count' };

export type ClientsReport =
  | { readonly type: 'ready' }
  | { readonly type: 'joined' }
  /** Sums over all clients of this process since they joined; `bodies`: heads and hands that the `watched` of them were sent. */
  | { readonly type: 'received'; readonly bytes: number; readonly clients: number; readonly bodies: number; readonly watched: number };

export type ServerCommand = { readonly type: 'start-measuring' } | { readonly type: 'measured' };

export type ServerReport =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'figures'; readonly ticks: number; readonly tickP50Ms: number; readonly tickP99Ms: number; readonly tickMaxMs: number; readonly refusals: readonly (readonly [string, number])[] };
