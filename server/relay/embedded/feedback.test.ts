import { describe, expect, it } from 'vitest';
import { Random } from '../../../tests/support/random.ts';
import { NACK_BYTES, PLI_BYTES, readFeedback, REMB_BYTES, writeBitrate, writeLoss, writePictureRequest } from './feedback.ts';

const SSRC = 0xdeadbeef;

function read(packet: Uint8Array, ssrc = SSRC): { lost: number[]; requests: number; bitrates: number[] } {
  const seen = { lost: [] as number[], requests: 0, bitrates: [] as number[] };
  readFeedback(packet, ssrc, { lost: (sequence) => seen.lost.push(sequence), needsPicture: () => { seen.requests += 1; }, carries: (bitrate) => seen.bitrates.push(bitrate) });
  return seen;
}

/** One feedback packet: format, type, sender 1, media SSRC, and what follows as 32-bit words. */
function feedback(format: number, type: number, media: number, words: readonly number[]): Buffer {
  const packet = Buffer.alloc(12 + words.length * 4);
  packet[0] = 0x80 | format;
  packet[1] = type;
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
  packet.writeUInt32BE(1, 4);
  packet.writeUInt32BE(media, 8);
  words.forEach((word, index) => packet.writeUInt32BE(word >>> 0, 12 + index * 4));
  return packet;
}

describe('feedback about a picture', () => {
  it('reads what we write', () => {
    const [pli, nack, remb] = [Buffer.alloc(PLI_BYTES), Buffer.alloc(NACK_BYTES), Buffer.alloc(REMB_BYTES)];
    writePictureRequest(pli, 1, SSRC);
    writeLoss(nack, 1, SSRC, 65_535);
    writeBitrate(remb, 1, SSRC, 1_500_000);
    expect(read(pli)).toEqual({ lost: [], requests: 1, bitrates: [] });
    expect(read(nack)).toEqual({ lost: [65_535], requests: 0, bitrates: [] });
    expect(read(remb).bitrates[0]).toBeCloseTo(1_500_000, -2);
    expect(read(Buffer.concat([nack, remb, pli]))).toMatchObject({ lost: [65_535], requests: 1 });
  });

  it('reads the losses of a bit mask, around the end of the numbers (RFC 4585 section 6.2.1)', () => {
    expect(read(feedback(1, 205, SSRC, [(65_534 << 16) | 0b1000_0000_0000_0011])).lost).toEqual([65_534, 65_535, 0, 14]);
  });

  it('reads a full intra request (RFC 5104 section 4.3.1), and nothing about another stream', () => {
    expect(read(feedback(4, 206, 0, [SSRC, 0x01000000])).requests).toBe(1);
    expect(read(feedback(4, 206, 0, [SSRC + 1, 0])).requests).toBe(0);
    expect(read(feedback(1, 206, SSRC, []), 7).requests).toBe(0);
    expect(read(feedback(1, 205, SSRC, [5 << 16]), 7).lost).toEqual([]);
  });

  it('takes no more losses at once than any browser keeps', () => {
    expect(read(feedback(1, 205, SSRC, Array.from({ length: 3000 }, () => 0xffff))).lost.length).toBeLessThan(220);
  });

  it('comes to an end whatever it is given', () => {
    const random = new Random(3);
    for (let round = 0; round < 20_000; round += 1) {
      const packet = random.bytes(random.below(80));
      if (packet.length > 2) packet[1] = 200 + random.below(8);
      read(packet);
    }
    expect(read(Buffer.from([0x81, 206, 0, 0, 0, 0, 0, 0])).requests).toBe(0);
  });
});
