/** Guided tours in a venue without sockets and time: who guides, who comes along, and what they say. */
import type { Role } from '../../shared/protocol/vocabulary.ts';
import { FakeVenue } from './fake-venue.ts';
import type { Guest } from './fake-venue.ts';
import { roomServices, testLayout } from './venue.ts';
import type { RoomServices } from './venue.ts';

const link = { id: 'to-garden', to: 'garden', spawn: null, position: [5, 0, 5] as [number, number, number], yaw: 0, space: 'hall', radius: 1.5 };

function services(): RoomServices {
  return roomServices({
    layout: testLayout({ links: [link] }),
    scenes: { garden: { layout: testLayout({ spawnPoints: [{ id: 'path', position: [20, 0, 20], yaw: 2 }] }) }, square: { layout: testLayout() } },
  });
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export async function go(fake: FakeVenue, guest: Guest, to: Parameters<typeof fake.send<'jump'>>[2]): Promise<void> {
  fake.now += 2000;
  fake.send(guest, 'jump', to);
  await settled();
  fake.tick();
}

/** Says it as somebody would: not faster than the door lets pass. */
export function tour(fake: FakeVenue, guest: Guest, message: Parameters<typeof fake.send<'tour'>>[2]): void {
  fake.now += 1000;
  fake.send(guest, 'tour', message);
}

export function play(guest: Guest, role: Role): void {
  guest.person.identity = { ...guest.person.identity, role };
}

export async function crowd(...ids: string[]): Promise<{ fake: FakeVenue; guests: Guest[] }> {
  const fake = await FakeVenue.open(services());
  const guests: Guest[] = [];
  for (const id of ids) guests.push(await fake.join(id));
  fake.tick();
  return { fake, guests };
}

/** Ann guides; Ben is with her, Cec is not. */
export async function onTour(): Promise<{ fake: FakeVenue; ann: Guest; ben: Guest; cec: Guest }> {
  const { fake, guests } = await crowd('ann', 'ben', 'cec');
  const [ann, ben, cec] = guests as [Guest, Guest, Guest];
  tour(fake, ann, { kind: 'start' });
  tour(fake, ben, { kind: 'join', guide: 'ann' });
  return { fake, ann, ben, cec };
}

export async function speak(fake: FakeVenue, ...guests: Guest[]): Promise<void> {
  for (const guest of guests) {
    fake.send(guest, 'mediaOffer', { sdp: 'slots=4' });
    await settled();
    fake.send(guest, 'mic', { state: 'live', audience: '' });
  }
}

export const refusal = ({ line }: Guest): string => line.last('refused').reason;
