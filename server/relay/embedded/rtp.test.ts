import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyPacket, isRtcp, MAX_PAYLOAD_BYTES, NO_LEVEL, parseRtp, sequenceDistance, writeRtpHeader } from './rtp.ts';

const LEVEL_ID = 1;

/** Bytes from readable hexadecimal: spaces and line breaks count for nothing. */
function bytes(hex: string): Buffer {
  return Buffer.from(hex.replace(/\s+/g, ''), 'hex');
}

/** As Chromium sends it: one-byte extensions with the audio level (id 1) first, then a transport-wide sequence number (id 3). */
const CHROMIUM_PACKET = Buffer.concat([
  bytes('90 ef 1234 00000960 0a0b0c0d'), // version 2 with extension; marker and payload type 111; sequence; timestamp; SSRC
  bytes('bede 0002'), // one-byte extensions, two words of them
  bytes('10 a6'), // id 1, one byte: voice activity, -38 dBov
  bytes('31 0007'), // id 3, two bytes
  bytes('000000'), // filled up to the word
  bytes('fc010203'), // Opus
]);

describe('parseRtp', () => {
  test('reads header, level and payload of a packet with one-byte extensions', () => {
    const packet = emptyPacket();
    expect(parseRtp(CHROMIUM_PACKET, LEVEL_ID, packet)).toBe(true);
    expect(packet).toEqual({
      marker: true,
      payloadType: 111,
      sequence: 0x1234,
      timestamp: 0x960,
      ssrc: 0x0a0b0c0d,
      payloadStart: 24, // 12 header + 4 extension head + 8 extension
      payloadEnd: 28,
      level: 0x26, // 0xa6 without the voice-activity bit: -38 dBov
    });
  });

  test('finds the level behind other elements and padding, and in two-byte form', () => {
    const packet = emptyPacket();
    // 0x31: id 3, two bytes; then a padding byte; then id 1, one byte, level 5.
    expect(parseRtp(bytes('90 6f 0001 00000000 00000001 bede 0002 31 aaaa 00 10 05 0000 ff'), LEVEL_ID, packet)).toBe(true);
    expect(packet.level).toBe(5);
    // RFC 8285 two-byte form: id, length, data; appbits in the profile.
    expect(parseRtp(bytes('90 6f 0001 00000000 00000001 1003 0002 03 02 aaaa 01 01 85 00 ff'), LEVEL_ID, packet)).toBe(true);
    expect(packet.level).toBe(5);
  });

  test('has no level where none was negotiated, none is there, or the list is broken', () => {
    const packet = emptyPacket();
    expect(parseRtp(CHROMIUM_PACKET, 0, packet) && packet.level).toBe(NO_LEVEL);
    expect(parseRtp(CHROMIUM_PACKET, 5, packet) && packet.level).toBe(NO_LEVEL);
    // An element that claims 16 bytes of an 8-byte extension.
    expect(parseRtp(bytes('90 6f 0001 00000000 00000001 bede 0002 3f aaaaaaaaaaaaaa ff'), LEVEL_ID, packet) && packet.level).toBe(NO_LEVEL);
    // Id 15 ends the list (RFC 8285), whatever follows.
    expect(parseRtp(bytes('90 6f 0001 00000000 00000001 bede 0001 f0 10 05 00 ff'), LEVEL_ID, packet) && packet.level).toBe(NO_LEVEL);
  });

  test('leaves out contributing sources and padding', () => {
    const packet = emptyPacket();
    // 0xa2: padding and two CSRCs; the last byte says that 3 bytes are padding.
    expect(parseRtp(bytes('a2 6f 0001 00000000 00000001 11111111 22222222 abcd 000003'), LEVEL_ID, packet)).toBe(true);
    expect([packet.payloadStart, packet.payloadEnd]).toEqual([20, 22]);
  });

  test.each([
    ['nothing', ''],
    ['a header cut short', '80 6f 0001 00000000 000000'],
    ['version 1', '40 6f 0001 00000000 00000001 ff'],
    ['no payload', '80 6f 0001 00000000 00000001'],
    ['more contributing sources than bytes', '8f 6f 0001 00000000 00000001 ff'],
    ['an extension head beyond the end', '90 6f 0001 00000000 00000001 bede'],
    ['an extension of 256 KB', '90 6f 0001 00000000 00000001 bede ffff 10050000 ff'],
    ['an extension that leaves no payload', '90 6f 0001 00000000 00000001 bede 0001 10050000'],
    ['padding of zero bytes', 'a0 6f 0001 00000000 00000001 ff00'],
    ['padding that swallows the header', 'a0 6f 0001 00000000 00000001 ffff'],
    ['a payload longer than any Opus packet', `80 6f 0001 00000000 00000001 ${'55'.repeat(MAX_PAYLOAD_BYTES + 1)}`],
  ])('refuses %s', (_what, hex) => {
    expect(parseRtp(bytes(hex), LEVEL_ID, emptyPacket())).toBe(false);
  });

  test('whatever the bytes, never throws and never points outside them', () => {
    const packet = emptyPacket();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 0, max: 14 }), fc.boolean(), (random, id, plausible) => {
        if (plausible && random.length > 0) random[0] = 0x80 | ((random[0] ?? 0) & 0x3f);
        if (!parseRtp(random, id, packet)) return;
        expect(packet.payloadStart).toBeGreaterThanOrEqual(12);
        expect(packet.payloadEnd).toBeGreaterThan(packet.payloadStart);
        expect(packet.payloadEnd).toBeLessThanOrEqual(random.length);
        expect(packet.level).toBeGreaterThanOrEqual(NO_LEVEL);
        expect(packet.level).toBeLessThanOrEqual(127);
      }),
      { seed: 6464, numRuns: 5000 },
    );
  });
});

