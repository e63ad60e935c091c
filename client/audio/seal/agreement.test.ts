import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Talk, VOICE, talkOf } from '../../../tests/support/sealing.ts';
import type { Ears } from '../../../tests/support/sealing.ts';
import { AGREE_MS, LEAVE_OVERLAP_MS } from './agreement.ts';
import { textOf, utf8 } from './bytes.ts';
import { FrameSealer } from './frame.ts';
import { packParcel, unpackParcel } from './parcels.ts';

const SEED = 4;
describe('members of a talk', () => {
  test.each([[['ann', 'ben']], [['ann', 'ben', 'cid']], [Array.from({ length: 12 }, (_, i) => `m${i}`)]])('agree by themselves: %j', async (ids) => {
    const talk = await talkOf(...ids);
    await talk.expectSealed();
    expect(talk.member(ids[0] ?? '').status.code.join('-')).toMatch(/^\d{4}-\d{4}-\d{4}$/);
    expect(Math.max(...talk.log.map(({ data }) => data.length)), 'parcels are short').toBeLessThan(3000);
    expect(talk.log.length, 'and few').toBeLessThanOrEqual(ids.length * 4);
  });

  test('say nothing in plain while they agree', async () => {
    const talk = new Talk();
    const ann = talk.add('ann');
    talk.add('ben');
    await talk.tell('ann');
    expect(ann.ears.mode).toBe('hold');
    await talk.tell('ben');
    await talk.deliver();
    await talk.expectSealed();
  });

  test('never send a key, a public key before all have committed, or twice the same', async () => {
    const talk = await talkOf('ann', 'ben', 'cid');
    const kinds = talk.log.map(({ data }) => unpackParcel(data)?.kind);
    expect(kinds.indexOf('show')).toBeGreaterThan(kinds.lastIndexOf('commit'));
    const raw = talk.log.map(({ data }) => textOf(data));
    for (const { ears } of talk.members.values()) {
      for (const key of ears.keys.values()) expect(key.extractable).toBe(false);
    }
    expect(new Set(raw).size).toBe(raw.length);
  });
});

describe('a newcomer', () => {
  test('cannot open what was said before, and old members lose nothing', async () => {
    const talk = await talkOf('ann', 'ben');
    const before = await talk.member('ann').ears.say();
    const code = talk.member('ann').status.code;
    talk.add('cid');
    await talk.tell('ann');
    expect(talk.member('ann').ears.mode, 'goes on under the old key').toBe('seal');
    expect(await talk.member('ben').ears.hears(await talk.member('ann').ears.say())).toBe(true);
    await talk.tell('ben');
    expect(await talk.member('ben').ears.hears(await talk.member('ann').ears.say())).toBe(true);
    await talk.tell('cid');
    await talk.deliver();
    await talk.expectSealed();
    expect(await talk.member('cid').ears.hears(before)).toBe(false);
    expect(talk.member('ann').status.code).not.toEqual(code);
  });
});

describe('when somebody leaves', () => {
  test('they cannot open what is said after, and are heard no more', async () => {
    const talk = await talkOf('ann', 'ben', 'cid');
    const cid = talk.member('cid');
    talk.members.delete('cid');
    await talk.tellAll();
    expect(await talk.member('ann').ears.hears(await cid.ears.say()), 'at once').toBe(false);
    await talk.deliver();
    await talk.expectSealed();
    expect(await cid.ears.hears(await talk.member('ann').ears.say())).toBe(false);
  });

  test('the old key is used for a second at most, even if the others cannot agree', async () => {
    const talk = await talkOf('ann', 'ben', 'cid');
    const cid = talk.member('cid');
    talk.members.delete('cid');
    talk.tamper = () => null;
    await talk.tellAll();
    await talk.pass(LEAVE_OVERLAP_MS);
    expect(talk.member('ann').ears.mode).toBe('hold');
    expect(await cid.ears.hears(await talk.member('ann').ears.say())).toBe(false);
    expect(talk.states).toEqual(['agreeing', 'agreeing']);
    talk.tamper = ({ data }) => data;
    await talk.pass(3000);
    await talk.expectSealed();
  });

  test('and their page is loaded again, all agree anew', async () => {
    const talk = await talkOf('ann', 'ben', 'cid');
    const before = talk.member('ann').status.code;
    talk.members.delete('ben');
    talk.add('ben');
    await talk.tell('ben');
    await talk.pass(1000);
    await talk.expectSealed();
    expect(talk.member('ann').status.code).not.toEqual(before);
  });
});

