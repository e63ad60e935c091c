import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { cleanText } from './chat.ts';

const NEAR = { kind: 'near' } as const;
const VENUE = { kind: 'venue' } as const;

/** Ann and Ben in the hall, three metres apart; Cec far off in it; Dan beside them, but in the lounge. */
async function four(): Promise<{ fake: FakeVenue; ann: Guest; ben: Guest; cec: Guest; dan: Guest }> {
  const fake = await FakeVenue.open();
  const [ann, ben, cec, dan] = [await fake.join('ann'), await fake.join('ben'), await fake.join('cec'), await fake.join('dan')];
  fake.put(ann, 1, 0);
  fake.put(ben, 4, 0);
  fake.put(cec, 40, 0);
  fake.put(dan, -1, 0);
  fake.tick();
  return { fake, ann, ben, cec, dan };
}

const texts = (guest: Guest): string[] => guest.line.of('chat').map(({ text }) => text);

describe('text', () => {
  it('near reaches those who would hear it, and comes back as the receipt', async () => {
    const { fake, ann, ben, cec, dan } = await four();
    fake.send(ann, 'chat', { to: NEAR, text: ' Good morning ', nonce: 'n-1' });
    expect(ben.line.last('chat')).toMatchObject({ from: 'ann', fromName: 'Person ann', to: NEAR, text: 'Good morning', nonce: 'n-1' });
    expect(ann.line.last('chat')).toEqual(ben.line.last('chat'));
    expect([texts(cec), texts(dan)]).toEqual([[], []]);
  });

  it('to the venue reaches everybody, with an id of its own', async () => {
    const { fake, ann, ben, cec, dan } = await four();
    fake.send(ann, 'chat', { to: VENUE, text: 'one', nonce: 'a' });
    fake.send(ann, 'chat', { to: VENUE, text: 'two', nonce: 'b' });
    for (const guest of [ann, ben, cec, dan]) {
      expect(texts(guest)).toEqual(['one', 'two']);
      expect(new Set(guest.line.of('chat').map(({ id }) => id)).size).toBe(2);
    }
  });

  it('to a person reaches that person alone', async () => {
    const { fake, ann, ben, cec, dan } = await four();
    fake.send(ann, 'chat', { to: { kind: 'person', id: 'cec' }, text: 'psst', nonce: 'n' });
    expect([ann, ben, cec, dan].map(texts)).toEqual([['psst'], [], ['psst'], []]);
  });

  it('never crosses a block, and the blocked cannot tell a block from absence', async () => {
    const { fake, ann, ben, cec } = await four();
    fake.send(ben, 'block', { person: 'ann', on: true });
    fake.venue.drop(cec.presence, false);
    fake.send(ann, 'chat', { to: NEAR, text: 'near', nonce: 'a' });
    fake.send(ann, 'chat', { to: VENUE, text: 'venue', nonce: 'b' });
    fake.send(ann, 'chat', { to: { kind: 'person', id: 'ben' }, text: 'you', nonce: 'c' });
    fake.send(ann, 'chat', { to: { kind: 'person', id: 'cec' }, text: 'you', nonce: 'c' });
    expect(texts(ben)).toEqual([]);
    const undeliverable = { what: 'chat', reason: 'CHAT_UNDELIVERABLE', nonce: 'c' };
    expect(ann.line.of('refused')).toEqual([undeliverable, undeliverable]);
    fake.send(ben, 'chat', { to: VENUE, text: 'back', nonce: 'd' });
    expect(texts(ann)).toEqual(['near', 'venue']);
  });

  it('that is empty, or too long, is refused with its nonce or its reason', async () => {
    const { fake, ann, ben } = await four();
    fake.send(ann, 'chat', { to: VENUE, text: ' \u0000\u200b\n ', nonce: 'n' });
    fake.send(ann, 'chat', { to: VENUE, text: 'x'.repeat(1001), nonce: 'n' });
    expect(ann.line.of('refused')).toEqual([{ what: 'chat', reason: 'CHAT_EMPTY', nonce: 'n' }, { what: 'chat', reason: 'CHAT_TOO_LONG', nonce: 'n' }]);
    expect(texts(ben)).toEqual([]);
    fake.send(ann, 'chat', { to: VENUE, text: 'é'.repeat(1000), nonce: 'n' });
    expect(texts(ben)).toHaveLength(1);
  });

  it('loses control characters and marks that turn its direction, and keeps every script', () => {
    expect(cleanText('a\u0007b\u001b[31mc\r\nd\u202egnp\u2066')).toBe('ab[31mc\ndgnp');
    expect(cleanText('مرحبا 你好 Привет 👩‍🚀')).toBe('مرحبا 你好 Привет 👩‍🚀');
  });

  it('is not kept and not logged', async () => {
    const { fake, ann } = await four();
    fake.send(ann, 'chat', { to: VENUE, text: 'confidential', nonce: 'n' });
    await fake.venue.stop();
    expect(JSON.stringify([fake.services.logged, [...fake.services.store.saved]])).not.toContain('confidential');
  });
});
