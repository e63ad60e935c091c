import type { ClientMessage } from '../../shared/protocol/messages.ts';
import type { Place } from '../../shared/scene/layout.ts';
import { approach } from './approach.ts';
import { askForHeadset } from './headset/door.ts';
import type { VenueActions } from './contracts.ts';
import { changeSettings } from './settings.ts';
import { dismissDue } from './meetings/messages.ts';
import { me, store } from './store.ts';
import { toast } from './toasts.ts';
import type { TalkDeed } from '../../shared/protocol/talks.ts';
import type { MeetingActions } from './meetings/contract.ts';
import { plenaryActions } from './plenary/actions.ts';
import type { TalkActions } from './talks/contract.ts';
import type { TourActions } from './tours/contract.ts';
import type { Venue } from './venue.ts';
import { setVolume, volumeOf } from './volumes.ts';

/** How the page is entered, left and started again; `main.ts` implements it. */
export type Doors = Pick<VenueActions, 'enter' | 'leave' | 'startOver'>;

function place(id: string): Place | undefined {
  return store.scene.peek()?.layout.places.find((each) => each.id === id);
}

function walkToPlace(venue: Venue, id: string): void {
  const target = place(id);
  if (target === undefined) return;
  const [x, y, z] = target.position;
  if (!venue.walker.walkTo({ x, y, z }, target.yaw)) toast('toast.noWay', 'warning');
}

function walkToLink(venue: Venue, id: string): void {
  const link = store.scene.peek()?.layout.links.find((each) => each.id === id);
  if (link === undefined) return;
  const [x, y, z] = link.position;
  // A link looks the way one comes out of it: whoever walks up to it faces the other way.
  if (!venue.walker.walkTo({ x, y, z }, link.yaw + Math.PI)) toast('toast.noWay', 'warning');
}

function turnBack(venue: Venue): void {
  const from = store.journey.peek()?.from;
  if (from !== undefined && from !== '') venue.connection?.send('jump', { kind: 'scene', id: from });
}

function setBlocked(venue: Venue, person: string, on: boolean): void {
  const blocked = new Set(store.blocked.peek());
  if (on) blocked.add(person);
  else blocked.delete(person);
  store.blocked.value = blocked;
  venue.connection?.send('block', { person, on });
}

function deafen(venue: Venue, on: boolean): void {
  store.deafened.value = on;
  venue.connection?.send('deafen', { on });
}

type SightActions = Pick<VenueActions,
  'visit' | 'walkToSight' | 'leaveSight' | 'leavePanorama' | 'zoomPanorama' | 'playPanorama' | 'playGuide' | 'pauseGuide' | 'seekGuide' | 'setGuideSpeed' | 'layTile'>;

/** What there is to see and do in the scene. */
function sightActions(inVenue: (act: (venue: Venue) => void) => void): SightActions {
  return {
    visit: (sight) => inVenue((venue) => venue.sights?.visit(sight)),
    walkToSight: (sight) => inVenue((venue) => venue.sights?.walkTo(sight)),
    leaveSight: () => { store.sight.value = null; },
    leavePanorama: () => inVenue((venue) => venue.sights?.panorama.leave()),
    zoomPanorama: (notches) => inVenue((venue) => venue.world.current?.panorama.zoom(notches)),
    playPanorama: (on) => inVenue((venue) => venue.sights?.panorama.play(on)),
    playGuide: (exhibit) => inVenue((venue) => venue.sights?.guide.play(exhibit)),
    pauseGuide: () => inVenue((venue) => venue.sights?.guide.pause()),
    seekGuide: (seconds) => inVenue((venue) => venue.sights?.guide.seek(seconds)),
    setGuideSpeed: (speed) => inVenue((venue) => venue.sights?.guide.setSpeed(speed)),
    layTile: (activity, cell, tile) => inVenue((venue) => venue.connection?.send('mosaic', { activity, cell, tile })),
  };
}

/** Guided tours. */
function tourActions(inVenue: (act: (venue: Venue) => void) => void): TourActions {
  const say = (message: ClientMessage<'tour'>): void => inVenue((venue) => venue.connection?.send('tour', message));
  return {
    startTour: () => say({ kind: 'start' }),
    endTour: () => inVenue((venue) => venue.touring.part('end')),
    joinTour: (guide) => inVenue((venue) => venue.touring.join(guide)),
    declineTour: (guide) => inVenue((venue) => venue.touring.decline(guide)),
    leaveTour: () => inVenue((venue) => venue.touring.part('leave')),
    followGuide: (on) => inVenue((venue) => venue.touring.follow(on)),
    inviteOnTour: (person) => say({ kind: 'invite', person }),
    inviteAllOnTour: (reach) => say({ kind: 'inviteAll', reach }),
    dismissFromTour: (person) => say({ kind: 'dismiss', person }),
    pointAtSight: (sight) => inVenue((venue) => venue.touring.pointAtSight(sight)),
    stopPointing: () => inVenue((venue) => venue.touring.pointAt(null)),
    setAiming: (on) => { store.aiming.value = on; },
  };
}