describe('a browser that cannot', () => {
  test('makes the talk open, and everybody is told whose it is', async () => {
    const talk = new Talk();
    talk.add('ann');
    talk.add('ben', false);
    await talk.tellAll();
    await talk.deliver();
    for (const { status, ears } of talk.members.values()) {
      expect(status).toMatchObject({ state: 'off', cannot: ['ben'], held: false });
      expect(ears.mode).toBe('open');
    }
  });

  test('does not open a talk that was sealed, until each says so', async () => {
    const talk = await talkOf('ann', 'ben');
    talk.add('cid', false);
    await talk.tellAll();
    await talk.deliver();
    const ann = talk.member('ann');
    expect(ann.status).toMatchObject({ state: 'off', cannot: ['cid'], held: true });
    expect(ann.ears.mode).toBe('hold');
    await ann.agreement.allowOpen();
    expect(ann.ears.mode).toBe('open');
    expect(ann.status.held).toBe(false);
    expect(talk.member('ben').ears.mode).toBe('hold');
    talk.members.delete('cid');
    await talk.tellAll();
    await talk.deliver();
    await talk.expectSealed();
  });

  test('that says nothing at all is named after a while, and sealing begins when it speaks', async () => {
    const talk = new Talk();
    talk.add('ann');
    talk.add('ben');
    talk.tamper = ({ from, data }) => (from === 'ben' ? null : data);
    await talk.tellAll();
    await talk.pass(AGREE_MS + 500);
    expect(talk.member('ann').status).toMatchObject({ state: 'off', silent: ['ben'], held: false });
    expect(talk.member('ann').ears.mode).toBe('open');
    talk.tamper = ({ data }) => data;
    await talk.pass(11_000);
    await talk.expectSealed();
  });
});

