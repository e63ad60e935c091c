import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBody } from '../../shared/protocol/body.ts';
import { FakeVenue, bodyFrame, messageFrame, walkFrame } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { ClientMessages, SDP_MAX_LENGTH } from '../../shared/protocol/messages.ts';
import { LEAN } from '../../shared/rules/reach.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';

const run = { seed: 20261121 };

/** What the others can see of a person; must not change by what somebody else sends. */
function seen(guest: Guest): unknown {
  const { footing, yaw, posture, gesture, mic, seat, appearance, body } = guest.person;
  return structuredClone({ footing, yaw, posture, gesture, mic, seat, appearance, body });
}

describe('a message that is not in order', () => {
  it.each([
    ['an unknown name', messageFrame('promote', { role: 'chair' }), { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }],
    ['a name of the object prototype', messageFrame('constructor', {}), { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }],
    ['a wrong shape', messageFrame('sit', { seat: 5 }), { what: 'sit', reason: 'MESSAGE_INVALID' }],
    ['no body', messageFrame('chat', undefined), { what: 'chat', reason: 'MESSAGE_INVALID' }],
    ['bytes that are no MessagePack', Uint8Array.of(13, 0xa3, 0x73, 0x69, 0x74, 0xc1, 0xff), { what: 'sit', reason: 'MESSAGE_INVALID' }],
    ['an array that claims four thousand million entries', Uint8Array.of(13, 0xa3, 0x73, 0x69, 0x74, 0xdd, 0xff, 0xff, 0xff, 0xff), { what: 'sit', reason: 'MESSAGE_INVALID' }],
    ['a message beyond its size', messageFrame('sit', { seat: 'x'.repeat(600) }), { what: 'sit', reason: 'MESSAGE_TOO_LARGE' }],
    ['a walk step that is too short', walkFrame({}).subarray(0, 15), { what: 'walk', reason: 'MESSAGE_INVALID' }],
    ['a walk step to nowhere', walkFrame({ x: Infinity }), { what: 'walk', reason: 'MESSAGE_INVALID' }],
    ['a body that is too short', bodyFrame(emptyBody()).subarray(0, 25), { what: 'body', reason: 'MESSAGE_INVALID' }],
    ['a body that is too long', Uint8Array.of(...bodyFrame(emptyBody()), 0), { what: 'body', reason: 'MESSAGE_INVALID' }],
    ['a body that cannot be', Uint8Array.of(...bodyFrame(emptyBody()).subarray(0, 6), 0, 0, 0, 0, ...bodyFrame(emptyBody()).subarray(10)), { what: 'body', reason: 'MESSAGE_INVALID' }],
    ['a body beyond its size', new Uint8Array(600).fill(17, 0, 1).fill(2, 1, 2), { what: 'body', reason: 'MESSAGE_TOO_LARGE' }],
    ['bytes of another number', Uint8Array.of(17, 3, 0, 0), { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }],
    ['a request of Colyseus', Uint8Array.of(21, 1, 0xa3, 0x73, 0x69, 0x74), { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }],
    ['an input of Colyseus', Uint8Array.of(19, 1, 2, 3), { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }],
    ['nothing', new Uint8Array(0), { what: 'unknown', reason: 'MESSAGE_UNKNOWN' }],
  ])('is refused with a reason: %s', async (_name, frame, refused) => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    const before = [seen(ann), seen(ben)];
    fake.venue.door.receive(ann.presence, frame);
    expect(ann.line.of('refused')).toEqual([refused]);
    expect(ben.line.of('refused')).toEqual([]);
    expect([seen(ann), seen(ben)]).toEqual(before);
    expect(ann.line.closed).toBeNull();
    fake.send(ann, 'sit', { seat: 'seat-0' });
    expect(ann.person.seat).toBe('seat-0');
  });

  it('of any bytes at all never throws, moves nobody else, and ends at most its own connection', async () => {
    const names = fc.constantFrom(...Object.keys(ClientMessages));
    const named = fc.tuple(names, fc.uint8Array({ maxLength: 60 })).map(([name, body]) => Uint8Array.of(...messageFrame(name, undefined), ...body));
    const shaped = fc.tuple(names, fc.object({ maxDepth: 2 })).map(([name, body]) => messageFrame(name, body));
    const steps = fc.tuple(fc.constant(17), fc.constant(1), fc.uint8Array({ minLength: 20, maxLength: 20 })).map(([a, b, body]) => Uint8Array.of(a, b, ...body));
    const bodies = fc.uint8Array({ maxLength: 30 }).map((body) => Uint8Array.of(17, 2, ...body));
    const whole = fc.uint8Array({ minLength: 24, maxLength: 24 }).map((body) => Uint8Array.of(17, 2, ...body));
    const frame = fc.oneof(fc.uint8Array({ maxLength: 200 }), named, shaped, steps, bodies, whole);
    await fc.assert(fc.asyncProperty(fc.array(frame, { maxLength: 60 }), async (frames) => {
      const fake = await FakeVenue.open();
      const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
      const before = seen(ben);
      for (const bytes of frames) fake.venue.door.receive(ann.presence, bytes);
      fake.tick(2);
      const { body } = ann.person;
      if (body !== null) expect(Math.hypot(body.head.x, body.head.z)).toBeLessThanOrEqual(LEAN + 1e-9);
      expect(seen(ben)).toEqual(before);
      expect(ben.line.closed).toBeNull();
    }), { ...run, numRuns: 200 });
  });

  it('may stand in a hostile MessagePack record, and reaches no prototype', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.venue.door.receive(ann.presence, messageFrame('gesture', JSON.parse('{"gesture":"wave","__proto__":{"polluted":true}}')));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('limits', () => {
  it('refuse what comes too often and let through what comes in time', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    for (let i = 0; i < 10; i += 1) fake.send(ann, 'chat', { to: { kind: 'venue' }, text: `${i}`, nonce: `n${i}` });
    expect(ann.line.of('chat')).toHaveLength(6);
    expect(ann.line.of('refused')).toEqual(new Array(4).fill({ what: 'chat', reason: 'RATE_LIMITED' }));
    fake.now += 3000;
    fake.send(ann, 'chat', { to: { kind: 'venue' }, text: 'later', nonce: 'later' });
    expect(ann.line.last('chat').text).toBe('later');
  });

  it('end a flood: that one connection, with FLOOD, and nothing more is taken from it', async () => {
    const fake = await FakeVenue.open();
    const [ann, ben] = [await fake.join('ann'), await fake.join('ben')];
    for (let i = 0; i < 10_000; i += 1) fake.venue.door.receive(ann.presence, messageFrame('sit', { seat: 'seat-0' }));
    expect(ann.line.closed).toEqual({ code: CLOSE_CODES.FLOOD, reason: 'FLOOD' });
    expect(ann.line.of('refused').length).toBeLessThan(50);
    expect(ann.person.presence).toBeNull();
    fake.send(ben, 'gesture', { gesture: 'wave' });
    expect(ben.person.gesture).toBe('wave');
    expect(ben.line.closed).toBeNull();
  });

  it('bear with twenty steps a second for an hour, and with ten seconds of them at once', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    let seq = 0;
    for (let i = 0; i < 72_000; i += 1) {
      fake.now += 50;
      fake.walk(ann, { seq: (seq += 1) & 0xffff, x: ann.person.footing.x, z: ann.person.footing.z });
    }
    fake.now += 10_000;
    for (let i = 0; i < 200; i += 1) fake.walk(ann, { seq: (seq += 1) & 0xffff, x: ann.person.footing.x, z: ann.person.footing.z });
    expect(ann.line.of('refused')).toEqual([]);
    expect(ann.line.closed).toBeNull();
  });

  it('let an SDP offer be large and nothing else', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    fake.send(ann, 'mediaOffer', { sdp: 'v'.repeat(SDP_MAX_LENGTH) });
    await Promise.resolve();
    expect(ann.line.of('refused')).toEqual([]);
    fake.venue.door.receive(ann.presence, messageFrame('appearance', { id: 'v'.repeat(2000) }));
    expect(ann.line.last('refused')).toEqual({ what: 'appearance', reason: 'MESSAGE_TOO_LARGE' });
  });

  it('forgive a client that errs now and then', async () => {
    const fake = await FakeVenue.open();
    const ann = await fake.join('ann');
    for (let i = 0; i < 600; i += 1) {
      fake.now += 2000;
      fake.venue.door.receive(ann.presence, messageFrame('promote', {}));
    }
    expect(ann.line.closed).toBeNull();
  });
});
