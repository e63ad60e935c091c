import { computed, signal } from '@preact/signals';
import type { SessionSummary } from '../../shared/protocol/plenary/messages.ts';
import type { Attending, HallSigns } from './plenary/contract.ts';
import type { PersonInfo } from '../../shared/protocol/people.ts';
import type { Gesture } from '../../shared/protocol/vocabulary.ts';
import { NAMELESS_TALK } from '../../shared/protocol/vocabulary.ts';
import type { ServerMessages } from '../../shared/protocol/messages.ts';
import type { TalkState } from '../../shared/protocol/talks.ts';
import type { Booking } from '../../shared/protocol/bookings.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import type {
  ChatEntry, ConnectionStatus, GuideStatus, Hearers, Journey, MediaStatus, MicInfo, MosaicNews, NearbyPerson, PanoramaStatus, Phase, SceneFiles, ShownLink, Sight,
  Sponsor, Toast, WorldStatus,
} from './contracts.ts';
import type { HeadsetStatus } from './headset/contract.ts';
import type { ClosedRoom } from './meetings/closed-room.ts';
import { settings } from './settings.ts';
import type { Aim, TourStatus } from './tours/contract.ts';

/**
 * The one client store. `net`, `audio`, `walking` and `app` write it, `ui` only reads it.
 * Positions are not here (they change at frame rate): see `PoseBook` and `Walker`.
 */
export const store = {
  phase: signal<Phase>({ kind: 'loading' }),
  session: signal<SessionResponse | null>(null),
  connection: signal<ConnectionStatus>({ kind: 'online' }),
  media: signal<MediaStatus>('off'),
  world: signal<WorldStatus>({ kind: 'none' }),
  scene: signal<SceneFiles | null>(null),
  /** Id of the scene that I am in by the server's word; `scene` follows when it is loaded. */
  here: signal(''),
  /** The scenes that one can go to. */
  scenes: signal<ServerMessages['scenes']['scenes']>([]),
  /** On the way into another scene, or null. */
  journey: signal<Journey | null>(null),
  /** Id of the way out that I stand in front of, or null. */
  link: signal<string | null>(null),
  /** My public id in the room, or empty before the welcome. */
  myId: signal(''),
  /** Everybody in the venue, in whatever scene. */
  people: signal<ReadonlyMap<string, PersonInfo>>(new Map()),
  blocked: signal<ReadonlySet<string>>(new Set()),
  /** Names of everybody met on this page, also of those who have gone or are blocked: the list of the blocked must name them. */
  names: new Map<string, string>(),
  nearby: signal<readonly NearbyPerson[]>([]),
  /** The acoustic space that I am in, and the place nearest to me, by id. */
  where: signal<{ readonly space: string | null; readonly place: string | null }>({ space: null, place: null }),
  /** Seat id, or empty. */
  seat: signal(''),
  /** The gesture that I make now (a raised hand stays up until it is lowered). */
  gesture: signal<Gesture>('none'),
  /** Being on the way somewhere (click to walk, lists). */
  walking: signal(false),
  mic: signal<MicInfo>({ state: 'off', level: 0, problem: null }),
  deafened: signal(false),
  slots: signal<readonly (string | null)[]>([]),
  hearers: signal<Hearers>({ count: 0, ids: null }),
  chat: signal<readonly ChatEntry[]>([]),
  toasts: signal<readonly Toast[]>([]),
  /** What there is to see or do within reach. */
  sightNearby: signal<Sight | null>(null),
  /** What I have opened of it. */
  sight: signal<Sight | null>(null),
  panorama: signal<PanoramaStatus | null>(null),
  guide: signal<GuideStatus | null>(null),
  /** Cells of the mosaics of the scene, by activity; -1 where there is no tile. */
  mosaics: signal<ReadonlyMap<string, readonly number[]>>(new Map()),
  /** The last tile that somebody else laid or took up (-1). */
  mosaicNews: signal<MosaicNews | null>(null),
  /** Ids of the guides who have asked me to come along, the latest last. */
  tourInvitations: signal<readonly string[]>([]),
  /** I go where the guide of my tour goes. */
  following: signal(false),
  aim: signal<Aim | null>(null),
  /** Clicks in the view point at things for those whom I guide. */
  aiming: signal(false),
  sponsors: signal<readonly Sponsor[]>([]),
  /** The formal sessions of the event. */
  sessions: signal<readonly SessionSummary[]>([]),
  /** Those that I was offered and do not want to go to now, by id. */
  declinedSessions: signal<ReadonlySet<string>>(new Set()),
  /** The one that I am in. */
  attending: signal<Attending | null>(null),
  hallSigns: signal<HallSigns | null>(null),
  headset: signal<HeadsetStatus>({ kind: 'none' }),
  /** The private talk that I am in, or null. */
  talk: signal<TalkState | null>(null),
  talkOffers: signal<ServerMessages['talkOffers']>({ invitations: [], knocked: '' }),
  /** The talks that go on in a scene. */
  domes: signal<ServerMessages['domes']>({ scene: '', domes: [] }),
  whisper: signal<ServerMessages['whisper']>({ to: '', from: [] }),
  doNotDisturb: signal(false),
  /** My meetings, by start. */
  bookings: signal<readonly Booking[]>([]),
  /** Meetings of mine that are about to begin, the latest news last. */
  due: signal<readonly ServerMessages['bookingDue'][]>([]),
  /** Where I may not enter now. */
  closedSpaces: signal<ServerMessages['closedSpaces']>({ scene: '', spaces: [] }),
  /** Id of the person whose card is shown, or null. */
  person: signal<string | null>(null),
};

