import { sequenceDistance } from './rtp.ts';
import type { FrameFacts } from './video-codecs.ts';

/** RTP clock of video (RFC 3551 section 5). */
export const VIDEO_CLOCK_HZ = 90_000;
/** Packets that can still be named, back from the last: some seconds. A power of two, so that numbers fold into places. */
const KEPT = 1024;
/** Sources that the packets kept may come from. */
const TURNS = 16;
const PADDING = -1;
/** Two frames on the same tick would be one: a frame at 30 a second. */
const MIN_STEP = VIDEO_CLOCK_HZ / 30;

/** A stretch of the stream that one source fed. */
interface Turn<Origin> {
  number: number;
  origin: Origin | null;
  timestampOffset: number;
  pictureIdOffset: number;
  layerZeroOffset: number;
}

/** Where a packet came from. One object is reused. */
export interface Named<Origin> {
  origin: Origin | null;
  /** Its number there. */
  sequence: number;
}

/**
 * The outgoing numbers of one viewer's stream: one SSRC whose sequence numbers, timestamps and VP8 picture ids run on whatever feeds it and whatever padding comes between (RFC 7667 section 3.7).
 * Gaps of the source are kept, so that a packet which comes late finds its place; and each outgoing number can be led back to its source, so that a lost one can be sent again, across switches too.
 * Nothing is allocated after it is made, but once a switch.
 */
export class LayerNumbers<Origin> {
  readonly #sources = new Int32Array(KEPT).fill(PADDING);
  readonly #places = new Uint16Array(KEPT);
  readonly #turns: (Turn<Origin> | undefined)[] = [];
  #turn: Turn<Origin> | null = null;
  #turnNumber = 0;
  #highest = 0;
  /** Numbers of the present source that have a place. */
  #placed = 0;
  #next: number;
  #given = 0;
  #lastTimestamp: number;
  #lastAtMs = Number.NaN;
  #lastPictureId: number;
  #lastLayerZero = 0;
  readonly #named: Named<Origin> = { origin: null, sequence: 0 };

  /** @param start sequence number, below 2^15, or a viewer who misses the first packets around a wrap would guess the wrong SRTP rollover counter (RFC 3711 section 3.3.1) */
  constructor(start: { sequence: number; timestamp: number; pictureId: number }) {
    this.#next = start.sequence & 0x7fff;
    this.#lastTimestamp = start.timestamp >>> 0;
    this.#lastPictureId = start.pictureId;
  }

