import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyPacket, sequenceDistance } from './rtp.ts';
import type { RtpPacket } from './rtp.ts';
import { SlotStream } from './slot.ts';

const SSRC = 0xcafe0001;
const FRAME_TICKS = 960;
const FRAME_MS = 20;

function packet(sequence: number, timestamp: number, marker = false): RtpPacket {
  return { ...emptyPacket(), sequence: sequence & 0xffff, timestamp: timestamp >>> 0, marker };
}

function stream(sequence = 100, timestamp = 5000): SlotStream {
  return new SlotStream(SSRC, 109, { sequence, timestamp });
}

describe('SlotStream', () => {
  test('gives packets its own identity and keeps their spacing', () => {
    const slot = stream();
    expect(slot.next(packet(7, 1000), 1, 0)).toBe(true);
    expect(slot.stamp).toEqual({ marker: true, payloadType: 109, sequence: 100, timestamp: 5000, ssrc: SSRC });
    expect(slot.next(packet(8, 1000 + FRAME_TICKS), 1, FRAME_MS)).toBe(true);
    expect(slot.stamp).toMatchObject({ marker: false, sequence: 101, timestamp: 5000 + FRAME_TICKS });
  });

  test('passes loss and reordering of one speaker through as they are', () => {
    const slot = stream();
    slot.next(packet(7, 0), 1, 0);
    slot.next(packet(10, 3 * FRAME_TICKS), 1, 60);
    expect(slot.stamp.sequence).toBe(103); // two lost upstream: the listener must know, to conceal them
    expect(slot.next(packet(9, 2 * FRAME_TICKS), 1, 61)).toBe(true);
    expect(slot.stamp).toMatchObject({ sequence: 102, timestamp: 5000 + 2 * FRAME_TICKS });
  });

  test('a switch goes on with the next sequence number, the time that passed, and a marker', () => {
    const slot = stream();
    slot.next(packet(7, 0), 1, 1000);
    slot.switchSource();
    slot.next(packet(60_000, 0xfffffff0), 4, 1500);
    expect(slot.stamp).toMatchObject({ marker: true, sequence: 101, timestamp: 5000 + 500 * 48 });
    slot.next(packet(60_001, 0xfffffff0 + FRAME_TICKS), 4, 1520);
    expect(slot.stamp).toMatchObject({ marker: false, sequence: 102, timestamp: 5000 + 500 * 48 + FRAME_TICKS });
  });

  test('a switch within a frame moves on by a whole frame, of the length in use', () => {
    const slot = stream();
    slot.next(packet(7, 0), 1, 1000);
    slot.next(packet(8, 1920), 1, 1040); // 40 ms frames
    slot.switchSource();
    slot.next(packet(500, 777), 1, 1043);
    expect(slot.stamp).toMatchObject({ sequence: 102, timestamp: 5000 + 2 * 1920 });
  });

  test('the new speaker\'s late packets from before the switch are not sent over the old speaker\'s numbers', () => {
    const slot = stream();
    slot.next(packet(7, 0), 1, 0);
    slot.switchSource();
    slot.next(packet(500, 0), 1, 20);
    expect(slot.next(packet(499, 0), 1, 21)).toBe(false);
    expect(slot.next(packet(501, FRAME_TICKS), 1, 40)).toBe(true);
  });

  test('a source that starts a new numbering is joined on like a switch', () => {
    const slot = stream();
    slot.next(packet(7, 0), 1, 0);
    slot.next(packet(40_000, 123), 2, FRAME_MS);
    expect(slot.stamp).toMatchObject({ marker: true, sequence: 101, timestamp: 5000 + FRAME_TICKS });
  });

  test('a speech of an hour, over several rounds of the sequence number, is never refused', () => {
    const slot = stream();
    const inHand = packet(0, 0);
    for (let i = 0; i < 200_000; i += 1) {
      inHand.sequence = (65_000 + i) & 0xffff;
      inHand.timestamp = (i * FRAME_TICKS) >>> 0;
      if (!slot.next(inHand, 1, i * FRAME_MS)) throw new Error(`packet ${i} was refused`);
    }
    expect(slot.stamp.sequence).toBe((100 + 199_999) & 0xffff);
  });

  test('says what its clock reads now, for sender reports', () => {
    const slot = stream();
    expect(slot.started).toBe(false);
    slot.next(packet(7, 0), 1, 1000);
    expect(slot.started).toBe(true);
    expect(slot.timestampAt(1250)).toBe(5000 + 250 * 48);
  });

  test('never a gap, never a repetition, never a step back, over switches and wraps', () => {
    const speaker = fc.record({ sequence: fc.nat(0xffff), timestamp: fc.nat(0xffffffff) });
    const turn = fc.record({ speaker: fc.nat(3), packets: fc.integer({ min: 1, max: 4000 }), pauseMs: fc.nat(3000) });
    const start = fc.record({ sequence: fc.nat(0x7fff), timestamp: fc.nat(0xffffffff) });
    fc.assert(
      fc.property(fc.array(speaker, { minLength: 4, maxLength: 4 }), fc.array(turn, { minLength: 1, maxLength: 30, size: 'max' }), start, (speakers, turns, begin) => {
        const slot = new SlotStream(SSRC, 111, begin);
        const inHand = packet(0, 0);
        let now = 0;
        let count = 0;
        let last: number | null = null;
        for (const { speaker: index, packets, pauseMs } of turns) {
          slot.switchSource();
          now += pauseMs;
          for (let i = 0; i < packets; i += 1) {
            // Time goes on for every speaker, heard or not.
            count += 1;
            now += FRAME_MS;
            inHand.sequence = ((speakers[index]?.sequence ?? 0) + count) & 0xffff;
            inHand.timestamp = ((speakers[index]?.timestamp ?? 0) + count * FRAME_TICKS) >>> 0;
            if (!slot.next(inHand, index, now)) throw new Error(`packet ${count} was refused`);
            const expected = (begin.sequence + count - 1) & 0xffff;
            if (slot.stamp.sequence !== expected) throw new Error(`packet ${count}: sequence ${slot.stamp.sequence} instead of ${expected}`);
            const step = last === null ? FRAME_TICKS : (slot.stamp.timestamp - last) >>> 0;
            if (step < FRAME_TICKS || step > FRAME_TICKS + (pauseMs + FRAME_MS) * 48) throw new Error(`packet ${count}: step of ${step} ticks`);
            last = slot.stamp.timestamp;
          }
        }
      }),
      { seed: 711, numRuns: 50 },
    );
  });

  test('with loss, reordering and switches, no number is used twice and none from before a switch returns', () => {
    const packets = fc.record({ kind: fc.constant('packet' as const), jump: fc.integer({ min: -20, max: 40 }) });
    const switches = fc.record({ kind: fc.constant('switch' as const), jump: fc.nat(0xffff) });
    const events = fc.array(fc.oneof({ weight: 30, arbitrary: packets }, { weight: 1, arbitrary: switches }), { maxLength: 20_000, size: 'max' });
    let sentInAll = 0;
    let refusedInAll = 0;
    fc.assert(
      fc.property(events, fc.nat(0x7fff), (all, sequence) => {
        const slot = new SlotStream(SSRC, 111, { sequence, timestamp: 0 });
        const inHand = packet(0, 0);
        const sent = new Set<number>(); // output numbers, unwrapped, from 0
        const arrived = new Set<number>(); // of the source since the switch: SRTP drops replays
        let source = 0;
        let generation = 0;
        let floor = 0;
        let highest = -1;
        all.forEach(({ kind, jump }, index) => {
          if (kind === 'switch') {
            source = jump;
            generation += 1;
            floor = highest + 1;
            arrived.clear();
            slot.switchSource();
            return;
          }
          source += jump;
          if (arrived.has(source)) return;
          arrived.add(source);
          inHand.sequence = source & 0xffff;
          inHand.timestamp = (index * FRAME_TICKS) >>> 0;
          if (!slot.next(inHand, generation, index * FRAME_MS)) {
            refusedInAll += 1;
            return;
          }
          sentInAll += 1;
          const out = highest < 0 ? 0 : highest + sequenceDistance(slot.stamp.sequence, (sequence + highest) & 0xffff);
          if (out < floor) throw new Error(`event ${index}: number ${out} from before the switch at ${floor}`);
          if (sent.has(out)) throw new Error(`event ${index}: number ${out} twice`);
          sent.add(out);
          highest = Math.max(highest, out);
        });
      }),
      { seed: 3711, numRuns: 20 },
    );
    // The property says nothing unless both happen.
    expect(sentInAll).toBeGreaterThan(50_000);
    expect(refusedInAll).toBeGreaterThan(100);
  });
});
