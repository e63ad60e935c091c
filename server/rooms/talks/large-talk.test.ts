import { describe, expect, it } from 'vitest';
import { TALK_MAX_MEMBERS } from '../../../shared/protocol/vocabulary.ts';
import type { Guest } from '../../../tests/support/fake-venue.ts';
import { gather, hears, standingWith, talk } from '../../../tests/support/talking.ts';
import { PUBLIC_SLOTS } from '../../hearing/hearing.ts';

describe('in a talk of all who fit', () => {
  const ids = Array.from({ length: TALK_MAX_MEMBERS }, (_, i) => `p${i}`);

  it('everybody is heard by all others from the moment they come in, and nobody outside', async () => {
    const { fake, guests } = await standingWith(TALK_MAX_MEMBERS - 1, ...ids, 'out');
    const outsider = guests.at(-1) as Guest;
    const [host, ...others] = guests.slice(0, -1) as [Guest, ...Guest[]];
    expect(hears(fake, host), 'in public').toHaveLength(PUBLIC_SLOTS);
    gather(fake, host, ...others);
    for (const [i, each] of [host, ...others].entries()) {
      expect(hears(fake, each), each.person.id).toEqual(ids.filter((_, other) => other !== i).sort());
    }
    expect(hears(fake, outsider)).toEqual([]);
    fake.tick();
    expect(host.line.last('slots').people).toHaveLength(TALK_MAX_MEMBERS - 1);
    expect(host.line.last('hearers').count).toBe(TALK_MAX_MEMBERS - 1);
  });

  it('whoever leaves hears nothing of it at once, and no more than the others do in public', async () => {
    const { fake, guests } = await standingWith(TALK_MAX_MEMBERS - 1, ...ids, ...Array.from({ length: 10 }, (_, i) => `q${i}`));
    const [host, ...others] = guests.slice(0, TALK_MAX_MEMBERS) as [Guest, ...Guest[]];
    gather(fake, host, ...others);
    talk(fake, host, { kind: 'leave' });
    expect(hears(fake, host)).toEqual([]);
    for (const other of others) expect(hears(fake, other)).not.toContain(host.person.id);
    fake.tick(8);
    expect(hears(fake, host)).toHaveLength(PUBLIC_SLOTS);
    expect(hears(fake, host).filter((id) => ids.includes(id))).toEqual([]);
    expect(host.line.last('slots').people).toHaveLength(PUBLIC_SLOTS);
    for (const other of others) expect(hears(fake, other)).toHaveLength(TALK_MAX_MEMBERS - 2);
  });

  it('phones hear as many as they can, and everybody in turn', async () => {
    const { fake, guests } = await standingWith(4, ...ids);
    const [host, ...others] = guests as [Guest, ...Guest[]];
    gather(fake, host, ...others);
    const heard = new Set<string>();
    for (let second = 0; second < 12; second += 1) {
      fake.services.relay.hear(ids.map((peer, i) => ({ peer, level: 0.4 + i / 20 })));
      fake.tick(20);
      expect(hears(fake, host)).toHaveLength(4);
      for (const id of hears(fake, host)) heard.add(id);
    }
    expect(heard.size).toBe(TALK_MAX_MEMBERS - 1);
  });
});
