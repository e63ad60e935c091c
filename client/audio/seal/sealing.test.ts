import { beforeEach, describe, expect, test } from 'vitest';
import { FrameSealer, MAX_COUNTER, SILENCE, frameKey, isSealed } from './frame.ts';
import { Sealing } from './sealing.ts';

const VOICE = Uint8Array.of(0x78, 1, 2, 3, 4, 5, 6, 7, 8, 9);
let spent: number[];
let sealing: Sealing;
let key: CryptoKey;

beforeEach(async () => {
  spent = [];
  sealing = new Sealing((keyId) => spent.push(keyId));
  key = await frameKey(new Uint8Array(16).fill(3));
});

function voice(): ArrayBuffer {
  return VOICE.slice().buffer;
}

describe('outgoing frames', () => {
  test('pass untouched until told otherwise', async () => {
    const frame = voice();
    expect(await sealing.outgoing(frame)).toBe(frame);
  });

  test('are silence while held, and before there is a key', async () => {
    sealing.obey({ kind: 'outgoing', mode: 'hold' });
    expect(new Uint8Array(await sealing.outgoing(voice()))).toEqual(SILENCE);
    sealing.obey({ kind: 'outgoing', mode: 'seal' });
    expect(new Uint8Array(await sealing.outgoing(voice()))).toEqual(SILENCE);
    expect(sealing.counts).toMatchObject({ held: 2, sealed: 0 });
  });

  test('are sealed with the last key, which never begins anew', async () => {
    sealing.obey({ kind: 'sealWith', keyId: 5, key });
    const first = new Uint8Array(await sealing.outgoing(voice()));
    sealing.obey({ kind: 'sealWith', keyId: 6, key });
    sealing.obey({ kind: 'outgoing', mode: 'pass' });
    sealing.obey({ kind: 'sealWith', keyId: 5, key });
    const second = new Uint8Array(await sealing.outgoing(voice()));
    expect(isSealed(first)).toBe(true);
    expect([first[11], second[11]], 'counters').toEqual([0, 1]);
  });

  test('never leave plain when a key is spent', async () => {
    sealing.obey({ kind: 'sealWith', keyId: 5, key });
    // As after 2.7 years of speaking.
    Object.assign(sealing, { sealer: new FrameSealer(5, key, MAX_COUNTER + 1) });
    expect(new Uint8Array(await sealing.outgoing(voice()))).toEqual(SILENCE);
    expect(spent).toEqual([5]);
  });
});

describe('incoming frames', () => {
  test('plain ones pass in public, and are silence in a sealed talk', async () => {
    expect(sealing.passesIn(VOICE)).toBe(true);
    sealing.obey({ kind: 'incoming', strict: true });
    expect(sealing.passesIn(VOICE)).toBe(false);
    expect(new Uint8Array(await sealing.incoming(VOICE))).toEqual(SILENCE);
    expect(sealing.counts.refused.plain).toBe(1);
  });

  test('sealed ones are never played as they are, not even in public', async () => {
    const sealed = await new FrameSealer(9, key).seal(VOICE);
    expect(sealing.passesIn(sealed)).toBe(false);
    expect(new Uint8Array(await sealing.incoming(sealed))).toEqual(SILENCE);
    sealing.obey({ kind: 'add', keyId: 9, key });
    expect(new Uint8Array(await sealing.incoming(sealed))).toEqual(VOICE);
    sealing.obey({ kind: 'drop', keyId: 9 });
    expect(new Uint8Array(await sealing.incoming(await new FrameSealer(9, key).seal(VOICE))), 'of somebody who left').toEqual(SILENCE);
  });
});
