import { describe, expect, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { codeOf, membersDigest } from './code.ts';
import { Pair, makeOwnKeys } from './pair.ts';
import type { OwnKeys } from './pair.ts';

const SECRET = utf8('a sender key');

async function agree(ann: OwnKeys, ben: OwnKeys, talk = 't'): Promise<[Pair, Pair]> {
  return [await Pair.agree(ann, ben.publicKey, { talk, me: 'ann', other: 'ben' }), await Pair.agree(ben, ann.publicKey, { talk, me: 'ben', other: 'ann' })];
}

describe('a box', () => {
  test('opens for the other one, once, and in the order in which it was made', async () => {
    const [ann, ben] = await agree(await makeOwnKeys(), await makeOwnKeys());
    const [first, second] = [await ann.seal(SECRET, 'keys 1'), await ann.seal(SECRET, 'keys 1')];
    expect(Buffer.from(first.data)).not.toEqual(Buffer.from(second.data));
    expect(await ben.open(second, 'keys 1')).toEqual(SECRET);
    expect(await ben.open(second, 'keys 1'), 'again').toBeNull();
    expect(await ben.open(first, 'keys 1'), 'an earlier one').toBeNull();
    const third = await ann.seal(SECRET, 'keys 1');
    const both = await Promise.all([ben.open(third, 'keys 1'), ben.open(third, 'keys 1')]);
    expect(both.filter((plain) => plain !== null), 'twice at the same moment').toHaveLength(1);
  });

  test('opens nowhere else: not about something else, not sent back, not in another talk, not with another counter', async () => {
    const [annKeys, benKeys] = [await makeOwnKeys(), await makeOwnKeys()];
    const [ann, ben] = await agree(annKeys, benKeys);
    const [, elsewhere] = await agree(annKeys, benKeys, 'another talk');
    const box = await ann.seal(SECRET, 'keys 1');
    expect(await ben.open(box, 'got 1')).toBeNull();
    expect(await ann.open(box, 'keys 1'), 'sent back').toBeNull();
    expect(await elsewhere.open(box, 'keys 1')).toBeNull();
    expect(await ben.open({ ...box, n: 9 }, 'keys 1')).toBeNull();
    const mistaken = await Pair.agree(benKeys, annKeys.publicKey, { talk: 't', me: 'ben', other: 'cid' });
    expect(await mistaken.open(box, 'keys 1'), 'under another name').toBeNull();
    expect(await ben.open(box, 'keys 1'), 'and all that used nothing up').toEqual(SECRET);
  });
});

test('private keys cannot be read out', async () => {
  const { privateKey } = await makeOwnKeys();
  await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
});

test.each([[0], [64], [66], [65]])('what is no public key is refused: %i bytes', async (length) => {
  await expect(Pair.agree(await makeOwnKeys(), new Uint8Array(length).fill(4), { talk: 't', me: 'a', other: 'b' })).rejects.toThrow();
});

test('the digits depend on everybody, everybody\'s key and the talk, and not on the order', async () => {
  const [one, other] = [(await makeOwnKeys()).publicKey, (await makeOwnKeys()).publicKey];
  const code = async (talk: string, ...keys: { person: string; publicKey: typeof one }[]): Promise<string> => codeOf(await membersDigest(talk, keys)).join('');
  const [ann, ben] = [{ person: 'ann', publicKey: one }, { person: 'ben', publicKey: other }];
  const mine = await code('t', ann, ben);
  expect(await code('t', ben, ann)).toBe(mine);
  const others = [await code('u', ann, ben), await code('t', ann), await code('t', { ...ann, publicKey: other }, { ...ben, publicKey: one }), await code('t', { ...ann, person: 'eve' }, ben)];
  for (const each of others) expect(each).not.toBe(mine);
  expect(codeOf(new Uint8Array(32))).toEqual(['0000', '0000', '0000']);
});
