import type { Voice } from '../audio/voice.ts';
import type { MessageHandlers, VenueConnection } from '../net/connection.ts';
import { allPeople, withChanges } from '../net/directory.ts';
import type { People } from '../net/directory.ts';
import type { PoseStream } from '../net/poses.ts';
import type { PredictedWalker } from '../walking/walker.ts';
import type { ChatLog } from './chat-log.ts';
import type { Arrival, JourneyCause } from './journeys.ts';
import { meetingMessages } from './meetings/messages.ts';
import { changeMosaic, showMosaic } from './sights/mosaics.ts';
import { store } from './store.ts';
import { toast } from './toasts.ts';
import type { DirectTalk } from './talks/direct-talk.ts';
import type { TalkScreen } from './talks/screen.ts';
import type { Talking } from './talks/talking.ts';
import type { Touring } from './tours/touring.ts';

/** The parts of a venue that messages act on. */
export interface MessageTargets {
  readonly walker: PredictedWalker;
  readonly poses: PoseStream;
  settle(arrival: Arrival, why: JourneyCause): void;
  welcomed(index: number, arrival: Arrival): void;
  showPeople(): void;
  readonly voice: Voice;
  readonly chat: ChatLog;
  readonly touring: Touring;
  readonly talking: Talking;
  readonly direct: DirectTalk;
  readonly screen: TalkScreen;
  /** Null between two connections. */
  readonly connection: VenueConnection | null;
}

function showPeople(venue: MessageTargets, people: People): void {
  for (const person of people.values()) store.names.set(person.id, person.name);
  store.people.value = people;
  venue.showPeople();
}

function tourMessages(touring: Touring): Pick<MessageHandlers, 'tourInvitation' | 'tourNews' | 'pointed'> {
  return { tourInvitation: (message) => touring.invited(message), tourNews: (message) => touring.news(message), pointed: (message) => touring.aimed(message) };
}

function talkMessages(talking: Talking): Pick<MessageHandlers, 'talk' | 'talkOffers' | 'talkNews' | 'domes' | 'whisper' | 'muted' | 'parcel'> {
  return {
    talk: (message) => talking.talk(message),
    talkOffers: (message) => { store.talkOffers.value = message; },
    talkNews: (message) => talking.news(message),
    domes: (message) => { store.domes.value = message; },
    whisper: (message) => talking.whisper(message),
    muted: (message) => talking.muted(message),
    parcel: (message) => talking.parcels.receive(message),
  };
}

function directMessages(venue: MessageTargets): Pick<MessageHandlers, 'direct' | 'hearers'> {
  return { direct: (message) => venue.direct.told(message), hearers: ({ count, ids }) => venue.direct.hearers({ count, ids }) };
}

function voiceMessages(voice: Voice): Pick<MessageHandlers, 'mediaAnswer' | 'mediaReset' | 'slots'> {
  return {
    mediaAnswer: (message) => voice.link.answer(message.sdp),
    mediaReset: () => voice.link.reset(),
    slots(message) {
      store.slots.value = message.people;
      voice.mixer.setSlots(message.people);
    },
  };
}

function screenMessages({ screen }: MessageTargets): Pick<MessageHandlers, 'screen' | 'screenAnswer' | 'screenReset'> {
  return { screen: (message) => screen.told(message), screenAnswer: (message) => screen.answer(message), screenReset: (message) => screen.reset(message) };
}

/** What the venue does with each message of the server. */
export function venueMessages(venue: MessageTargets): MessageHandlers {
  return {
    welcome(message) {
      store.myId.value = message.id;
      for (const { id, name } of message.blocked) store.names.set(id, name);
      store.blocked.value = new Set(message.blocked.map(({ id }) => id));
      venue.poses.clear();
      venue.welcomed(message.index, message);
      // The room knows nothing of what an earlier connection told it.
      venue.talking.welcomed();
      venue.connection?.send('deafen', { on: store.deafened.peek() });
      if (store.hearers.peek().ids !== null) venue.connection?.send('watchHearers', { on: true });
      venue.voice.link.start();
      store.phase.value = { kind: 'venue' };
      if (message.resumed) toast('toast.resumed');
    },
    people(message) {
      showPeople(venue, allPeople(message));
      venue.touring.snapshot();
    },
    peopleChanged: (message) => showPeople(venue, withChanges(store.people.peek(), message)),
    placed(message) {
      // One that crossed with the word that one is elsewhere.
      if (store.journey.peek()?.stage !== 'files') venue.walker.placed(message);
      if (message.cause === 'jump' || message.cause === 'teleport') venue.touring.strayed();
    },
    scene(message) {
      venue.poses.clear();
      venue.settle(message, message);
      if (message.cause === 'link' || message.cause === 'jump') venue.touring.strayed();
      if (message.cause === 'replaced') toast('toast.scene.replaced');
      if (message.cause === 'withdrawn') toast('toast.scene.withdrawn');
    },
    scenes(message) {
      store.scenes.value = message.scenes;
    },
    sessions: ({ sessions }) => { store.sessions.value = sessions; },
    sponsors(message) {
      store.sponsors.value = message.sponsors;
    },
    refused(message) {
      if (message.what === 'talk' || message.what === 'whisper' || message.what === 'mic') venue.talking.refused(message.what);
      if (message.what === 'screen' || message.what === 'screenOffer') venue.screen.refused(message.what);
      if (message.what === 'chat' && message.nonce !== undefined) venue.chat.refused(message.nonce, message.reason);
      else if (message.what === 'mediaOffer') venue.voice.link.reset();
      else if (message.what !== 'walk' && message.what !== 'body' && message.what !== 'teleport' && message.what !== 'ping' && message.what !== 'screenOffer') toast(`reason.${message.reason}`, 'warning');
    },
    chat: (message) => venue.chat.receive(message, store.myId.peek()),
    ...voiceMessages(venue.voice),
    ...directMessages(venue),
    notice: () => toast('toast.stopping', 'warning'),
    pong: () => undefined,
    ...screenMessages(venue),
    ...tourMessages(venue.touring),
    ...talkMessages(venue.talking),
    ...meetingMessages(),
    mosaic: showMosaic,
    mosaicChanged: (message) => changeMosaic(message, store.myId.peek()),
  };
}
