/** Puts the parts together on a store and a library of scenes. */
import type { Booking, MeetingRoom } from '../../shared/protocol/bookings.ts';
import type { IdentityService } from '../identity/identity.ts';
import type { Log } from '../log.ts';
import type { MeetingBook } from '../rooms/services.ts';
import type { SceneLibrary } from '../scenes/library.ts';
import type { Store } from '../store/store.ts';
import { Bookings } from './bookings.ts';
import type { Asker } from './bookings.ts';
import { PeopleIndex } from './people.ts';
import { meetingRoomsOf } from './rooms.ts';
import { viewOf } from './views.ts';

const HOUR_MS = 3_600_000;

export interface OpenBookingsOptions {
  readonly store: Pick<Store, 'bookings' | 'people' | 'blocks' | 'event'>;
  readonly library: Pick<SceneLibrary, 'list' | 'folderOf'>;
  readonly identity: Pick<IdentityService, 'onRevoked'>;
  readonly keepDays: number;
  /** IANA time zone of the event. */
  readonly zone: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, 'error' | 'info'>;
}

/** The meetings of the event, as HTTP and rooms use them. */
export interface OpenBookings {
  readonly bookings: Bookings;
  readonly rooms: () => Promise<readonly MeetingRoom[]>;
  readonly people: () => Promise<PeopleIndex>;
  /** Ids of those between whom and the person there is a block, of either side. */
  readonly blocks: (person: string) => Promise<ReadonlySet<string>>;
  readonly zone: string;
  readonly now: () => number;
  /** Ends the housekeeping. */
  readonly stop: () => void;
}

/** Opens the meetings of the event. Rejects with a `StoreError`. */
export async function openBookings({ store, library, identity, keepDays, zone, now, log }: OpenBookingsOptions): Promise<OpenBookings> {
  const rooms = meetingRoomsOf(library);
  const people = async (): Promise<PeopleIndex> => new PeopleIndex(await store.people.list());
  const blocks = async (person: string): Promise<ReadonlySet<string>> => {
    const [blocked, blockers] = await Promise.all([store.blocks.blockedBy(person), store.blocks.blockersOf(person)]);
    return new Set([...blocked.map(({ id }) => id), ...blockers]);
  };
  const bookings = new Bookings({ store: store.bookings, people, blocks, rooms: () => rooms.list(), now, keepDays });
  const failed = (err: unknown): void => log.error({ err }, 'meetings could not be looked after');
  await bookings.removePast();
  await bookings.reload();
  const timer = setInterval(() => void bookings.removePast().catch(failed), HOUR_MS);
  timer.unref();
  const stopFollowing = identity.onRevoked(() => void bookings.reload().catch(failed));
  return {
    bookings, rooms: () => rooms.list(), people, blocks, zone, now,
    stop: () => {
      clearInterval(timer);
      stopFollowing();
    },
  };
}

/** How long a meeting that is over is still listed. */
const LISTED_MS = 12 * HOUR_MS;

/** What somebody is told of their meetings. `hidden`: those whose meetings they are not told of. */
export function listedFor(who: Asker, { bookings, now }: Pick<OpenBookings, 'bookings' | 'now'>, { people, hidden }: { readonly people: PeopleIndex; readonly hidden: (organiser: string) => boolean }): Booking[] {
  const since = now() - LISTED_MS;
  return bookings.concerning(who, hidden).filter(({ end }) => end > since).map((record) => viewOf(record, who, people));
}

/** The names in a list may be this old: after a restart a thousand people come in at once, and the roster is not read for each. */
const NAMES_MS = 2000;

/** The meetings as rooms go by them. */
export function meetingBook(open: OpenBookings): MeetingBook {
  const { bookings, people, now } = open;
  let names: { readonly index: Promise<PeopleIndex>; readonly at: number } | null = null;
  // Somebody who has just come to the roster may be among those invited.
  bookings.onChange(() => { names = null; });
  const recentNames = (): Promise<PeopleIndex> => {
    const at = performance.now();
    if (names === null || at - names.at > NAMES_MS) names = { index: people(), at };
    return names.index;
  };
  return {
    all: () => bookings.all(),
    get: (id) => bookings.get(id),
    onChange: (listener) => bookings.onChange(listener),
    describe: async () => {
      const index = await recentNames();
      return (who, hidden) => listedFor(who, open, { people: index, hidden });
    },
    now,
  };
}
