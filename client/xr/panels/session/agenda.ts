import type { AgendaItem, DocumentRef, Submission } from '../../../../shared/protocol/plenary/state.ts';
import { ITEM_GROUPS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { agenda } from '../../../../shared/rules/plenary/agenda.ts';
import { isActive, isOfficer } from '../../../../shared/rules/plenary/rights.ts';
import { button, heading, hint, RADIUS, tag } from '../toolkit/controls.ts';
import { column, flow, icon, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';
import { named } from './list.ts';
import type { Mine } from './mine.ts';

const TONES = { pending: 'quiet', open: 'accent', discussed: 'quiet', concluded: 'good', deferred: 'warn' } as const;

function itemRow(kit: Kit, { state }: Mine, item: AgendaItem): Node {
  const { t } = kit.deps.texts;
  const current = state.currentItem === item.id;
  return column([
    row([text(item.number, { weight: 700, tone: 'accent' }), text(item.title, { weight: 600, own: true, grow: 1 })], { gap: 16 }),
    flow([
      tag(t(`plenary.itemStatus.${item.status}`), { tone: TONES[item.status] }), item.closed && tag(t('plenary.closed.mark'), { icon: 'lock', tone: 'private' }),
      item.documents.length > 0 && tag(kit.deps.texts.number(item.documents.length, kit.deps.texts.language.value), { icon: 'document' }),
    ], { gap: 10 }),
  ], { padding: [14, 18], gap: 8, radius: RADIUS, fill: 'raised', outline: current ? 'accent' : undefined, outlineWidth: 4, press: { id: `item:${item.id}`, run: () => { kit.state.item.value = item.id; } } });
}

/** Versions of a document that there are, the reader's own language first. */
function versions({ files }: DocumentRef, first: Language): readonly { readonly language: Language; readonly file: string }[] {
  return [first, ...LANGUAGES.filter((language) => language !== first)].flatMap((language) => {
    const file = files[language];
    return file === undefined ? [] : [{ language, file }];
  });
}

function read({ deps: { venue }, state }: Kit, { plenary }: Mine, title: string, file: string): void {
  const opened = { title, paragraphs: null };
  state.reading.value = opened;
  // Whoever has gone back, or on to another one, is not brought here again.
  const show = (paragraphs: readonly string[]): void => { if (state.reading.peek() === opened) state.reading.value = { title, paragraphs }; };
  venue.plenary.readDocument(plenary, file).then(show, () => { show([]); });
}

function documentRow(kit: Kit, mine: Mine, document: DocumentRef): Node {
  const { texts } = kit.deps;
  return column([
    row([icon('document', { tone: 'accent' }), text(document.symbol, { weight: 700 }), text(document.title, { own: true, grow: 1 })], { gap: 14 }),
    flow(versions(document, texts.language.value).map(({ language, file }) => {
      const kind = file.slice(file.lastIndexOf('.') + 1);
      return button(`read:${document.symbol}:${language}`, texts.t('plenary.documents.version', { kind: kind.toUpperCase(), language: texts.languageNames[language] }), () => { read(kit, mine, `${document.symbol} ${document.title}`, file); }, { disabled: !kit.deps.venue.plenary.isReadable(file) });
    }), { gap: 10 }),
    !Object.values(document.files).some(kit.deps.venue.plenary.isReadable) && hint(texts.t('panels.onlyPdf')),
  ], { padding: [14, 18], gap: 10, radius: RADIUS, fill: 'raised' });
}

function submissions(kit: Kit, title: string, all: readonly Submission[]): readonly Child[] {
  if (all.length === 0) return [];
  return [heading(title), ...all.map((each) => column([named(kit, { speaker: each.speaker, capacity: 'delegation', onBehalfOf: '' }), text(each.text, { own: true })], { padding: [14, 18], gap: 8, radius: RADIUS, fill: 'raised' }))];
}

function itemPage(kit: Kit, mine: Mine, item: AgendaItem): Node {
  const { t } = kit.deps.texts;
  const { state, me, press } = mine;
  const officer = isOfficer(state, me) && state.meeting.status === 'open';
  const current = state.currentItem === item.id;
  const missed = isActive(state, me) && item.status !== 'pending' && item.status !== 'open' && !item.returns.includes(me.entity);
  const questions = Object.values(state.questions).filter((each) => each.item === item.id);
  return column([
    row([text(item.number, { size: 'large', weight: 700, tone: 'accent' }), text(item.title, { size: 'large', weight: 700, own: true, grow: 1 })], { gap: 16 }),
    scroll(`item:${item.id}`, [
      flow([
        officer && !current && button('openItem', t('plenary.item.open'), () => { press({ kind: 'openItem', item: item.id }); }, { tone: 'primary' }), officer && current && button('endItem', t('plenary.item.end'), () => { press({ kind: 'endItem' }); }),
        missed && button('askReturn', t('plenary.item.askReturn'), () => { press({ kind: 'askReturn', item: item.id }); }, { icon: 'back' }),
      ], { gap: 12 }),
      item.documents.length > 0 && heading(t('plenary.documents.title')), ...item.documents.map((each) => documentRow(kit, mine, each)),
      ...submissions(kit, t('plenary.submissions.comments'), item.comments), ...submissions(kit, t('plenary.submissions.contributions'), item.contributions),
      questions.length > 0 && heading(t('plenary.questions.title')),
      ...questions.map((each) => column([named(kit, { speaker: each.speaker, capacity: 'delegation', onBehalfOf: '' }), text(each.text, { own: true }), each.answer !== '' && text(each.answer, { own: true, tone: 'good' })], { padding: [14, 18], gap: 8, radius: RADIUS, fill: 'raised' })),
    ]),
    flow([button('item:back', t('panels.back'), () => { kit.state.item.value = null; }, { icon: 'back' })]),
  ], { gap: 16, grow: 1 });
}

function conclusions(kit: Kit, { state }: Mine): readonly Child[] {
  const { texts } = kit.deps;
  const all = Object.values(state.conclusions).sort((a, b) => b.putAt - a.putAt);
  if (all.length === 0) return [];
  const tones = { window: 'accent', standing: 'good', objected: 'bad', postponed: 'warn', withdrawn: 'quiet' } as const;
  return [heading(texts.t('plenary.conclusion.title')), ...all.map((each) => column([
    row([text(each.items.map((id) => state.items[id]?.number ?? '').join(', '), { weight: 700, tone: 'accent', grow: 1 })]), flow([tag(texts.t(`plenary.conclusion.${each.status}`), { tone: tones[each.status] })]), text(each.text, { own: true }),
    each.by !== null && hint(texts.t('plenary.conclusion.by', { speaker: texts.speaker(each.by) })),
  ], { padding: [14, 18], gap: 8, radius: RADIUS, fill: 'raised' }))];
}

/** The agenda by its groups, each item with its documents to be read, and what was concluded. */
export function agendaTab(kit: Kit, mine: Mine): Node {
  const { t } = kit.deps.texts;
  const items = agenda(mine.state);
  const open = items.find(({ id }) => id === kit.state.item.value);
  if (open !== undefined) return itemPage(kit, mine, open);
  return scroll('agenda', [
    items.length === 0 && hint(t('plenary.item.none')),
    ...ITEM_GROUPS.flatMap((group) => {
      const members = items.filter((item) => item.group === group);
      return members.length === 0 ? [] : [heading(t(`plenary.group.${group}`)), ...members.map((item) => itemRow(kit, mine, item))];
    }),
    ...conclusions(kit, mine),
  ]);
}
