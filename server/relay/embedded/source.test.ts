import { describe, expect, test } from 'vitest';
import { emptyPacket } from './rtp.ts';
import type { RtpPacket } from './rtp.ts';
import { MicrophoneSource } from './source.ts';

function packet(sequence: number, timestamp = sequence * 960): RtpPacket {
  return { ...emptyPacket(), sequence: sequence & 0xffff, timestamp: timestamp >>> 0 };
}

/** Feeds packets 20 ms apart. */
function feed(source: MicrophoneSource, sequences: readonly number[], fromMs = 0): string[] {
  return sequences.map((sequence, index) => source.accept(packet(sequence), fromMs + index * 20));
}

function run(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

describe('MicrophoneSource', () => {
  test('takes loss, reordering and the wrap as one numbering', () => {
    const source = new MicrophoneSource();
    expect(new Set(feed(source, [65_530, 65_531, 65_534, 65_533, 65_536, 65_540]))).toEqual(new Set(['forward']));
    expect(source.generation).toBe(1);
    expect(source.packets).toBe(6);
  });

  test('drops a lone stray, and takes two in a row as a new start (RFC 3550 A.1)', () => {
    const source = new MicrophoneSource();
    feed(source, run(0, 10));
    expect(feed(source, [30_000], 200)).toEqual(['drop']);
    expect(source.generation).toBe(1);
    expect(feed(source, [10, 40_000, 40_001, 40_002], 220)).toEqual(['forward', 'drop', 'forward', 'forward']);
    expect(source.generation).toBe(2);
  });

  test('reports loss for the interval and in total (RFC 3550 A.3)', () => {
    const source = new MicrophoneSource();
    feed(source, run(0, 100).filter((n) => n % 4 !== 1));
    expect(source.nextReport()).toMatchObject({ fractionLost: 64, cumulativeLost: 25, highestSequence: 99 }); // a quarter of 256
    feed(source, run(100, 100), 2000);
    expect(source.nextReport()).toMatchObject({ fractionLost: 0, cumulativeLost: 25, highestSequence: 199 });
  });

  test('counts the rounds of the sequence number in the highest one', () => {
    const source = new MicrophoneSource();
    feed(source, [65_535, 65_536, 65_537]);
    expect(source.nextReport().highestSequence).toBe(0x10001);
  });

  test('jitter is nothing for an even stream and grows with an uneven one (RFC 3550 A.8)', () => {
    const even = new MicrophoneSource();
    feed(even, run(0, 200));
    expect(even.nextReport().jitter).toBe(0);
    const uneven = new MicrophoneSource();
    run(0, 400).forEach((n) => uneven.accept(packet(n), n * 20 + (n % 2) * 10));
    // Every packet 10 ms off its neighbours: 480 ticks.
    expect(uneven.nextReport().jitter).toBeGreaterThan(460);
    expect(uneven.nextReport().jitter).toBeLessThanOrEqual(480);
  });

  test('lets speech at 10 ms a packet pass for ever, and no more than that of a flood', () => {
    const speech = new MicrophoneSource();
    run(0, 5000).forEach((n) => speech.accept(packet(n), n * 10));
    expect(speech.packets).toBe(5000);
    expect(speech.overRate).toBe(0);
    const flood = new MicrophoneSource();
    run(0, 10_000).forEach((n) => flood.accept(packet(n), n)); // 1000 a second for 10 s
    expect(flood.packets).toBeLessThan(10 * 120 + 101);
    expect(flood.overRate).toBe(10_000 - flood.packets);
  });
});
