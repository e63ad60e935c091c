import type { PlenaryDeed } from '../../../../shared/protocol/plenary/deeds.ts';
import { floorIsRunning, isOfficer, mayPreside, presides } from '../../../../shared/rules/plenary/rights.ts';
import { nextEntry } from '../../../plenary/view/selectors.ts';
import { button, choice, heading, toggle } from '../toolkit/controls.ts';
import { column, flow, scroll } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import { ask } from '../state.ts';
import type { Kit } from '../state.ts';
import { motions } from './list.ts';
import type { Mine } from './mine.ts';

/** Speaking times to choose from, seconds. */
const SPEAKING_SECONDS = [60, 120, 180, 300, 600] as const;

/** The chair is empty: nobody has it, or whoever has it has lost the line. */
function isVacant({ state, plenary }: Mine): boolean {
  const { presiding } = state.meeting;
  return presiding === null || plenary.store.attendance.value.people.find(({ id }) => id === presiding.person)?.connected !== true;
}

/** Whether there is anything to be conducted by me. */
export function conducts(mine: Mine): boolean {
  return isOfficer(mine.state, mine.me) || (mayPreside(mine.me) && isVacant(mine));
}

/** What one presses most comes first: whoever is next, and what ends a turn. */
function floorDeeds({ deps: { texts: { t } } }: Kit, { state, me, press }: Mine): readonly Child[] {
  const { floor } = state;
  const next = nextEntry(state);
  const [interrupted] = floor.interrupted;
  const own = floor.turn?.speaker.person === me.person;
  return [
    next !== null && button('giveNext', t('plenary.floor.giveNext', { entity: next.speaker.entity }), () => { press({ kind: 'give', entry: next.id }); }, { icon: 'mic', tone: 'primary', height: 84 }),
    next !== null && state.list.entries.length > 1 && button('pass', t('panels.pass'), () => { press({ kind: 'place', entry: next.id, before: null }); }, { icon: 'next', height: 84 }),
    interrupted !== undefined && button('giveBack', t('plenary.floor.giveBack', { entity: interrupted.speaker.entity }), () => { press({ kind: 'giveBack' }); }, { icon: 'back', height: 84 }),
    presides(state, me) && !own && button('take', t('plenary.floor.take'), () => { press({ kind: 'take' }); }, { icon: 'gavel', height: 84 }),
    own && button('yield', t('plenary.floor.yield'), () => { press({ kind: 'yield' }); }, { icon: 'check', tone: 'primary', height: 84 }),
    floor.turn !== null && button('extend', t('plenary.floor.extend'), () => { press({ kind: 'extend', seconds: 60 }); }, { icon: 'clock', height: 84 }),
    floor.turn !== null && !own && button('withdraw', t('plenary.floor.withdraw'), () => { press({ kind: 'withdraw' }); }, { tone: 'danger', height: 84 }),
  ];
}

type Asked = 'suspend' | 'close';
const ASKED: Readonly<Record<Asked, PlenaryDeed>> = { suspend: { kind: 'status', status: 'suspended' }, close: { kind: 'status', status: 'closed' } };

/** Opening, suspending and closing are the chair's; what everybody feels is asked about. */
function meetingDeeds(kit: Kit, { state, me, press }: Mine): readonly Child[] {
  const { t } = kit.deps.texts;
  const { status } = state.meeting;
  if (!presides(state, me)) return [];
  const asked = (what: Asked) => (): void => {
    ask(kit, { title: t(`plenary.ask.${what}`), text: t(`plenary.ask.${what}.text`), confirm: t(`plenary.ask.${what}.confirm`), danger: what === 'close', act: () => { press(ASKED[what]); } });
  };
  return [
    (status === 'planned' || status === 'suspended') && button('open', t(status === 'planned' ? 'plenary.meeting.open' : 'plenary.meeting.resume'), () => { press({ kind: 'status', status: 'open' }); }, { icon: 'play', tone: 'primary' }),
    status === 'open' && button('suspend', t('plenary.meeting.suspend'), asked('suspend'), { icon: 'pause' }),
    (status === 'open' || status === 'suspended') && button('closeMeeting', t('plenary.meeting.close'), asked('close'), { tone: 'danger' }),
  ];
}

/** The time of every speaker from now on: one of the session's settings, which are sent as a whole. */
function speakingTime({ deps: { texts } }: Kit, { state, press }: Mine): Node {
  const { title, activeSeats, speakingSeconds, windowSeconds, quorum, support, plannedStart, plannedEnd } = state.meeting;
  const format = new Intl.NumberFormat(texts.language.value === 'ar' ? 'ar-u-nu-latn' : texts.language.value, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
  return choice<number>('speaking', texts.t('panels.speakingTime'), speakingSeconds, {
    choices: SPEAKING_SECONDS.map((value) => ({ value, text: format.format(value / 60) })),
    change: (value) => { press({ kind: 'settings', title, activeSeats, speakingSeconds: value, windowSeconds, quorum, support, plannedStart, plannedEnd }); },
  });
}

/** For whoever conducts the session: floor, motions with their ruling, list, microphones, speaking time, the meeting itself. */
export function chairTab(kit: Kit, mine: Mine): Node {
  const { t } = kit.deps.texts;
  const { state, me, press } = mine;
  const officer = isOfficer(state, me);
  const { list, floor, meeting } = state;
  return scroll('chair', [
    mayPreside(me) && isVacant(mine) && !presides(state, me) && button('preside', t('plenary.chair.take'), () => { press({ kind: 'preside' }); }, { icon: 'gavel', tone: 'primary', height: 84 }),
    ...motions(kit, mine),
    officer && floorIsRunning(state) && flow(floorDeeds(kit, mine), { gap: 12, stretch: true }),
    officer && meeting.status === 'open' && toggle('list', t('plenary.list.title'), list.open, { hint: t(list.open ? 'plenary.list.open' : 'plenary.list.closed'), change: (on) => { press({ kind: 'list', open: on }); } }),
    officer && toggle('muteAll', t('plenary.floor.muteAll'), floor.allMuted, { change: (on) => { press({ kind: 'muteAll', on }); } }),
    officer && speakingTime(kit, mine),
    presides(state, me) && column([heading(t('plenary.meeting.deeds')), flow(meetingDeeds(kit, mine), { gap: 12, stretch: true })], { gap: 10 }),
  ], { gap: 16 });
}
