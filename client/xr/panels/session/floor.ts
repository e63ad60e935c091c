import type { Conclusion, Turn } from '../../../../shared/protocol/plenary/state.ts';
import { MOTIONS, WARNING_SECONDS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import { spokenMs } from '../../../../shared/rules/plenary/floor.ts';
import { presides, speaksForState } from '../../../../shared/rules/plenary/rights.ts';
import { isMicrophoneOpen, openWindows, placesOf, plateOf } from '../../../plenary/view/selectors.ts';
import { button, choice, heading, hint, note, RADIUS } from '../toolkit/controls.ts';
import { bar, column, flow, icon, picture, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Tone } from '../toolkit/theme.ts';
import { ask } from '../state.ts';
import type { Kit } from '../state.ts';
import { banners } from './banners.ts';
import type { Mine } from './mine.ts';

/** The server's clock in whole seconds: read here, so that whatever shows a clock is painted anew with every second. */
function nowOf(kit: Kit, { plenary }: Mine): number {
  void kit.state.second.value;
  return plenary.now();
}

/** What is left of a speaking time, in figures and as a bar that empties. */
function clock(kit: Kit, mine: Mine, turn: Turn): Node {
  const { texts } = kit.deps;
  const left = turn.allottedMs - spokenMs(turn, nowOf(kit, mine));
  const over = left < 0;
  const tone: Tone = over ? 'bad' : left <= WARNING_SECONDS * 1000 ? 'warn' : 'good';
  const language = texts.language.value;
  return column([
    text(over ? `+${texts.clock(-left, language)}` : texts.clock(left + 999, language), { size: 'figures', weight: 700, tone, direction: 'ltr', align: 'end' }),
    bar(Math.max(0, left / Math.max(1, turn.allottedMs)), { tone }),
    text(turn.runningSince === null ? texts.t('plenary.clock.paused') : texts.t('plenary.clock.of', { time: texts.clock(turn.allottedMs, language) }), { tone: 'quiet', align: 'end' }),
  ], { gap: 2 });
}

/** Who has the floor, in whose name, and for how long still. */
function floorCard(kit: Kit, mine: Mine): Node {
  const { texts } = kit.deps;
  const { turn } = mine.state.floor;
  const { status } = mine.state.meeting;
  if (turn === null) return column([row([icon('mic', { tone: 'quiet' }), text(texts.t(status === 'open' ? 'plenary.stage.free' : `plenary.stage.${status}`), { size: 'large', weight: 600, grow: 1 })], { gap: 14 })], { padding: [18, 20], radius: RADIUS, fill: 'raised' });
  const { speaker } = turn;
  return column([
    row([speaker.country !== '' && picture(`/flags/${speaker.country}.svg`, { pixels: [64, 48], round: false }), column([text(speaker.entity, { size: 'large', weight: 700, own: true }), text(speaker.name, { own: true }), turn.capacity !== 'delegation' && hint(texts.capacity(turn, speaker.entity))], { gap: 0, grow: 1 }), clock(kit, mine, turn)], { gap: 18 }),
  ], { padding: [16, 20], gap: 8, radius: RADIUS, fill: 'raised', outline: 'good', outlineWidth: 3 });
}

function motionMenu(kit: Kit, { state, me, press }: Mine): readonly Child[] {
  const { t } = kit.deps.texts;
  const pending = new Set(state.motions.filter(({ speaker }) => speaker.entity === me.entity).map(({ kind }) => kind));
  return [
    heading(t('plenary.motions.menu')), hint(t('plenary.motions.precedence')),
    ...MOTIONS.map((kind) => button(`move:${kind}`, pending.has(kind) ? `${t(`plenary.motion.${kind}`)} (${t('plenary.motions.pending')})` : t(`plenary.motion.${kind}`), () => {
      ask(kit, { title: t(`plenary.motion.${kind}`), text: t('plenary.motions.explain'), confirm: t('plenary.motions.raise'), act: () => { press({ kind: 'move', motion: kind, text: '' }); } });
    }, { icon: 'gavel', align: 'start', disabled: pending.has(kind) })),
  ];
}

function speakingLanguage(kit: Kit, { press }: Mine, turn: Turn): Node {
  const { t, languageNames } = kit.deps.texts;
  return choice('speaks', t('plenary.floor.speaking'), turn.language, { columns: 3, choices: LANGUAGES.map((value) => ({ value, text: languageNames[value] })), change: (language) => { press({ kind: 'speaks', language }); } });
}

function plateDeeds(kit: Kit, mine: Mine): readonly Child[] {
  const { t } = kit.deps.texts;
  const { state, me, press } = mine;
  const plate = plateOf(state, me);
  const open = state.meeting.status === 'open';
  if (plate === 'passive') return [button('takeSeat', t('plenary.seats.take'), () => { press({ kind: 'takeSeat' }); }, { icon: 'chair' })];
  if (plate === 'floor') return [button('yield', t('plenary.floor.yield'), () => { press({ kind: 'yield' }); }, { icon: 'check', tone: 'primary', height: 84 })];
  return [
    plate === 'raised'
      ? button('lower', t('plenary.raise.down'), () => { press({ kind: 'lower' }); }, { icon: 'chevron', height: 84 })
      : button('raise', t('plenary.raise.up'), () => { press({ kind: 'raise', capacity: 'delegation', onBehalfOf: '' }); }, { icon: 'plate', tone: 'primary', height: 84, disabled: !open || !state.list.open }),
    open && button('askReply', t('plenary.raise.askReply'), () => { press({ kind: 'askReply', capacity: 'delegation', onBehalfOf: '' }); }, { height: 84 }),
  ];
}

/** My nameplate: what it says, and what can be done with it. Null for those who have none. */
function nameplate(kit: Kit, mine: Mine): Child {
  const { t } = kit.deps.texts;
  const { state, me, plenary } = mine;
  const plate = plateOf(state, me);
  if (plate === 'none') return null;
  const place = placesOf(state, me.person)[0]?.place ?? 1;
  const open = isMicrophoneOpen(state, me);
  const { sending, captured, problem } = plenary.sound.mic.value;
  const microphone = open ? t(sending ? 'plenary.mic.open' : 'plenary.mic.missing') : plate === 'floor' ? t('plenary.mic.muted') : t('plenary.mic.closed');
  const up = plate === 'raised' || plate === 'floor';
  return column([
    row([
      me.country !== '' && picture(`/flags/${me.country}.svg`, { pixels: [64, 48], round: false }),
      column([text(me.entity, { size: 'large', weight: 700, own: true }), text(plate === 'raised' ? t('plenary.plate.place', { place }) : t(`plenary.plate.${plate}`), { weight: 600, tone: up ? 'accent' : 'quiet' })], { gap: 0, grow: 1 }),
      icon('plate', { pixels: 60, tone: up ? 'accent' : 'quiet' }),
    ], { gap: 18 }),
    row([icon(open && sending ? 'mic' : 'micOff', { tone: open && sending ? 'good' : 'quiet' }), text(problem === null ? microphone : `${microphone} ${t(`mic.problem.${problem}.title`)}`, { grow: 1, tone: open && sending ? 'good' : 'quiet' })], { gap: 12 }),
    flow([...plateDeeds(kit, mine), !captured && plate !== 'passive' && button('plenary:mic', t('device.check'), () => { void plenary.sound.addMicrophone(); }, { icon: 'mic', height: 84 })], { gap: 12, stretch: true }),
  ], { padding: [16, 20], gap: 12, radius: RADIUS, fill: 'raised', outline: up ? 'accent' : 'outline', outlineWidth: up ? 4 : 2 });
}

/** A conclusion that is being put: its text, and what one state can do about it. */
function windowCard(kit: Kit, mine: Mine, conclusion: Conclusion): Node {
  const { texts } = kit.deps;
  const { t } = texts;
  const { state, me, press } = mine;
  const numbers = conclusion.items.map((id) => state.items[id]?.number ?? '').join(', ');
  const left = conclusion.closesAt - nowOf(kit, mine);
  const oppose = (kind: 'object' | 'postpone') => (): void => {
    ask(kit, {
      title: t(kind === 'object' ? 'plenary.window.objectTitle' : 'plenary.window.postponeTitle'), text: t('plenary.window.consequence', { entity: me.entity, numbers }),
      confirm: t(kind === 'object' ? 'plenary.window.object' : 'plenary.window.postpone'), danger: true, act: () => { press({ kind, conclusion: conclusion.id, reason: '' }); },
    });
  };
  return column([
    row([text(t('plenary.window.title', { numbers }), { weight: 700, grow: 1 }), text(state.meeting.status === 'open' ? texts.clock(left + 999, texts.language.value) : t('plenary.window.waits'), { weight: 700, tone: 'warn', size: 'large' })], { gap: 16 }),
    text(conclusion.text, { own: true }),
    flow([
      speaksForState(state, me) && button(`object:${conclusion.id}`, t('plenary.window.object'), oppose('object'), { tone: 'danger' }),
      speaksForState(state, me) && button(`postpone:${conclusion.id}`, t('plenary.window.postpone'), oppose('postpone')),
      presides(state, me) && button(`retract:${conclusion.id}`, t('plenary.window.retract'), () => { press({ kind: 'retractConclusion', conclusion: conclusion.id }); }),
    ], { gap: 12 }),
  ], { padding: [16, 20], gap: 12, radius: RADIUS, fill: 'warnSoft', outline: 'warn', outlineWidth: 3 });
}

/** What one needs while one sits in the hall: who speaks, one's own nameplate and microphone, what is being put. */
export function floorTab(kit: Kit, mine: Mine): Node {
  const { t } = kit.deps.texts;
  const { state, me, plenary } = mine;
  const { turn } = state.floor;
  const item = state.currentItem === null ? undefined : state.items[state.currentItem];
  return scroll('floor', [
    ...banners(kit, mine),
    item !== undefined && note('document', t('plenary.stage.item', { number: item.number, title: item.title }), 'quiet'),
    floorCard(kit, mine),
    nameplate(kit, mine),
    ...openWindows(state).map((each) => windowCard(kit, mine, each)),
    turn?.speaker.person === me.person && speakingLanguage(kit, mine, turn),
    ...(speaksForState(state, me) && state.meeting.status === 'open' ? motionMenu(kit, mine) : []),
    plenary.store.attendance.value.inside > 0 && hint(t('plenary.people.inside', { number: plenary.store.attendance.value.inside })),
    flow([button('leaveSession', t('plenary.hall.leave'), () => { kit.deps.venue.plenary.leave(); }, { icon: 'leave', tone: 'danger' })]),
  ], { gap: 16 });
}
