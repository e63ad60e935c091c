import type { ListEntry, Motion, Turn } from '../../../../shared/protocol/plenary/state.ts';
import { isOfficer, presides } from '../../../../shared/rules/plenary/rights.ts';
import { button, heading, hint, iconButton, RADIUS, tag } from '../toolkit/controls.ts';
import { column, flow, picture, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';
import type { Mine } from './mine.ts';

/** Delegation, person, and in whose name they speak. */
export function named(kit: Kit, as: Pick<ListEntry, 'speaker' | 'capacity' | 'onBehalfOf'>): Node {
  const { speaker } = as;
  return row([
    speaker.country !== '' && picture(`/flags/${speaker.country}.svg`, { pixels: [48, 36], round: false }),
    column([text(speaker.entity, { weight: 600, own: true }), text(speaker.name, { tone: 'quiet', own: true }), as.capacity !== 'delegation' && hint(kit.deps.texts.capacity(as, speaker.entity))], { gap: 0, grow: 1 }),
  ], { gap: 14, grow: 1 });
}

/** What chair and secretariat do with somebody on the list. */
function entryDeeds({ deps: { texts: { t } } }: Kit, { state, press }: Mine, index: number): Child {
  const { entries } = state.list;
  const entry = entries[index];
  if (entry === undefined) return null;
  const { id } = entry;
  return flow([
    button(`give:${id}`, t('plenary.floor.give'), () => { press({ kind: 'give', entry: id }); }, { icon: 'mic', tone: index === 0 ? 'primary' : 'plain' }),
    iconButton(`up:${id}`, 'up', () => { press({ kind: 'place', entry: id, before: entries[index - 1]?.id ?? null }); }, { disabled: index === 0 }),
    iconButton(`down:${id}`, 'chevron', () => { press({ kind: 'place', entry: id, before: entries[index + 2]?.id ?? null }); }, { disabled: index === entries.length - 1 }),
    iconButton(`off:${id}`, 'close', () => { press({ kind: 'remove', entry: id }); }, { tone: 'danger' }),
  ], { gap: 10 });
}

function entryRow(kit: Kit, mine: Mine, index: number): Child {
  const { t } = kit.deps.texts;
  const entry = mine.state.list.entries[index];
  if (entry === undefined) return null;
  const own = entry.speaker.person === mine.me.person;
  return column([
    row([
      text(String(index + 1), { size: 'large', weight: 700, tone: own ? 'accent' : 'quiet', align: 'middle', width: 56 }),
      named(kit, entry),
      entry.kind === 'reply' && tag(t('plenary.raise.reply'), { tone: 'accent' }), own && tag(t('plenary.list.you'), { tone: 'good', icon: 'check' }),
    ], { gap: 14 }),
    isOfficer(mine.state, mine.me) && entryDeeds(kit, mine, index),
  ], { padding: [14, 18], gap: 10, radius: RADIUS, fill: 'raised', outline: own ? 'accent' : undefined, outlineWidth: 4 });
}

function interruptedRow(kit: Kit, turn: Turn): Node {
  const { texts } = kit.deps;
  return row([named(kit, turn), hint(texts.t('plenary.list.left', { time: texts.clock(turn.allottedMs - turn.usedMs, texts.language.value) }))], { padding: [14, 18], gap: 14, radius: RADIUS, fill: 'raised' });
}

/** A motion that waits, with what the chair, the secretariat and its mover can do about it. */
export function motionRow(kit: Kit, { state, me, press }: Mine, motion: Motion): Node {
  const { t } = kit.deps.texts;
  const { id, heard, kind, speaker } = motion;
  const settle = (outcome: 'upheld' | 'rejected' | 'withdrawn') => (): void => { press({ kind: 'settle', motion: id, outcome }); };
  const deeds = [
    isOfficer(state, me) && !heard && button(`hear:${id}`, t('plenary.motions.hear'), () => { press({ kind: 'hear', motion: id }); }, { icon: 'mic', tone: 'primary' }),
    presides(state, me) && button(`uphold:${id}`, t('plenary.motions.uphold'), settle('upheld')), presides(state, me) && button(`reject:${id}`, t('plenary.motions.reject'), settle('rejected')),
    speaker.person === me.person && button(`withdrawn:${id}`, t('plenary.motions.withdraw'), settle('withdrawn')),
  ];
  return column([
    row([text(t(`plenary.motion.${kind}`), { weight: 700, tone: 'accent', grow: 1 }), heard && tag(t('plenary.motions.heard'), { tone: 'good', icon: 'check' })], { gap: 12 }),
    named(kit, { speaker, capacity: 'delegation', onBehalfOf: '' }),
    motion.text !== '' && text(motion.text, { own: true }),
    deeds.some(Boolean) && flow(deeds, { gap: 10 }),
  ], { padding: [14, 18], gap: 10, radius: RADIUS, fill: 'accentSoft', outline: 'accent' });
}

export function motions(kit: Kit, mine: Mine): readonly Child[] {
  if (mine.state.motions.length === 0) return [];
  return [heading(kit.deps.texts.t('plenary.motions.title')), ...mine.state.motions.map((each) => motionRow(kit, mine, each))];
}

/** Motions first, as they go before everything; whoever waits to go on; then the list. */
export function listTab(kit: Kit, mine: Mine): Node {
  const { t } = kit.deps.texts;
  const { list, floor } = mine.state;
  return scroll('speakers', [
    ...motions(kit, mine),
    floor.interrupted.length > 0 && heading(t('plenary.list.interrupted')), ...floor.interrupted.map((turn) => interruptedRow(kit, turn)),
    heading(t('plenary.list.title'), tag(t(list.open ? 'plenary.list.open' : 'plenary.list.closed'), { icon: list.open ? 'check' : 'lock', tone: list.open ? 'good' : 'warn' })),
    list.entries.length === 0 && hint(t('plenary.list.empty')),
    ...list.entries.map((_, index) => entryRow(kit, mine, index)),
  ]);
}