/** Me, as others see me. */
export const me = computed<PersonInfo | null>(() => store.people.value.get(store.myId.value) ?? null);

/** For whom my microphone is open, as the server has it: see `audience` in `shared/protocol/talks.ts`. */
export const audience = computed(() => {
  const { to } = store.whisper.value;
  if (to !== '') return `whisper:${to}`;
  const talk = store.talk.value;
  return talk === null ? '' : `talk:${talk.id}`;
});

/** Id of my private talk, or empty. */
export const myTalk = computed(() => store.talk.value?.id ?? '');

/** The talks of the scene that I see. */
export const domesHere = computed(() => (store.domes.value.scene === store.scene.value?.id ? store.domes.value.domes : []));

/** The rooms of the scene that I see and may not enter now. */
export const closedRooms = computed<readonly ClosedRoom[]>(() => {
  const { scene, spaces } = store.closedSpaces.value;
  const layout = store.scene.value?.id === scene ? store.scene.value.layout : null;
  return (layout?.spaces ?? []).filter(({ id }) => spaces.includes(id)).map(({ id, outline, bottom }) => {
    // Rooms reach below their floors, which are where one stands and sits.
    const spot = [...(layout?.places ?? []), ...(layout?.seats ?? [])].find(({ space }) => space === id);
    return { outline, floor: spot?.position[1] ?? bottom };
  });
});

/** The tour that I am on, or null. */
export const tour = computed<TourStatus | null>(() => {
  const guide = me.value?.guide ?? '';
  if (guide === '') return null;
  return { guide, mine: guide === store.myId.value, members: [...store.people.value.values()].filter((person) => person.guide === guide && person.id !== guide) };
});

/** Those in the scene that I am in whom I may see, me included: not who is in a talk that shows nobody, unless it is mine. */
export const peopleHere = computed<ReadonlyMap<string, PersonInfo>>(() => {
  const here = store.here.value;
  const mine = store.myId.value;
  const members = new Set(store.talk.value?.members.map(({ id }) => id));
  return new Map([...store.people.value].filter(([id, person]) => (person.scene === here && (person.talk !== NAMELESS_TALK || members.has(id))) || id === mine));
});

/** The ways out of the scene that lead somewhere now, with what is there in the shown language. */
export const openLinks = computed<readonly ShownLink[]>(() => {
  const { language } = settings.value;
  return (store.scene.value?.layout.links ?? []).flatMap((link) => {
    const to = store.scenes.value.find(({ id }) => id === link.to);
    return to === undefined ? [] : [{ ...link, name: to.names[language] }];
  });
});
