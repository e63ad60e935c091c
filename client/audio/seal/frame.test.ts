import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameOpener, FrameSealer, MAX_COUNTER, frameKey, isSealed } from './frame.ts';
import { ReplayWindow, WINDOW } from './replay-window.ts';

const SEED = 20261122;
const KEY_ID = 0xfedcba98;

function key(fill: number): Promise<CryptoKey> {
  return frameKey(new Uint8Array(16).fill(fill));
}

async function pair(): Promise<{ sealer: FrameSealer; opener: FrameOpener }> {
  const shared = await key(7);
  const opener = new FrameOpener();
  opener.add(KEY_ID, shared);
  return { sealer: new FrameSealer(KEY_ID, shared), opener };
}

describe('a sealed frame', () => {
  test('opens to what was sealed, whatever it was, and shows nothing of it', async () => {
    const { sealer, opener } = await pair();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 1275 }), async (plain) => {
        const voice = Uint8Array.from(plain);
        const sealed = new Uint8Array(await sealer.seal(voice));
        expect(isSealed(sealed)).toBe(true);
        expect((sealed.length - 28) % 64, 'lengths come in steps').toBe(0);
        if (plain.length >= 8) expect(Buffer.from(sealed).includes(Buffer.from(plain))).toBe(false);
        expect(await opener.open(sealed)).toEqual({ frame: voice });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('is refused when any bit of it was changed', async () => {
    const { sealer, opener } = await pair();
    const sealed = new Uint8Array(await sealer.seal(Uint8Array.of(1, 2, 3, 0x80, 0, 0)));
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await opener.open(changed), `bit ${bit}`).toHaveProperty('refused');
    }
    expect(await opener.open(sealed), 'and forgeries did not use up its counter').toEqual({ frame: Uint8Array.of(1, 2, 3, 0x80, 0, 0) });
  });

  test('is refused when it is cut short', async () => {
    const { sealer, opener } = await pair();
    const sealed = new Uint8Array(await sealer.seal(Uint8Array.of(9)));
    for (let length = 0; length < sealed.length; length += 1) expect(await opener.open(sealed.slice(0, length))).toHaveProperty('refused');
  });

  test('is heard once', async () => {
    const { sealer, opener } = await pair();
    const sealed = await sealer.seal(Uint8Array.of(1));
    expect(await opener.open(sealed)).toHaveProperty('frame');
    expect(await opener.open(sealed)).toEqual({ refused: 'replayed' });
    const twice = await sealer.seal(Uint8Array.of(2));
    const both = await Promise.all([opener.open(twice), opener.open(twice)]);
    expect(both.filter((each) => 'frame' in each)).toHaveLength(1);
  });

  test('opens out of order, but not when it comes very late', async () => {
    const { sealer, opener } = await pair();
    const frames: ArrayBuffer[] = [];
    for (let i = 0; i < WINDOW + 2; i += 1) frames.push(await sealer.seal(Uint8Array.of(i)));
    const open = (at: number): ReturnType<FrameOpener['open']> => opener.open(frames[at] as ArrayBuffer);
    expect(await open(WINDOW + 1)).toHaveProperty('frame');
    expect(await open(2)).toHaveProperty('frame');
    expect(await open(2)).toEqual({ refused: 'replayed' });
    expect(await open(1)).toEqual({ refused: 'replayed' });
  });

  test('needs the key of its sender', async () => {
    const { sealer } = await pair();
    const stranger = new FrameOpener();
    expect(await stranger.open(await sealer.seal(Uint8Array.of(1)))).toEqual({ refused: 'unknownKey' });
    stranger.add(KEY_ID, await key(8));
    expect(await stranger.open(await sealer.seal(Uint8Array.of(1)))).toEqual({ refused: 'forged' });
    stranger.drop(KEY_ID);
    expect(await stranger.open(await sealer.seal(Uint8Array.of(1)))).toEqual({ refused: 'unknownKey' });
  });

  test('plain sound is told apart', async () => {
    const { opener } = await pair();
    expect(await opener.open(Uint8Array.of(0xf8, 0xff, 0xfe))).toEqual({ refused: 'plain' });
    expect(await opener.open(new Uint8Array(0))).toEqual({ refused: 'plain' });
  });
});

describe('a sender key', () => {
  test('never seals two frames with one counter', async () => {
    const { sealer } = await pair();
    const sealed = await Promise.all(Array.from({ length: 200 }, () => sealer.seal(Uint8Array.of(5))));
    expect(new Set(sealed.map((frame) => Buffer.from(frame).subarray(4, 12).toString('hex'))).size).toBe(200);
    expect(new Set(sealed.map((frame) => Buffer.from(frame).subarray(12).toString('hex'))).size, 'nor alike').toBe(200);
  });

  test('is spent when its counters are, and says so instead of beginning anew', async () => {
    const shared = await key(1);
    const sealer = new FrameSealer(1, shared, MAX_COUNTER);
    const opener = new FrameOpener();
    opener.add(1, shared);
    expect(await opener.open(await sealer.seal(Uint8Array.of(1)))).toHaveProperty('frame');
    expect(sealer.isSpent).toBe(true);
    await expect(sealer.seal(Uint8Array.of(2))).rejects.toThrow(RangeError);
  });

  test('that is given twice does not forget what was seen', async () => {
    const { sealer, opener } = await pair();
    const sealed = await sealer.seal(Uint8Array.of(1));
    await opener.open(sealed);
    opener.add(KEY_ID, await key(7));
    expect(await opener.open(sealed)).toEqual({ refused: 'replayed' });
  });
});

test('the window agrees with a list of everything seen', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 400 }), (counters) => {
      const window = new ReplayWindow();
      const seen = new Set<number>();
      let newest = -1;
      for (const counter of counters) {
        const fresh = !seen.has(counter) && newest - counter < WINDOW;
        expect(window.accepts(counter), `${counter} after ${newest}`).toBe(fresh);
        if (!fresh) continue;
        window.take(counter);
        seen.add(counter);
        newest = Math.max(newest, counter);
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('the window takes the whole range of counters', () => {
  const window = new ReplayWindow();
  for (const counter of [0, 31, 32, 63, 64, 1000, 2 ** 31, MAX_COUNTER]) {
    expect(window.accepts(counter)).toBe(true);
    window.take(counter);
    expect(window.accepts(counter)).toBe(false);
  }
});
