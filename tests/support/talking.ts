/** Private talks in a venue without sockets and time: who asks whom, and what they are told. */
import type { ServerMessages, ClientMessage } from '../../shared/protocol/messages.ts';
import { FakeVenue } from './fake-venue.ts';
import type { Guest } from './fake-venue.ts';
import { settled } from './touring.ts';
import { roomServices, testLayout } from './venue.ts';

const link = { id: 'to-garden', to: 'garden', spawn: null, position: [5, 0, 5] as [number, number, number], yaw: 0, space: 'hall', radius: 1.5 };

/** People side by side in the hall, a metre apart, with open microphones. */
export function standing(...ids: string[]): Promise<{ fake: FakeVenue; guests: Guest[] }> {
  return standingWith(8, ...ids);
}

/** As {@link standing}, with devices that play so many voices at once. */
export async function standingWith(slots: number, ...ids: string[]): Promise<{ fake: FakeVenue; guests: Guest[] }> {
  const layout = testLayout({ links: [link] });
  const fake = await FakeVenue.open(roomServices({ layout, scenes: { garden: { layout: testLayout({ spawnPoints: [{ id: 'path', position: [20, 0, 20], yaw: 2 }] }) } } }));
  const guests: Guest[] = [];
  for (const id of ids) {
    const guest = await fake.join(id, { slots });
    fake.put(guest, 10 + guests.length, 10);
    fake.send(guest, 'mediaOffer', { sdp: `slots=${slots}` });
    await settled();
    fake.send(guest, 'mic', { state: 'live', audience: '' });
    guests.push(guest);
  }
  fake.tick(8);
  return { fake, guests };
}

/** Says it as somebody would: not faster than the door lets pass. */
export function talk(fake: FakeVenue, guest: Guest, deed: ClientMessage<'talk'>): void {
  fake.now += 1000;
  fake.send(guest, 'talk', deed);
}

/** Asks the others, who accept. @returns the id of the talk */
export function gather(fake: FakeVenue, host: Guest, ...others: Guest[]): string {
  talk(fake, host, { kind: 'invite', people: others.map(({ person }) => person.id) });
  const id = talkOf(host)?.id ?? '';
  for (const other of others) talk(fake, other, { kind: 'answer', talk: id, answer: 'accept' });
  return id;
}

export const talkOf = ({ line }: Guest): ServerMessages['talk']['talk'] => line.last('talk').talk;
export const membersOf = (guest: Guest): string[] => talkOf(guest)?.members.map(({ id }) => id) ?? [];
export const refusal = ({ line }: Guest): string => line.last('refused').reason;
export const hears = (fake: FakeVenue, guest: Guest): string[] => fake.services.relay.heardBy(guest.person.id);
