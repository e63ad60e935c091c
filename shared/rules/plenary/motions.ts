/** Points of order and motions: raised by nameplate, in their order of precedence, heard at once and settled by the chair (GR 96-107). */
import type { DeedOf } from '../../protocol/plenary/deeds.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Motion } from '../../protocol/plenary/state.ts';
import type { MotionOutcome } from '../../protocol/plenary/vocabulary.ts';
import { MOTIONS } from '../../protocol/plenary/vocabulary.ts';
import { speakerOf } from './change.ts';
import type { Change, Context, Participant } from './change.ts';
import { endTurn, giveFloor } from './floor.ts';
import { isOfficer, presides, speaksForState } from './rights.ts';

/** What is to be settled first comes first; of one kind, what was raised first. */
export function byPrecedence(a: Motion, b: Motion): number {
  return MOTIONS.indexOf(a.kind) - MOTIONS.indexOf(b.kind) || a.raisedAt - b.raisedAt;
}

function recordMotion(change: Change, context: Context, motion: Motion, outcome: MotionOutcome | null): void {
  change.record({ kind: 'motion', motion: motion.kind, speaker: motion.speaker, text: motion.text, outcome }, context.now, change.state.meeting.closed || motion.closed === true);
}

export function move(change: Change, context: Context, actor: Participant, deed: DeedOf<'move'>): Reason | null {
  const { state } = change;
  if (state.meeting.status !== 'open') return 'SESSION_STATE';
  if (actor.entityType !== 'member-state') return 'NOT_MEMBER_STATE';
  if (!speaksForState(state, actor)) return 'NOT_ACTIVE';
  if (state.motions.some(({ kind, speaker }) => kind === deed.motion && speaker.entity === actor.entity)) return 'MOTION_PENDING';
  const motion: Motion = { id: change.id(), kind: deed.motion, speaker: speakerOf(actor), text: deed.text, raisedAt: context.now, heard: false, closed: state.meeting.closed };
  change.set('motions', [...state.motions, motion].sort(byPrecedence));
  recordMotion(change, context, motion, null);
  return null;
}

/** The mover has the floor; who had it is interrupted. */
export function hear(change: Change, context: Context, actor: Participant, deed: DeedOf<'hear'>): Reason | null {
  const { state } = change;
  if (!isOfficer(state, actor)) return 'NOT_OFFICER';
  if (state.meeting.status !== 'open') return 'SESSION_STATE';
  const motion = state.motions.find(({ id }) => id === deed.motion);
  if (motion === undefined) return 'MOTION_UNKNOWN';
  const mover = context.find(motion.speaker.person);
  if (mover === undefined) return 'PERSON_UNKNOWN';
  change.set('motions', state.motions.map((each) => (each === motion ? { ...each, heard: true } : each)));
  giveFloor(change, context, mover, { cause: 'motion', motion: motion.id, capacity: 'delegation', onBehalfOf: '', interrupts: true });
  return null;
}

export function settle(change: Change, context: Context, actor: Participant, deed: DeedOf<'settle'>): Reason | null {
  const { state } = change;
  const motion = state.motions.find(({ id }) => id === deed.motion);
  if (motion === undefined) return 'MOTION_UNKNOWN';
  const mover = motion.speaker.person === actor.person && deed.outcome === 'withdrawn';
  if (!mover && !presides(state, actor)) return 'NOT_CHAIR';
  change.set('motions', state.motions.filter((each) => each !== motion));
  recordMotion(change, context, motion, deed.outcome);
  if (change.state.floor.turn?.motion === motion.id) endTurn(change, context.now);
  return null;
}
