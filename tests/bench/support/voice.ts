import { OPUS_PAYLOAD_TYPE } from '../../support/media-peer.ts';

/** Packets as one person's voice makes them, with the moment of sending inside, so that the other end can tell delay, loss and origin. */

/** 20 ms of Opus, 50 a second, 70 bytes: 28 kbit/s, a usual rate for speech. */
export const PACKETS_PER_SECOND = 50;
const TICKS_PER_PACKET = 48_000 / PACKETS_PER_SECOND;
const HEADER_BYTES = 12;
const PAYLOAD_BYTES = 70;
/** A sender this far behind its schedule is itself overloaded: what is measured then says nothing about the relay. */
const LATE_MS = 50;

/** One speaker's clockwork. */
export class Voice {
  readonly #send: (packet: Buffer) => boolean;
  readonly #packet = Buffer.alloc(HEADER_BYTES + PAYLOAD_BYTES, 0x55);
  #count = 0;
  #dueMs: number;
  late = 0;

  /** @param index tells the voices of one load apart, and staggers them over the 20 ms */
  constructor(index: number, ssrc: number, send: (packet: Buffer) => boolean) {
    this.#send = send;
    this.#packet[0] = 0x80;
    this.#packet[1] = OPUS_PAYLOAD_TYPE;
    this.#packet.writeUInt32BE(ssrc, 8);
    this.#packet.writeUInt32BE(index, HEADER_BYTES + 12);
    this.#dueMs = performance.now() + (index * 7) % (1000 / PACKETS_PER_SECOND);
  }

  get sent(): number {
    return this.#count;
  }

  /** Sends every packet that is due. */
  tick(): void {
    const now = performance.now();
    if (now - this.#dueMs > LATE_MS) this.late += 1;
    while (this.#dueMs <= now) {
      const packet = this.#packet;
      packet.writeUInt16BE(this.#count & 0xffff, 2);
      packet.writeUInt32BE((this.#count * TICKS_PER_PACKET) >>> 0, 4);
      packet.writeDoubleBE(performance.now(), HEADER_BYTES);
      packet.writeUInt32BE(this.#count, HEADER_BYTES + 8);
      this.#send(packet);
      this.#count += 1;
      this.#dueMs += 1000 / PACKETS_PER_SECOND;
    }
  }
}

/** Enough for two minutes of a hundred slots; what comes later is counted, but its delay not kept. */
const MAX_DELAYS = 600_000;

/** Listens on many slots: how long packets took, and how many of the voice's own count are missing. */
export class Ear {
  readonly #delays = new Float64Array(MAX_DELAYS);
  #kept = 0;
  #received = 0;
  #missing = 0;
  #repeated = 0;
  readonly #last = new Map<number, { voice: number; count: number }>();
  listening = false;

  /** @param slot any number that tells the slots apart */
  hear(slot: number, packet: Buffer): void {
    if (!this.listening) return;
    let at = HEADER_BYTES + 4 * ((packet[0] ?? 0) & 0x0f);
    if ((packet[0] ?? 0) & 0x10) at += 4 + 4 * packet.readUInt16BE(at + 2);
    if (packet.length < at + 16) return;
    const voice = packet.readUInt32BE(at + 12);
    const count = packet.readUInt32BE(at + 8);
    if (this.#kept < MAX_DELAYS) this.#delays[this.#kept++] = performance.now() - packet.readDoubleBE(at);
    this.#received += 1;
    const last = this.#last.get(slot);
    if (last?.voice === voice) {
      if (count > last.count) this.#missing += count - last.count - 1;
      else this.#repeated += 1;
      last.count = Math.max(last.count, count);
    } else this.#last.set(slot, { voice, count });
  }

  get received(): number {
    return this.#received;
  }

  /** A packet that arrived out of order was first counted as missing. */
  get lost(): number {
    return Math.max(0, this.#missing - this.#repeated);
  }

  get slotsHeard(): number {
    return this.#last.size;
  }

  get delays(): Float64Array {
    return this.#delays.subarray(0, this.#kept);
  }

  reset(): void {
    this.#kept = 0;
    this.#received = 0;
    this.#missing = 0;
    this.#repeated = 0;
    this.#last.clear();
  }
}
