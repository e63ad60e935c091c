import { OPUS_CLOCK_HZ, sequenceDistance } from './rtp.ts';
import type { RtpPacket, RtpStamp } from './rtp.ts';

const DEFAULT_FRAME_TICKS = 960; // 20 ms, what browsers send
const MIN_FRAME_TICKS = 120; // 2.5 ms, the shortest Opus frame
const MAX_FRAME_TICKS = 5760; // 120 ms, the longest Opus packet
/** How far the oldest acceptable sequence number trails the newest once the switch is long past: more than any network's reordering. */
const FLOOR_TRAIL = 0x2000;

/**
 * The outgoing RTP stream of one slot: one SSRC for the life of the connection, whoever feeds it. Sequence numbers run on without a gap
 * when the speaker changes and timestamps run on by the time that passed, so the listener's jitter buffer sees one source that never
 * loses a packet (RFC 3550 section 5.1; RFC 7667 section 3.7 describes such a switching middlebox).
 */
export class SlotStream {
  readonly ssrc: number;
  /** Reused for every packet: read it before the next call of `next`. */
  readonly stamp: RtpStamp;
  #sequenceOffset = 0;
  #timestampOffset = 0;
  #lastSequence: number;
  #lastTimestamp: number;
  #lastAtMs = Number.NaN;
  #frameTicks = DEFAULT_FRAME_TICKS;
  /** Packets before this one belong to the time before the switch. */
  #floor: number;
  /** The generation of the source that the offsets were made for; null forces new ones. */
  #generation: number | null = null;

  /**
   * @param start first sequence number and timestamp. The sequence number should be below 2^15: a receiver that misses the first packets
   *   around a wrap would guess the wrong SRTP rollover counter (RFC 3711 section 3.3.1).
   */
  constructor(ssrc: number, payloadType: number, start: { sequence: number; timestamp: number }) {
    this.ssrc = ssrc;
    this.stamp = { marker: false, payloadType, sequence: 0, timestamp: 0, ssrc };
    this.#lastSequence = (start.sequence - 1) & 0xffff;
    this.#lastTimestamp = start.timestamp >>> 0;
    this.#floor = start.sequence & 0xffff;
  }

  /** Whether anything was ever sent. */
  get started(): boolean {
    return !Number.isNaN(this.#lastAtMs);
  }

  /** The highest sequence number that was sent. */
  get newest(): number {
    return this.#lastSequence;
  }

  /** RTP timestamp that stands for the moment `nowMs`, for sender reports. */
  timestampAt(nowMs: number): number {
    return (this.#lastTimestamp + this.#ticksSince(nowMs)) >>> 0;
  }

  /** Says that the next packet comes from another source than the last one. */
  switchSource(): void {
    this.#generation = null;
  }

  /**
   * Computes the outgoing header of a packet into `stamp`.
   *
   * @param generation of the source: changes when the source itself starts a new numbering
   * @returns false if the packet is from before the switch and must not be sent
   */
  next(packet: RtpPacket, generation: number, nowMs: number): boolean {
    const stamp = this.stamp;
    let marker = packet.marker;
    if (this.#generation !== generation) {
      this.#rebase(packet, nowMs);
      this.#generation = generation;
      marker = true;
    }
    const sequence = (packet.sequence + this.#sequenceOffset) & 0xffff;
    if (sequenceDistance(sequence, this.#floor) < 0) return false;
    const timestamp = (packet.timestamp + this.#timestampOffset) >>> 0;
    const ahead = sequenceDistance(sequence, this.#lastSequence);
    if (ahead > 0) this.#advance(sequence, timestamp, ahead, nowMs);
    stamp.marker = marker;
    stamp.sequence = sequence;
    stamp.timestamp = timestamp;
    return true;
  }

  #ticksSince(nowMs: number): number {
    return this.started ? Math.max(0, Math.round(((nowMs - this.#lastAtMs) * OPUS_CLOCK_HZ) / 1000)) : 0;
  }

  #rebase(packet: RtpPacket, nowMs: number): void {
    const sequence = (this.#lastSequence + 1) & 0xffff;
    // At least one frame on: two frames on the same ticks would make the listener discard the second.
    const step = this.started ? Math.max(this.#frameTicks, this.#ticksSince(nowMs)) : 0;
    this.#sequenceOffset = sequence - packet.sequence;
    this.#timestampOffset = this.#lastTimestamp + step - packet.timestamp;
    this.#floor = sequence;
  }

  #advance(sequence: number, timestamp: number, ahead: number, nowMs: number): void {
    const ticks = (timestamp - this.#lastTimestamp) >>> 0;
    if (ahead === 1 && ticks >= MIN_FRAME_TICKS && ticks <= MAX_FRAME_TICKS) this.#frameTicks = ticks;
    this.#lastSequence = sequence;
    this.#lastTimestamp = timestamp;
    this.#lastAtMs = nowMs;
    if (sequenceDistance(sequence, this.#floor) > 2 * FLOOR_TRAIL) this.#floor = (sequence - FLOOR_TRAIL) & 0xffff;
  }
}
