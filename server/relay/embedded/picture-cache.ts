import { MAX_PAYLOAD_BYTES } from './rtp.ts';

/** Two seconds of a picture at its highest bitrate. A power of two, so that sequence numbers fold into places. */
const PLACES = 512;

/** The last packets of a picture, for those who lost one. Nothing is allocated after it is made; its memory is overwritten, and goes with the connection. */
export class PictureCache {
  private readonly payloads = Buffer.alloc(PLACES * MAX_PAYLOAD_BYTES);
  private readonly lengths = new Uint16Array(PLACES);
  private readonly sequences = new Int32Array(PLACES).fill(-1);
  private readonly timestamps = new Uint32Array(PLACES);
  private readonly markers = new Uint8Array(PLACES);

  keep(packet: Buffer, { sequence, timestamp, marker, payloadStart, payloadEnd }: { sequence: number; timestamp: number; marker: boolean; payloadStart: number; payloadEnd: number }): void {
    const place = sequence % PLACES;
    packet.copy(this.payloads, place * MAX_PAYLOAD_BYTES, payloadStart, payloadEnd);
    this.lengths[place] = payloadEnd - payloadStart;
    this.sequences[place] = sequence;
    this.timestamps[place] = timestamp;
    this.markers[place] = marker ? 1 : 0;
  }

  has(sequence: number): boolean {
    return this.sequences[sequence % PLACES] === sequence;
  }

  /** Copies a payload that {@link has} into `target`. @returns its length */
  copy(sequence: number, target: Buffer, at: number): number {
    const place = sequence % PLACES;
    const length = this.lengths[place] ?? 0;
    this.payloads.copy(target, at, place * MAX_PAYLOAD_BYTES, place * MAX_PAYLOAD_BYTES + length);
    return length;
  }

  timestamp(sequence: number): number {
    return this.timestamps[sequence % PLACES] ?? 0;
  }

  marker(sequence: number): boolean {
    return this.markers[sequence % PLACES] === 1;
  }
}
