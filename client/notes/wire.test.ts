import { describe, expect, test } from 'vitest';
import { PARCEL_MAX_LENGTH } from '../../shared/protocol/vocabulary.ts';
import { Assembly, MESSAGE_MAX_BYTES, split } from './wire.ts';
import type { Note } from './wire.ts';

const assembled = (note: Note | null | undefined): Uint8Array => note?.body ?? new Uint8Array(1);
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 31) & 255);

describe('messages in parcels', () => {
  test.each([0, 1, 17_995, 17_996, 100_000, MESSAGE_MAX_BYTES])('%i bytes come back as they were, and every parcel may pass', (length) => {
    const parts = split({ kind: 'answer', body: bytes(length) }, 65_535);
    const assembly = new Assembly();
    expect(parts.every((part) => Math.ceil(part.length / 3) * 4 <= PARCEL_MAX_LENGTH)).toBe(true);
    const whole = parts.toReversed().map((part) => assembly.add('ann', part));
    expect(whole.slice(0, -1).every((note) => note === null)).toBe(true);
    expect(whole.at(-1)).toMatchObject({ kind: 'answer' });
    expect(Buffer.compare(assembled(whole.at(-1)), bytes(length))).toBe(0);
  });

  test('one larger than any pad is not made', () => {
    expect(() => split({ kind: 'answer', body: bytes(MESSAGE_MAX_BYTES + 1) }, 0)).toThrow(RangeError);
  });

  test('messages of one sender, and of several, are not mixed', () => {
    const assembly = new Assembly();
    const [bytes20, bytes30] = [bytes(20_000), bytes(30_000).reverse()];
    const one = split({ kind: 'answer', body: bytes(20_000) }, 1);
    const other = split({ kind: 'answer', body: bytes(30_000).reverse() }, 2);
    expect([assembly.add('ann', one[0] as Uint8Array), assembly.add('ann', other[0] as Uint8Array), assembly.add('bob', one[1] as Uint8Array)]).toEqual([null, null, null]);
    expect(assembly.add('ann', one[1] as Uint8Array)?.body.every((byte, index) => byte === bytes20[index])).toBe(true);
    expect(assembly.add('ann', other[1] as Uint8Array)?.body.every((byte, index) => byte === bytes30[index])).toBe(true);
  });

  test('what is no part of a message is ignored, and what is never finished is forgotten', () => {
    const assembly = new Assembly();
    for (const part of [[], [9, 0, 0, 0, 1], [1, 0, 0, 1, 1], [1, 0, 0, 0, 0], [1, 0, 0, 0, 255], [1, 0]]) expect(assembly.add('ann', Uint8Array.from(part))).toBeNull();
    const first = split({ kind: 'answer', body: bytes(20_000) }, 0);
    assembly.add('ann', first[0] as Uint8Array);
    for (let number = 1; number <= 4; number += 1) assembly.add('ann', split({ kind: 'answer', body: bytes(20_000) }, number)[0] as Uint8Array);
    expect(assembly.add('ann', first[1] as Uint8Array)).toBeNull();
  });
});
