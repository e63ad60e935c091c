import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Hearing } from '../hearing/hearing.ts';
import { audienceOf } from './audience.ts';
import type { Chat } from './chat.ts';
import type { Directory } from './directory.ts';
import type { Handlers } from './door.ts';
import type { Meetings } from './meetings/meetings.ts';
import type { Mosaics } from './mosaics.ts';
import type { Person } from './person.ts';
import type { Placing } from './placing.ts';
import type { Screens } from './talks/screens.ts';
import type { Talks } from './talks/talks.ts';
import type { Whispers } from './talks/whispers.ts';
import type { Tours } from './tours.ts';
import type { Travel } from './travel.ts';
import type { Wardrobe } from './wardrobe.ts';

/** How long a gesture shows, ms. A raised hand stays up until it is put down. */
const GESTURE_MS = { none: 0, raiseHand: Infinity, clap: 4000, wave: 2500, nod: 1500 } as const;

export interface HandlerDeps {
  readonly placing: Placing;
  readonly travel: Travel;
  readonly directory: Directory;
  readonly chat: Chat;
  readonly hearing: Hearing;
  readonly mosaics: Mosaics;
  readonly tours: Tours;
  readonly talks: Talks;
  readonly screens: Screens;
  readonly whispers: Whispers;
  readonly meetings: Meetings;
  readonly wardrobe: Wardrobe;
  readonly block: (person: Person, other: string, on: boolean) => Reason | null;
  readonly tickNumber: () => number;
  readonly clock: () => number;
}

function talkHandlers({ talks, screens, whispers, directory }: HandlerDeps): Pick<Handlers, 'talk' | 'whisper' | 'parcel' | 'screen' | 'screenOffer' | 'doNotDisturb'> {
  return {
    talk: ({ person }, deed) => talks.act(person, deed),
    whisper: ({ person }, { to }) => whispers.whisper(person, to),
    parcel: ({ person }, parcel) => talks.parcel(person, parcel),
    screen: ({ person }, deed) => screens.act(person, deed),
    screenOffer: ({ person }, offer) => screens.offer(person, offer),
    doNotDisturb: ({ person }, { on }) => {
      person.doNotDisturb = on;
      directory.touch(person);
      return null;
    },
  };
}

function placeHandlers({ placing, travel }: HandlerDeps): Pick<Handlers, 'jump' | 'teleport' | 'arrived' | 'sit' | 'stand'> {
  return {
    jump: ({ person }, to) => travel.jump(person, to),
    teleport: ({ person }, { to }) => (person.arrived ? placing.teleport(person, to) : 'NOT_ARRIVED'),
    arrived: ({ person }, message) => {
      travel.arrived(person, message);
      return null;
    },
    sit: ({ person }, { seat }) => (person.arrived ? placing.sit(person, seat) : 'NOT_ARRIVED'),
    stand: ({ person }) => (person.arrived ? placing.stand(person) : 'NOT_ARRIVED'),
  };
}

/** What each message does. Limits and shape have been checked at the door. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const { directory, chat, hearing, mosaics, tours, meetings, wardrobe, block, tickNumber, clock } = deps;
  const switched = (person: Person): null => {
    hearing.switched(person);
    directory.touch(person);
    return null;
  };
  return {
    ...placeHandlers(deps),
    attend: ({ person }, { booking }) => meetings.attend(person, booking),
    tour: ({ person }, message) => tours.act(person, message),
    point: ({ person }, { at }) => tours.point(person, at),
    mosaic: (presence, message) => mosaics.lay(presence, message),
    watchActivity: (presence, message) => mosaics.watch(presence, message),
    gesture: ({ person }, { gesture }) => {
      person.gesture = gesture;
      person.gestureUntil = clock() + GESTURE_MS[gesture];
      person.poseDirty = true;
      return null;
    },
    appearance: ({ person }, appearance) => {
      if (!wardrobe.holds(appearance)) return 'MESSAGE_INVALID';
      person.appearance = appearance;
      person.placeDirty = true;
      directory.touch(person);
      return null;
    },
    ...talkHandlers(deps),
    mic: ({ person }, { state, audience }) => {
      if (state === 'live' && audience !== audienceOf(person)) return 'AUDIENCE_CHANGED';
      person.mic = state;
      return switched(person);
    },
    deafen: ({ person }, { on }) => {
      person.deafened = on;
      return switched(person);
    },
    block: ({ person }, { person: other, on }) => block(person, other, on),
    chat: ({ person }, message) => chat.say(person, message, Date.now()),
    mediaOffer: ({ person }, { sdp }) => hearing.offer(person, sdp),
    mediaLeave: ({ person }) => {
      hearing.hangUp(person);
      return null;
    },
    watchHearers: ({ person }, { on }) => {
      hearing.watch(person, on);
      return null;
    },
    ping: ({ connection }, { at }) => {
      connection.send('pong', { at, tick: tickNumber() });
      return null;
    },
  };
}