  /** Anything was ever placed. */
  get started(): boolean {
    return !Number.isNaN(this.#lastAtMs);
  }

  /** It is `origin` whose turn it is. */
  feeds(origin: Origin): boolean {
    return this.#turn?.origin === origin;
  }

  /** The number that was given last. */
  get newest(): number {
    return (this.#next - 1) & 0xffff;
  }

  get lastTimestamp(): number {
    return this.#lastTimestamp;
  }

  /** RTP timestamp that stands for the moment `nowMs`, for sender reports. */
  timestampAt(nowMs: number): number {
    return (this.#lastTimestamp + this.#ticksSince(nowMs)) >>> 0;
  }

  /** From its packet `first` on, another source feeds the stream. */
  begin(origin: Origin, first: { sequence: number; timestamp: number }, frame: FrameFacts, nowMs: number): void {
    this.#turnNumber = (this.#turnNumber + 1) & 0x7fff;
    const step = this.started ? Math.max(MIN_STEP, this.#ticksSince(nowMs)) : 0;
    this.#turn = {
      number: this.#turnNumber, origin, timestampOffset: this.#lastTimestamp + step - first.timestamp,
      pictureIdOffset: this.#lastPictureId + 1 - frame.pictureId, layerZeroOffset: this.#lastLayerZero + 1 - frame.layerZero,
    };
    this.#turns[this.#turnNumber % TURNS] = this.#turn;
    this.#highest = (first.sequence - 1) & 0xffff;
    this.#placed = 0;
  }

  /** @returns the outgoing number of the present source's packet, or -1 if it is from before its turn or too old */
  place({ sequence, timestamp }: { sequence: number; timestamp: number }, nowMs: number): number {
    const turn = this.#turn;
    if (turn === null) return -1;
    const ahead = sequenceDistance(sequence, this.#highest);
    if (ahead <= 0) return -ahead < Math.min(this.#placed, KEPT) ? (this.#places[sequence % KEPT] ?? -1) : -1;
    for (let step = 1; step <= ahead; step += 1) this.#give((this.#highest + step) & 0xffff, turn);
    this.#highest = sequence;
    this.#lastTimestamp = (timestamp + turn.timestampOffset) >>> 0;
    this.#lastAtMs = nowMs;
    return this.newest;
  }

  /** @returns the outgoing number of a packet that comes from no source */
  pad(): number {
    const number = this.#next;
    this.#sources[number % KEPT] = PADDING;
    this.#next = (number + 1) & 0xffff;
    this.#given += 1;
    return number;
  }

  /** Leads an outgoing number back. @returns null for one that was not given lately; `origin` is null for padding. Read it before the next call. */
  find(number: number): Named<Origin> | null {
    const back = sequenceDistance(this.newest, number);
    if (back < 0 || back >= Math.min(KEPT, this.#given)) return null;
    const source = this.#sources[number % KEPT] ?? PADDING;
    this.#named.origin = null;
    if (source === PADDING) return this.#named;
    const turn = this.#turnOf(source >>> 16);
    const origin = turn?.origin ?? null;
    if (origin === null) return null;
    this.#named.origin = origin;
    this.#named.sequence = source & 0xffff;
    return this.#named;
  }

  /** Nothing feeds the stream until the next turn begins, and what was sent so far is never sent again. */
  end(): void {
    for (const turn of this.#turns) if (turn !== undefined) turn.origin = null;
    this.#turn = null;
    this.#given = 0;
  }

  /** The outgoing timestamp of a packet that was given `number`. */
  timestampOf(number: number, timestamp: number): number {
    return (timestamp + (this.#turnAt(number)?.timestampOffset ?? 0)) >>> 0;
  }

  /** Writes the picture ids that belong to `number` into its payload, which begins at `payload[at]`. */
  writeIds(number: number, payload: Uint8Array, at: number, frame: FrameFacts): void {
    const turn = this.#turnAt(number);
    if (turn === null) return;
    if (frame.pictureIdAt >= 0) {
      const place = at + frame.pictureIdAt;
      const id = (frame.pictureId + turn.pictureIdOffset) & 0x7fff;
      if (frame.isWide) {
        payload[place] = 0x80 | (id >>> 8);
        payload[place + 1] = id & 0xff;
      } else payload[place] = id & 0x7f;
      if (this.#isLast(number, turn)) this.#lastPictureId = id;
    }
    if (frame.layerZeroAt >= 0) {
      const layerZero = (frame.layerZero + turn.layerZeroOffset) & 0xff;
      payload[at + frame.layerZeroAt] = layerZero;
      if (this.#isLast(number, turn)) this.#lastLayerZero = layerZero;
    }
  }

  #isLast(number: number, turn: Turn<Origin>): boolean {
    return turn === this.#turn && number === this.newest;
  }

  #ticksSince(nowMs: number): number {
    return this.started ? Math.max(0, Math.round(((nowMs - this.#lastAtMs) * VIDEO_CLOCK_HZ) / 1000)) : 0;
  }

  #give(sequence: number, turn: Turn<Origin>): void {
    this.#places[sequence % KEPT] = this.#next;
    this.#sources[this.#next % KEPT] = sequence | (turn.number << 16);
    this.#next = (this.#next + 1) & 0xffff;
    this.#given += 1;
    this.#placed += 1;
  }

  #turnAt(number: number): Turn<Origin> | null {
    const source = this.#sources[number % KEPT] ?? PADDING;
    return source === PADDING ? null : this.#turnOf(source >>> 16);
  }

  #turnOf(number: number): Turn<Origin> | null {
    const turn = this.#turns[number % TURNS];
    return turn?.number === number ? turn : null;
  }
}