/** Private talks. */
function talkActions(inVenue: (act: (venue: Venue) => void) => void): TalkActions {
  const say = (deed: TalkDeed): void => inVenue((venue) => venue.talking.act(deed));
  return {
    inviteToTalk: (people) => say({ kind: 'invite', people: [...people] }),
    uninviteFromTalk: (person) => say({ kind: 'uninvite', person }),
    answerTalk: (talk, answer) => say({ kind: 'answer', talk, answer }),
    knock: (talk) => say({ kind: 'knock', talk }),
    stopKnocking: () => say({ kind: 'unknock' }),
    admitToTalk: (person, on) => say({ kind: 'admit', person, on }),
    leaveTalk: () => say({ kind: 'leave' }),
    lockTalk: (on) => say({ kind: 'lock', on }),
    showTalkNames: (on) => say({ kind: 'names', on }),
    removeFromTalk: (person) => say({ kind: 'remove', person }),
    handOverTalk: (person) => say({ kind: 'handOver', person }),
    raiseTalkHand: (up) => say({ kind: 'hand', up }),
    talkDirectly: (on) => say({ kind: 'direct', on }),
    talkOverRelay: () => say({ kind: 'viaRelay' }),
    speakUnsealed: () => inVenue((venue) => venue.sealing.allowOpen()),
    showScreen: (over) => inVenue((venue) => void venue.screen.start(over)),
    stopScreen: () => inVenue((venue) => venue.screen.stop()),
    openTalkNotes: () => inVenue((venue) => venue.notes.open()),
    whisper: (to) => inVenue((venue) => venue.talking.whispering.to(to)),
    setDoNotDisturb: (on) => inVenue((venue) => venue.talking.setDoNotDisturb(on)),
    showPerson: (id) => { store.person.value = id; },
  };
}

/** Meetings by appointment. What is booked goes over HTTP: see `client/ui/meetings`. */
function meetingActions(inVenue: (act: (venue: Venue) => void) => void): MeetingActions {
  return {
    attend: (booking) => {
      dismissDue(booking);
      inVenue((venue) => venue.connection?.send('attend', { booking }));
    },
    dismissDue,
  };
}

/** What the UI may do, on top of whichever venue is entered now. Outside a venue nothing happens. */
export function makeActions(current: () => Venue | null, doors: Doors): VenueActions {
  const inVenue = (act: (venue: Venue) => void): void => {
    const venue = current();
    if (venue !== null) act(venue);
  };
  return {
    ...doors,
    putOnHeadset: () => { if (current() !== null) askForHeadset(); },
    takeOffHeadset: () => inVenue((venue) => venue.wearing.takeOff()),
    reconnectNow: () => inVenue((venue) => venue.reconnectNow()),
    walkToPlace: (id) => inVenue((venue) => walkToPlace(venue, id)),
    walkToPerson: (id) => inVenue((venue) => approach(venue, id)),
    jumpToPlace: (id) => inVenue((venue) => venue.connection?.send('jump', { kind: 'place', id })),
    jumpToPerson: (id) => inVenue((venue) => venue.connection?.send('jump', { kind: 'person', id })),
    walkToLink: (id) => inVenue((venue) => walkToLink(venue, id)),
    goThrough: (id) => inVenue((venue) => venue.connection?.send('jump', { kind: 'link', id })),
    goToScene: (id) => inVenue((venue) => venue.connection?.send('jump', { kind: 'scene', id })),
    stayHere: () => inVenue((venue) => venue.stayHere()),
    retryJourney: () => inVenue((venue) => venue.retryJourney()),
    turnBack: () => inVenue(turnBack),
    sit: (seat) => inVenue((venue) => venue.connection?.send('sit', { seat })),
    sitNearby: () => inVenue((venue) => {
      const seat = venue.surroundings.freeSeatNearby();
      if (seat === null) toast('toast.noSeat', 'warning');
      else venue.connection?.send('sit', { seat });
    }),
    stand: () => inVenue((venue) => venue.connection?.send('stand', {})),
    gesture: (gesture) => inVenue((venue) => {
      venue.walker.setGesture(gesture);
      store.gesture.value = gesture;
      venue.connection?.send('gesture', { gesture });
    }),
    changeAppearance: (appearance) => inVenue((venue) => {
      venue.appearance = appearance;
      venue.connection?.send('appearance', appearance);
    }),
    setMuted: (muted) => inVenue((venue) => venue.voice.setMuted(muted)),
    addMicrophone: () => inVenue((venue) => void venue.voice.addMicrophone()),
    setDeafened: (on) => inVenue((venue) => deafen(venue, on)),
    setVolume: (id, volume) => {
      setVolume(id, volume);
      inVenue((venue) => venue.voice.mixer.refreshVolumes());
    },
    volumeOf,
    setBlocked: (id, on) => inVenue((venue) => setBlocked(venue, id, on)),
    say: (to, text) => inVenue((venue) => {
      const myself = me.peek();
      if (myself !== null) venue.chat.say(to, text, myself);
    }),
    resend: (key) => inVenue((venue) => venue.chat.resend(key)),
    watchHearers: (on) => inVenue((venue) => venue.connection?.send('watchHearers', { on })),
    ...sightActions(inVenue),
    ...tourActions(inVenue),
    ...talkActions(inVenue),
    ...meetingActions(inVenue),
    ...plenaryActions(inVenue, deafen),
    changeSettings,
  };
}
