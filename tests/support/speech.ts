import { LEVEL_EXTENSION_ID, OPUS_PAYLOAD_TYPE } from './media-peer.ts';
import type { MediaPeer } from './media-peer.ts';

/** Speech made of labelled packets: who said it and as which word, so that a listener's record shows exactly what reached it. */

const FRAME_MS = 20;
const FRAME_TICKS = 960;
const HEADER_BYTES = 12;
const EXTENSION_BYTES = 8;

export interface Word {
  readonly speaker: number;
  readonly count: number;
}

/** One packet of a speaker: RTP header, the audio level in its extension, then the speaker's SSRC and the word's number as payload. */
export function speechPacket(ssrc: number, count: number, levelDbov: number): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + EXTENSION_BYTES + 8);
  packet[0] = 0x90;
  packet[1] = OPUS_PAYLOAD_TYPE;
  packet.writeUInt16BE(count & 0xffff, 2);
  packet.writeUInt32BE((count * FRAME_TICKS) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.writeUInt32BE(0xbede0001, HEADER_BYTES);
  packet[HEADER_BYTES + 4] = LEVEL_EXTENSION_ID << 4;
  packet[HEADER_BYTES + 5] = levelDbov;
  packet.writeUInt32BE(ssrc, HEADER_BYTES + EXTENSION_BYTES);
  packet.writeUInt32BE(count, HEADER_BYTES + EXTENSION_BYTES + 4);
  return packet;
}

/** Speaks without pause, a packet every 20 ms, until stopped. */
export class Talker {
  readonly #timer: NodeJS.Timeout;
  count = 0;

  constructor(peer: MediaPeer, levelDbov = 20) {
    const { ssrc } = peer;
    if (ssrc === null) throw new Error(`${peer.name} has no microphone`);
    this.#timer = setInterval(() => {
      peer.send(speechPacket(ssrc, this.count, levelDbov));
      this.count += 1;
    }, FRAME_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** Everything that reaches a listener, by slot. */
export class Record {
  readonly words: Word[][];
  /** RTP sequence numbers as they arrived. */
  readonly sequences: number[][];

  constructor(peer: MediaPeer) {
    this.words = peer.slots.map(() => []);
    this.sequences = peer.slots.map(() => []);
    peer.slots.forEach((_, slot) =>
      peer.onSlotPacket(slot, (packet) => {
        // Hostile speakers say things that are no words.
        if (packet.length >= HEADER_BYTES + 8) this.words[slot]?.push({ speaker: packet.readUInt32BE(HEADER_BYTES), count: packet.readUInt32BE(HEADER_BYTES + 4) });
        this.sequences[slot]?.push(packet.readUInt16BE(2));
      }),
    );
  }

  /** SSRCs of the speakers heard on a slot. */
  speakers(slot: number): Set<number> {
    return new Set(this.words[slot]?.map((word) => word.speaker));
  }

  heard(slot: number): number {
    return this.words[slot]?.length ?? 0;
  }

  /** How many RTP packets are missing between the first and the last of a slot. */
  lost(slot: number): number {
    const sequences = this.sequences[slot] ?? [];
    return sequences.reduce((sum, sequence, index) => (index === 0 ? sum : sum + (((sequence - (sequences[index - 1] ?? 0)) << 16) >> 16) - 1), 0);
  }
}
