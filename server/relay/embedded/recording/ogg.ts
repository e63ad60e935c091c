/** Ogg pages (RFC 3533) with an Opus stream in them (RFC 7845). Nothing is decoded: packets are stored as they came. */

const PAGE_HEAD_BYTES = 27;
const MAX_SEGMENTS = 255;
const FIRST_PAGE = 2;
const LAST_PAGE = 4;
/** Decoders begin anew at the start of a file: 80 ms until they have converged, which players leave out (RFC 7845, section 4.2). In samples of 48 kHz. */
export const PRE_SKIP = 3840;
const MAX_PACKET_SAMPLES = 5760;

/** RFC 3533 section 6: polynomial 0x04c11db7, neither reflected nor inverted. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function oggCrc(page: Uint8Array): number {
  let crc = 0;
  for (const byte of page) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}

/** Samples of one frame at 48 kHz, by the configuration in the first five bits (RFC 6716, table 2). */
function frameSamples(toc: number): number {
  const config = toc >> 3;
  if (config < 12) return [480, 960, 1920, 2880][config & 3] ?? 0;
  if (config < 16) return config & 1 ? 960 : 480;
  return [120, 240, 480, 960][config & 3] ?? 0;
}

/** @returns samples at 48 kHz that a packet decodes to; 0 if it is not a packet (RFC 6716, section 3.4) */
export function packetSamples(packet: Uint8Array): number {
  const [toc, count = 0] = packet;
  if (toc === undefined) return 0;
  const code = toc & 3;
  if (code === 3 && packet.length < 2) return 0;
  const frames = code === 0 ? 1 : code === 3 ? count & 0x3f : 2;
  const samples = frames * frameSamples(toc);
  return samples > MAX_PACKET_SAMPLES ? 0 : samples;
}

/** 20 ms of silence: one frame of the music mode, full band, mono. */
export const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);
export const SILENCE_SAMPLES = 960;

function headPacket(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head[8] = 1;
  // Speech: one channel; packets of two are mixed by the decoder.
  head[9] = 1;
  head.writeUInt16LE(PRE_SKIP, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
}

function tagsPacket(comments: readonly string[]): Buffer {
  const field = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const count = Buffer.alloc(4);
  count.writeUInt32LE(comments.length);
  return Buffer.concat([Buffer.from('OpusTags'), field('Plenum'), count, ...comments.map(field)]);
}

/** Writes one stream. What `emit` is given are whole pages: a file that ends after any of them is a valid one. */
export class OggOpusWriter {
  readonly #emit: (page: Buffer) => void;
  readonly #serial: number;
  #sequence = 0;
  #packets: Uint8Array[] = [];
  #segments = 0;
  #samples = 0;

  /** @param serial any number, another for each stream. @param comments `TITLE=...` (Vorbis comments) */
  constructor(emit: (page: Buffer) => void, serial: number, comments: readonly string[]) {
    this.#emit = emit;
    this.#serial = serial;
    this.#page([headPacket()], { flags: FIRST_PAGE, position: 0 });
    this.#page([tagsPacket(comments)], { flags: 0, position: 0 });
  }

  /** All that was written, in samples of 48 kHz, the first `PRE_SKIP` of which nobody hears. */
  get samples(): number {
    return this.#samples;
  }

  /** @param packet a copy, which is kept until the page is full. @param samples what it decodes to */
  write(packet: Uint8Array, samples: number): void {
    const segments = Math.floor(packet.length / 255) + 1;
    if (this.#segments + segments > MAX_SEGMENTS) this.flush();
    this.#packets.push(packet);
    this.#segments += segments;
    this.#samples += samples;
  }

  /** Ends the page. */
  flush(): void {
    if (this.#packets.length > 0) this.#page(this.#packets, { flags: 0, position: this.#samples });
    this.#packets = [];
    this.#segments = 0;
  }

  end(): void {
    // The last page may be empty of packets, and says where the stream ends.
    this.#page(this.#packets, { flags: LAST_PAGE, position: this.#samples });
    this.#packets = [];
    this.#segments = 0;
  }

  #page(packets: readonly Uint8Array[], { flags, position }: { readonly flags: number; readonly position: number }): void {
    const lacing: number[] = [];
    for (const { length } of packets) {
      for (let left = length; left >= 255; left -= 255) lacing.push(255);
      lacing.push(length % 255);
    }
    const head = Buffer.alloc(PAGE_HEAD_BYTES);
    head.write('OggS', 0, 'latin1');
    head[5] = flags;
    head.writeBigInt64LE(BigInt(position), 6);
    head.writeUInt32LE(this.#serial, 14);
    head.writeUInt32LE(this.#sequence, 18);
    head[26] = lacing.length;
    const page = Buffer.concat([head, Uint8Array.from(lacing), ...packets]);
    page.writeUInt32LE(oggCrc(page), 22);
    this.#sequence += 1;
    this.#emit(page);
  }
}