describe('a server that cheats', () => {
  test('and swaps public keys is shown by the codes', async () => {
    // Between ann and ben stand two members of the server's own, and each is told that they are the other.
    const [left, right] = [new Talk(), new Talk()];
    await left.begin('ann', 'ben');
    await right.begin('ann', 'ben');
    await left.expectSealed();
    await right.expectSealed();
    expect(left.member('ann').status.code).not.toEqual(right.member('ben').status.code);
  });

  test('and shows another key than was committed to gets nowhere', async () => {
    const other = await talkOf('ann', 'ben');
    const stolen = other.log.map(({ data }) => unpackParcel(data)).find((parcel) => parcel?.kind === 'show');
    const talk = new Talk();
    talk.add('ann');
    talk.add('ben');
    talk.tamper = ({ data }) => {
      const parcel = unpackParcel(data);
      return parcel?.kind === 'show' && stolen?.kind === 'show' ? packParcel({ ...parcel, publicKey: stolen.publicKey }) : data;
    };
    await talk.tellAll();
    await talk.deliver();
    expect(talk.states).toEqual(['agreeing', 'agreeing']);
    expect(talk.log.some(({ data }) => unpackParcel(data)?.kind === 'keys'), 'nobody sends a key to it').toBe(false);
  });

  test('and changes boxes, or says "got" for somebody, does not make it sealed', async () => {
    for (const kind of ['keys', 'got'] as const) {
      const talk = new Talk();
      talk.add('ann');
      talk.add('ben');
      talk.tamper = ({ data }) => {
        const parcel = unpackParcel(data);
        if (parcel?.kind !== kind) return data;
        const boxes = new Map([...parcel.boxes].map(([to, { n, data: box }]) => [to, { n, data: box.map((byte, at) => (at === 3 ? byte ^ 1 : byte)) }]));
        return packParcel({ ...parcel, boxes });
      };
      await talk.tellAll();
      await talk.deliver();
      expect(talk.states).toEqual(['agreeing', 'agreeing']);
    }
  });

  test('and repeats everything it has ever passed on changes nothing', async () => {
    const talk = await talkOf('ann', 'ben', 'cid');
    const frame = await talk.member('ann').ears.say();
    expect(await talk.member('ben').ears.hears(frame)).toBe(true);
    const codes = talk.member('ann').status.code;
    for (const { from, data } of [...talk.log]) {
      for (const { id, agreement } of talk.members.values()) if (id !== from) await agreement.receive(from, data);
    }
    await talk.deliver();
    await talk.expectSealed();
    expect(talk.member('ann').status.code).toEqual(codes);
    expect(await talk.member('ben').ears.hears(frame), 'a frame heard twice').toBe(false);
  });

  test('and sends nonsense is ignored', async () => {
    const talk = await talkOf('ann', 'ben');
    for (const data of ['', '!', '{}', '[]', 'null', '{"kind":"keys","round":1,"set":"x","boxes":[[1,2]]}', '{"kind":"show","round":-1,"set":"x"}']) {
      await talk.member('ann').agreement.receive('ben', utf8(data));
    }
    await talk.member('ann').agreement.receive('ben', Uint8Array.of(0xff, 0xfe));
    await talk.expectSealed();
  });

  test('or anybody else cannot bring in a voice of its own, plain or sealed', async () => {
    const talk = await talkOf('ann', 'ben');
    const stranger = await talkOf('ann', 'ben');
    const ben = talk.member('ben').ears;
    expect(await ben.hears(VOICE.slice().buffer), 'plain').toBe(false);
    expect(await ben.hears(await stranger.member('ann').ears.say()), 'of another talk').toBe(false);
    const [keyId] = talk.member('ann').ears.keys.keys();
    const [key] = stranger.member('ann').ears.keys.values();
    if (keyId === undefined || key === undefined) throw new Error('no keys');
    expect(await ben.hears(await new FrameSealer(keyId, key).seal(VOICE)), 'with a guessed id').toBe(false);
  });
});

test('whoever has left opens nothing more', async () => {
  const talk = await talkOf('ann', 'ben');
  const { ears, agreement } = talk.member('ann');
  const theirs = await talk.member('ben').ears.say();
  await agreement.close();
  expect(ears.mode, 'nor goes plain by itself').toBe('seal');
  expect(await ears.hears(theirs)).toBe(false);
  await ears.open();
  expect(await ears.hears(VOICE.slice().buffer)).toBe(true);
  expect(await ears.hears(theirs), 'sealed sound is silence in public').toBe(false);
});

test('however people come, go, reload and lose parcels, in the end all who are left are sealed; who is gone opens nothing', { timeout: 120_000 }, async () => {
  const step = fc.record({ who: fc.constantFrom('a', 'b', 'c', 'd', 'e'), deed: fc.constantFrom('toggle', 'toggle', 'reload', 'tellOne', 'deliver', 'lose', 'wait') });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const talk = await talkOf('a', 'b');
      const gone: Ears[] = [];
      for (const { who, deed } of steps) {
        if (deed === 'toggle') {
          const member = talk.members.get(who);
          if (member === undefined) talk.add(who);
          else if (talk.members.size > 2 && talk.members.delete(who)) gone.push(member.ears);
        } else if (deed === 'reload' && talk.members.has(who)) {
          gone.push(talk.member(who).ears);
          talk.members.delete(who);
          talk.add(who);
        } else if (deed === 'tellOne' && talk.members.has(who)) await talk.tell(who);
        else if (deed === 'deliver') await talk.deliver();
        else if (deed === 'lose') talk.wire.length = 0;
        else if (deed === 'wait') await talk.pass(500);
      }
      await talk.tellAll();
      await talk.deliver();
      await talk.pass(23_000, 500);
      await talk.expectSealed();
      const frame = await talk.member([...talk.members.keys()][0] ?? '').ears.say();
      for (const ears of gone) expect(await ears.hears(frame)).toBe(false);
    }),
    { seed: SEED, numRuns: 120 },
  );
});
