import { isPrivate } from './audience.ts';
import { chatPage } from './pages/chat.ts';
import { hearersPage } from './pages/hearers.ts';
import { peoplePage, personPage } from './pages/people.ts';
import { placesPage } from './pages/places.ts';
import { readingPage } from './pages/reading.ts';
import { seatPage } from './pages/seat.ts';
import { settingsPage } from './pages/settings.ts';
import { sightPage } from './pages/sight.ts';
import { talkPage } from './pages/talk.ts';
import { sessionPage } from './session/session.ts';
import { button, iconButton } from './toolkit/controls.ts';
import { column, flow, row, scroll, text } from './toolkit/nodes.ts';
import type { Node } from './toolkit/nodes.ts';
import { closeMain, openPage } from './state.ts';
import type { Kit, PageName, Question } from './state.ts';

const PAGES: Readonly<Record<PageName, (kit: Kit) => Node>> = {
  people: peoplePage, person: personPage, places: placesPage, talk: talkPage, hearers: hearersPage, chat: chatPage, session: sessionPage, settings: settingsPage, seat: seatPage, sight: sightPage,
};

function titleOf({ deps: { texts, venue: { store } } }: Kit, page: PageName): string {
  const { t } = texts;
  switch (page) {
    case 'people': return store.nearby.value.length === 0 ? t('people.title') : t('people.panelTitle', { count: store.nearby.value.length });
    case 'person': return t('people.title');
    case 'places': return t('places.title');
    case 'talk': return t('talk.title');
    case 'hearers': return t('hearers.title');
    case 'chat': return t('chat.title');
    case 'session': return store.attending.value?.title ?? t('plenary.title');
    case 'settings': return t('settings.title');
    case 'seat': return t('panels.seat');
    case 'sight': return store.sight.value === null ? '' : texts.sight(store.sight.value);
  }
}

const RAIL: readonly (readonly [page: PageName, icon: string])[] = [
  ['people', 'people'], ['places', 'pin'], ['talk', 'lock'], ['hearers', 'ear'], ['chat', 'chat'], ['session', 'gavel'], ['settings', 'sliders'],
];

/** The way between pages: the signs of the wrist menu, where their names stand beside them. */
function rail(kit: Kit, shown: PageName): Node {
  const current = shown === 'person' ? 'people' : shown;
  return column(RAIL.map(([page, sign]) => iconButton(`rail:${page}`, sign, () => { openPage(kit, page); }, { size: 84, tone: page === current ? 'primary' : 'plain' })), { gap: 12, width: 84 });
}

function questionPage(kit: Kit, question: Question): Node {
  const { t } = kit.deps.texts;
  const close = (): void => { kit.state.question.value = null; };
  return column([
    text(question.title, { size: 'title', weight: 700 }),
    scroll('question', [text(question.text)]),
    flow([
      button('question:cancel', t('common.cancel'), close),
      button('question:confirm', question.confirm, () => {
        close();
        question.act();
      }, { tone: question.danger ? 'danger' : 'primary' }),
    ], { gap: 14, justify: 'end' }),
  ], { gap: 22, grow: 1 });
}

function body(kit: Kit, page: PageName): Node {
  const { question, reading } = kit.state;
  if (question.value !== null) return questionPage(kit, question.value);
  if (reading.value !== null) return readingPage(kit, reading.value);
  return PAGES[page](kit);
}

/** The panel before one: a rail of pages, the title, the page. */
export function mainPanel(kit: Kit): Node {
  const page = kit.state.page.value ?? 'people';
  const hidden = isPrivate(kit);
  return row([
    rail(kit, page),
    column([
      row([text(titleOf(kit, page), { size: 'title', weight: 700, grow: 1, own: page === 'session' }), iconButton('close', 'close', () => { closeMain(kit); })], { gap: 16 }),
      body(kit, page),
    ], { gap: 18, grow: 1 }),
  ], { padding: [26, 26], gap: 26, radius: 36, fill: 'surface', outline: hidden ? 'private' : 'outline', outlineWidth: hidden ? 8 : 2, stretch: true });
}
