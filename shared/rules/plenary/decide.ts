/** What becomes of a deed: the one way in which a session's state changes by somebody's will. */
import type { DeedKind, DeedOf, PlenaryDeed } from '../../protocol/plenary/deeds.ts';
import type { Patch, PlenaryState } from '../../protocol/plenary/state.ts';
import type { Reason } from '../../protocol/reasons.ts';
import * as agenda from './agenda.ts';
import { Change } from './change.ts';
import type { Context, Participant } from './change.ts';
import * as conclusions from './conclusions.ts';
import * as floor from './floor.ts';
import * as list from './list.ts';
import * as meeting from './meeting.ts';
import * as motions from './motions.ts';
import * as record from './record.ts';
import * as seats from './seats.ts';

interface Doing<K extends DeedKind> {
  readonly change: Change;
  readonly context: Context;
  readonly actor: Participant;
  readonly deed: DeedOf<K>;
}

type Rules = { readonly [K in DeedKind]: (doing: Doing<K>) => Reason | null };

const RULES: Rules = {
  raise: ({ change, context, actor, deed }) => list.raise(change, context, actor, deed),
  lower: ({ change, actor }) => list.lower(change, actor),
  askReply: ({ change, context, actor, deed }) => list.askReply(change, context, actor, deed),
  yield: ({ change, context, actor }) => floor.yieldFloor(change, context, actor),
  speaks: ({ change, actor, deed }) => floor.speaks(change, actor, deed),
  give: ({ change, context, actor, deed }) => list.give(change, context, actor, deed),
  giveTo: ({ change, context, actor, deed }) => floor.giveTo(change, context, actor, deed),
  take: ({ change, context, actor }) => floor.takeFloor(change, context, actor),
  giveBack: ({ change, context, actor }) => floor.returnFloor(change, context, actor),
  withdraw: ({ change, context, actor }) => floor.withdrawFloor(change, context, actor),
  extend: ({ change, actor, deed }) => floor.extend(change, actor, deed),
  list: ({ change, context, actor, deed }) => list.openList(change, context, actor, deed),
  remove: ({ change, actor, deed }) => list.removeEntry(change, actor, deed),
  place: ({ change, actor, deed }) => list.placeEntry(change, actor, deed),
  muteAll: ({ change, actor, deed }) => floor.muteAll(change, actor, deed),
  mute: ({ change, actor, deed }) => floor.mute(change, actor, deed),
  move: ({ change, context, actor, deed }) => motions.move(change, context, actor, deed),
  hear: ({ change, context, actor, deed }) => motions.hear(change, context, actor, deed),
  settle: ({ change, context, actor, deed }) => motions.settle(change, context, actor, deed),
  preside: ({ change, context, actor }) => meeting.preside(change, context, actor),
  handChair: ({ change, context, actor, deed }) => meeting.handChair(change, context, actor, deed),
  status: ({ change, context, actor, deed }) => meeting.setStatus(change, context, actor, deed),
  closedPart: ({ change, context, actor, deed }) => meeting.closedPart(change, context, actor, deed),
  admit: ({ change, actor, deed }) => meeting.admit(change, actor, deed),
  callQuorum: ({ change, context, actor }) => meeting.callQuorum(change, context, actor),
  settings: ({ change, actor, deed }) => meeting.settings(change, actor, deed),
  chatSwitch: ({ change, actor, deed }) => meeting.chatSwitch(change, actor, deed),
  letShare: ({ change, actor, deed }) => meeting.letShare(change, actor, deed),
  recording: ({ change, context, actor, deed }) => meeting.recording(change, context, actor, deed),
  putBooth: ({ change, actor, deed }) => meeting.putBooth(change, actor, deed),
  dropBooth: ({ change, actor, deed }) => meeting.dropBooth(change, actor, deed),
  giveSeat: ({ change, context, actor, deed }) => seats.giveSeat(change, context, actor, deed),
  takeSeat: ({ change, actor }) => seats.takeSeat(change, actor),
  putItem: ({ change, actor, deed }) => agenda.putItem(change, actor, deed),
  dropItem: ({ change, actor, deed }) => agenda.dropItem(change, actor, deed),
  placeItem: ({ change, actor, deed }) => agenda.placeItem(change, actor, deed),
  openItem: ({ change, context, actor, deed }) => agenda.openItem(change, context, actor, deed),
  endItem: ({ change, context, actor }) => agenda.endItem(change, context, actor),
  moveItem: ({ change, context, actor, deed }) => agenda.moveItem(change, context, actor, deed),
  comment: ({ change, context, actor, deed }) => agenda.comment(change, context, actor, deed),
  contribute: ({ change, context, actor, deed }) => agenda.contribute(change, context, actor, deed),
  retract: ({ change, actor, deed }) => agenda.retract(change, actor, deed),
  ask: ({ change, context, actor, deed }) => agenda.ask(change, context, actor, deed),
  answer: ({ change, actor, deed }) => agenda.answer(change, actor, deed),
  askReturn: ({ change, actor, deed }) => agenda.askReturn(change, actor, deed),
  conclude: ({ change, context, actor, deed }) => conclusions.conclude(change, context, actor, deed),
  object: ({ change, context, actor, deed }) => conclusions.object(change, context, actor, deed),
  postpone: ({ change, context, actor, deed }) => conclusions.postpone(change, context, actor, deed),
  retractConclusion: ({ change, context, actor, deed }) => conclusions.retractConclusion(change, context, actor, deed),
  write: ({ change, context, actor, deed }) => record.write(change, context, actor, deed),
  word: ({ change, actor, deed }) => record.word(change, actor, deed),
  strike: ({ change, actor, deed }) => record.strike(change, actor, deed),
};

/** @returns what changes (null: nothing), or why the deed is refused */
export type Decision = { readonly patch: Patch | null; readonly reason: null } | { readonly patch: null; readonly reason: Reason };

function run<K extends DeedKind>(kind: K, doing: Doing<K>): Reason | null {
  return RULES[kind](doing);
}

/** The state itself is left as it was. */
export function decide(state: PlenaryState, context: Context, actor: Participant, deed: PlenaryDeed): Decision {
  const change = new Change(state);
  const reason = run(deed.kind, { change, context, actor, deed });
  return reason === null ? { patch: change.patch, reason } : { patch: null, reason };
}
