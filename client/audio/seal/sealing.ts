/**
 * What the worker does with every voice frame, apart from where frames come from: one {@link Sealing} a page, asked by all transforms.
 * Its orders come from the page; see {@link SealOrder}.
 */
import { FrameOpener, FrameSealer, SILENCE, isSealed } from './frame.ts';
import type { Plain, Refusal } from './frame.ts';

/**
 * - `pass`: as they are.
 * - `hold`: silence goes out in their place.
 * - `seal`: sealed with the key of the last `sealWith`; silence if there is none.
 */
export type Outgoing = 'pass' | 'hold' | 'seal';

export type SealOrder =
  | { readonly kind: 'outgoing'; readonly mode: Outgoing }
  | { readonly kind: 'sealWith'; readonly keyId: number; readonly key: CryptoKey }
  /** `strict`: nothing is heard but what a known key sealed. */
  | { readonly kind: 'incoming'; readonly strict: boolean }
  | { readonly kind: 'add'; readonly keyId: number; readonly key: CryptoKey }
  | { readonly kind: 'drop'; readonly keyId: number };

/** Frames since the page began, for the support panel and the tests. */
export interface SealCounts {
  sealed: number;
  opened: number;
  held: number;
  /** Were not let through, by reason. */
  readonly refused: Record<Refusal, number>;
}

export class Sealing {
  readonly counts: SealCounts = { sealed: 0, opened: 0, held: 0, refused: { plain: 0, unknownKey: 0, replayed: 0, forged: 0 } };
  private readonly opener = new FrameOpener();
  private sealer: FrameSealer | null = null;
  /** All that there were: a key that is used again goes on counting. */
  private readonly sealers = new Map<number, FrameSealer>();
  private mode: Outgoing = 'pass';
  private strict = false;
  private readonly onSpent: (keyId: number) => void;

  /** @param onSpent a key has sealed as much as it may: frames are held until there is another */
  constructor(onSpent: (keyId: number) => void) {
    this.onSpent = onSpent;
  }

  obey(order: SealOrder): void {
    switch (order.kind) {
      case 'outgoing':
        this.mode = order.mode;
        break;
      case 'sealWith':
        this.sealer = this.sealers.get(order.keyId) ?? new FrameSealer(order.keyId, order.key);
        this.sealers.set(order.keyId, this.sealer);
        this.mode = 'seal';
        break;
      case 'incoming':
        this.strict = order.strict;
        break;
      case 'add':
        this.opener.add(order.keyId, order.key);
        break;
      case 'drop':
        this.opener.drop(order.keyId);
        break;
    }
  }

  /** Whether frames that go out are taken as they are. */
  get passesOut(): boolean {
    return this.mode === 'pass';
  }

  async outgoing(frame: ArrayBuffer): Promise<ArrayBuffer> {
    if (this.mode === 'pass') return frame;
    const { sealer } = this;
    if (this.mode === 'hold' || sealer === null || sealer.isSpent) {
      if (sealer?.isSpent === true) this.onSpent(sealer.keyId);
      this.counts.held += 1;
      return SILENCE.slice().buffer;
    }
    this.counts.sealed += 1;
    return sealer.seal(frame);
  }

  /** Whether a frame that comes in is taken as it is. Outside sealed talks this is all that happens to it. */
  passesIn(frame: Plain): boolean {
    return !this.strict && !isSealed(frame);
  }

  /** What is heard of a frame that is not taken as it is: what was sealed, or silence; never noise. */
  async incoming(frame: Plain): Promise<ArrayBuffer> {
    const opened = await this.opener.open(frame);
    if ('frame' in opened) {
      this.counts.opened += 1;
      return opened.frame.buffer;
    }
    this.counts.refused[opened.refused] += 1;
    return SILENCE.slice().buffer;
  }
}
