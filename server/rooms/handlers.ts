import type { ClientMessage, ClientMessageName } from '../../shared/protocol/messages.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Presence } from './person.ts';
import type { Venue } from './venue.ts';

/** Carries out one checked message. @returns why it is refused, or null. */
export type Handler<K extends ClientMessageName> = (venue: Venue, presence: Presence, message: ClientMessage<K>) => Reason | null;

/** How long a gesture shows, ms. A raised hand stays up until it is put down. */
const GESTURE_MS = { none: 0, raiseHand: Infinity, clap: 4000, wave: 2500, nod: 1500 } as const;

/** What each message does. Limits and shape have been checked before. */
export const HANDLERS: { readonly [K in ClientMessageName]: Handler<K> } = {
  jump: (venue, { person }, to) => venue.placing.jump(person, to),
  sit: (venue, { person }, { seat }) => venue.placing.sit(person, seat),
  stand: (venue, { person }) => venue.placing.stand(person),
  gesture: (venue, { person }, { gesture }) => {
    person.gesture = gesture;
    person.gestureUntil = venue.clock() + GESTURE_MS[gesture];
    person.poseDirty = true;
    return null;
  },
  appearance: (venue, { person }, appearance) => {
    person.appearance = appearance;
    person.placeDirty = true;
    venue.directory.touch(person);
    return null;
  },
  mic: (venue, { person }, { state }) => {
    person.mic = state;
    venue.directory.touch(person);
    return null;
  },
  deafen: (venue, { person }, { on }) => {
    person.deafened = on;
    venue.directory.touch(person);
    return null;
  },
  block: (venue, { person }, { person: other, on }) => venue.block(person, other, on),
  chat: (venue, { person }, message) => venue.chat.say(person, message, Date.now()),
  mediaOffer: () => 'MEDIA_UNAVAILABLE',
  mediaLeave: () => null,
  watchHearers: () => null,
  ping: (venue, { connection }, { at }) => {
    connection.send('pong', { at, tick: venue.tickNumber });
    return null;
  },
};