describe('writeRtpHeader', () => {
  test('writes the twelve bytes of RFC 3550', () => {
    const out = Buffer.alloc(12);
    writeRtpHeader(out, { marker: true, payloadType: 109, sequence: 0xfffe, timestamp: 0x89abcdef, ssrc: 0xfedcba98 });
    // 80: version 2, nothing else. ed: marker and payload type 109. Then sequence, timestamp, SSRC in network order.
    expect(out.toString('hex')).toBe('80edfffe89abcdeffedcba98');
  });

  test('what is written is read back', () => {
    const packet = emptyPacket();
    const out = Buffer.alloc(13, 0x55);
    fc.assert(
      fc.property(fc.record({ marker: fc.boolean(), payloadType: fc.nat(127), sequence: fc.nat(0xffff), timestamp: fc.nat(0xffffffff), ssrc: fc.nat(0xffffffff) }), (stamp) => {
        writeRtpHeader(out, stamp);
        expect(parseRtp(out, 0, packet)).toBe(true);
        expect(packet).toMatchObject(stamp);
      }),
      { seed: 3550 },
    );
  });
});

test('RTCP is told from RTP by its packet type (RFC 5761)', () => {
  for (const type of [200, 201, 202, 203, 204, 205, 206, 207]) expect(isRtcp(Buffer.from([0x80, type, 0, 0]))).toBe(true);
  for (const payloadType of [0, 35, 63, 96, 111, 127]) {
    expect(isRtcp(Buffer.from([0x80, payloadType]))).toBe(false);
    expect(isRtcp(Buffer.from([0x80, 0x80 | payloadType]))).toBe(false);
  }
});

test('distances go the short way round the circle', () => {
  expect(sequenceDistance(1, 0)).toBe(1);
  expect(sequenceDistance(0, 65535)).toBe(1);
  expect(sequenceDistance(65535, 0)).toBe(-1);
  expect(sequenceDistance(0x8000, 0)).toBe(-0x8000);
});
