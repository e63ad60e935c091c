import { describe, expect, it } from 'vitest';
import { Random } from '../../../tests/support/random.ts';
import { emptyFrame, readFrame, VIDEO_CODECS } from './video-codecs.ts';
import type { FrameFacts, VideoCodec } from './video-codecs.ts';

function read(codec: VideoCodec, bytes: readonly number[]): FrameFacts {
  const frame = emptyFrame();
  readFrame(codec, Uint8Array.from([9, 9, ...bytes, 9]), { start: 2, end: 2 + bytes.length }, frame);
  return frame;
}
const starts = (codec: VideoCodec, bytes: readonly number[]): boolean => read(codec, bytes).startsKeyframe;

describe('VP8 (RFC 7741)', () => {
  it('a whole picture begins with the first packet of the first partition, and P = 0', () => {
    expect(starts('vp8', [0x10, 0x00, 1, 2])).toBe(true);
    expect(starts('vp8', [0x10, 0x01, 1, 2]), 'an inter frame').toBe(false);
    expect(starts('vp8', [0x00, 0x00, 1, 2]), 'the middle of a partition').toBe(false);
    expect(starts('vp8', [0x11, 0x00, 1, 2]), 'the second partition').toBe(false);
    expect(starts('vp8', [0x30, 0x00, 1, 2]), 'a frame that none refers to may be whole').toBe(true);
  });

  it('picture ids of 7 and 15 bits, and the other fields between', () => {
    expect(read('vp8', [0x90, 0x80, 0x2a, 0x00])).toMatchObject({ startsKeyframe: true, pictureIdAt: 2, isWide: false, pictureId: 0x2a, layerZeroAt: -1 });
    expect(read('vp8', [0x90, 0xe0, 0xab, 0xcd, 0x11, 0x20, 0x01])).toMatchObject({ startsKeyframe: false, pictureIdAt: 2, isWide: true, pictureId: 0x2bcd, layerZeroAt: 4, layerZero: 0x11 });
    expect(read('vp8', [0x90, 0x20, 0x20, 0x00])).toMatchObject({ startsKeyframe: true, pictureIdAt: -1, layerZeroAt: -1 });
  });

  it('a descriptor without a payload is nothing', () => {
    expect(read('vp8', [0x90, 0xf0, 0xab, 0xcd, 0x11, 0x20])).toMatchObject({ startsKeyframe: false, pictureIdAt: -1, layerZeroAt: -1 });
    expect(read('vp8', [0x10])).toMatchObject({ startsKeyframe: false, pictureIdAt: -1 });
  });
});

describe('H.264 (RFC 6184)', () => {
  it('a whole picture begins with its parameters: alone, aggregated, or in the first of fragments', () => {
    expect(starts('h264', [0x67, 0x42, 0xe0])).toBe(true);
    expect(starts('h264', [0x78, 0, 2, 0x67, 0x42, 0, 1, 0x68])).toBe(true);
    expect(starts('h264', [0x78, 0, 1, 0x09, 0, 2, 0x67, 0x42])).toBe(true);
    expect(starts('h264', [0x7c, 0x87, 0x42])).toBe(true);
    expect(starts('h264', [0x7c, 0x07, 0x42]), 'a later fragment').toBe(false);
    expect(starts('h264', [0x7c, 0x85, 0x42]), 'a slice without its parameters').toBe(false);
    expect(starts('h264', [0x65, 1, 2])).toBe(false);
    expect(starts('h264', [0x41, 1, 2])).toBe(false);
    expect(starts('h264', [0x78, 0xff, 0xff, 0x67]), 'a size that leads out of the packet').toBe(true);
    expect(starts('h264', [0x78, 0xff, 0xff, 0x41, 0, 1, 0x67])).toBe(false);
  });
});

it('whatever it is given, names no place outside the payload and comes to an end', () => {
  const random = new Random(7741);
  let outside = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const bytes = [...random.bytes(1 + random.below(12))];
    const { pictureIdAt, isWide, layerZeroAt } = read(VIDEO_CODECS[random.below(2)] ?? 'vp8', bytes);
    if (pictureIdAt + (isWide ? 1 : 0) >= bytes.length || layerZeroAt >= bytes.length) outside += 1;
  }
  expect(outside).toBe(0);
});
