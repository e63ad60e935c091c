/** Messages between a benchmark and its load processes. Both are ours and of one version, so their shapes are not checked. */

export interface LoadPlan {
  /** The relay under test; Janus speaks its own signalling and needs no help of the parent. */
  readonly target: 'embedded' | 'janus';
  readonly prefix: string;
  readonly speakers: number;
  readonly listeners: number;
  readonly slots: number;
  /** How many listeners measure; the others only receive and decrypt. */
  readonly sampled: number;
  readonly janusPort: number;
  readonly address: string;
}

export type ToLoad =
  | { readonly type: 'connect'; readonly plan: LoadPlan }
  | { readonly type: 'answer'; readonly request: number; readonly answer: string }
  | { readonly type: 'refused'; readonly request: number; readonly why: string }
  /** Starts a measurement. */
  | { readonly type: 'measure' }
  /** Ends it; the load answers `measured`. */
  | { readonly type: 'report' }
  | { readonly type: 'close' };

export interface LoadReport {
  readonly packetsSent: number;
  readonly late: number;
  readonly slotsHeard: number;
  readonly slotsSampled: number;
  readonly received: number;
  readonly lost: number;
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
}

export type FromLoad =
  | { readonly type: 'join'; readonly request: number; readonly peer: string; readonly offer: string }
  | { readonly type: 'connected' }
  | { readonly type: 'measured'; readonly report: LoadReport }
  | { readonly type: 'failed'; readonly why: string };

export function speakerName(prefix: string, index: number): string {
  return `${prefix}speaker-${index}`;
}

export function listenerName(prefix: string, index: number): string {
  return `${prefix}listener-${index}`;
}

/** Which speaker feeds a slot: each listener hears another run of neighbours, so that every speaker is heard equally often. */
export function speakerOfSlot(listener: number, slot: number, speakers: number): number {
  return (listener + slot) % speakers;
}
