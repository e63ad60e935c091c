/** What can be going on while somebody looks at the panels: each brings the store there, and presses its way to what is to be seen. */
import type { TalkState } from '../../../shared/protocol/talks.ts';
import type { Booking } from '../../../shared/protocol/bookings.ts';
import type { PlenaryDeed } from '../../../shared/protocol/plenary/deeds.ts';
import type { CaptionLine, SessionSummary } from '../../../shared/protocol/plenary/messages.ts';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { store } from '../../../client/app/store.ts';
import { fakePlenary, participant } from '../../../client/plenary/testing.ts';
import type { FakePlenary } from '../../../client/plenary/testing.ts';
import type { Hand } from '../../../client/xr/panels/testing.ts';
import { beInVenue } from './in-venue.ts';

export interface PanelScene {
  readonly name: string;
  readonly show: (hand: Hand) => void;
}

/** In the lounge, among people, in public. */
export function enter(): void {
  beInVenue(['p0', 'p1', 'p3', 'p6']);
  store.talk.value = null;
  store.talkOffers.value = { invitations: [], knocked: '' };
  store.attending.value = null;
  store.sessions.value = [];
  store.link.value = null;
  store.connection.value = { kind: 'online' };
  store.whisper.value = { to: '', from: [] };
  store.due.value = [];
  store.bookings.value = [];
  store.tourInvitations.value = [];
  store.toasts.value = [];
  store.sight.value = null;
  store.sightNearby.value = null;
}

function talk(): void {
  const members = ['me', 'p0', 'p3'];
  store.people.value = new Map([...store.people.peek()].map(([id, person]) => [id, members.includes(id) ? { ...person, talk: 't1' } : person]));
  store.nearby.value = store.nearby.peek().map((near) => ({ ...near, person: store.people.peek().get(near.person.id) ?? near.person }));
  store.talk.value = {
    id: 't1', kind: 'dome', booking: '', host: 'me', named: true, locked: false, members: members.map((id, index) => ({ id, hand: index === 1 ? 1 : 0 })), invited: [{ id: 'p6', answer: 'later' }], knocking: ['p4'],
  } satisfies TalkState;
}

const DELEGATES = [
  participant('amina', 'Senegal', { name: 'Amina Diallo', country: 'sn', language: 'fr' }), participant('jean', 'Switzerland', { name: 'Jean-Baptiste Müller', country: 'ch', language: 'fr' }),
  participant('khaled', 'United Arab Emirates', { name: 'خالد المنصوري', country: 'ae', language: 'ar' }), participant('wang', 'China', { name: '王丽', country: 'cn', language: 'zh' }),
  participant('maria', 'Argentina', { name: 'María Fernanda Rodríguez de la Torre', country: 'ar', language: 'es' }),
  participant('chair', 'Republic of Kazakhstan', { name: 'Светлана Иванова', country: 'kz', role: 'chair', language: 'ru' }), participant('sec', 'Secretariat', { name: 'Ingrid Þórsdóttir', entityType: 'secretariat', role: 'secretariat' }),
];

const raise = (capacity: 'delegation' | 'group' = 'delegation', onBehalfOf = ''): PlenaryDeed => ({ kind: 'raise', capacity, onBehalfOf });

/** In the hall, in the middle of a debate. */
export function session(as: string): FakePlenary {
  const fake = fakePlenary([...DELEGATES.filter(({ person }) => person === as), ...DELEGATES.filter(({ person }) => person !== as)], newSession({ title: 'Council 2027', kind: 'plenary' }));
  Object.assign(fake, { identify: () => Promise.resolve({ token: 'harness' }) });
  fake.as('chair', { kind: 'preside' });
  const file = (letter: string, kind: string): string => `/documents/${letter.repeat(64)}.${kind}`;
  const put = (number: string, title: string, group: 'noted' | 'discussed'): void => {
    fake.as('sec', { kind: 'putItem', item: null, number, title, group, minutes: 20, documents: [{ symbol: `C27/${number.slice(-1)}`, title, files: { en: file('a', 'docx'), fr: file('b', 'docx'), ar: file('c', 'pdf') } }] });
  };
  put('PL-1.1', 'Report on the implementation of the strategic plan', 'noted');
  put('PL-1.6', 'Connecting every school to the Internet', 'discussed');
  fake.as('chair', { kind: 'status', status: 'open' });
  const items = Object.values(fake.store.state.peek()?.items ?? {});
  fake.as('chair', { kind: 'openItem', item: items.find(({ number }) => number === 'PL-1.6')?.id ?? '' });
  for (const person of ['jean', 'khaled', 'amina', 'wang']) fake.as(person, raise());
  fake.as('maria', raise('group', 'Latin American Group'));
  fake.as('chair', { kind: 'give', entry: fake.store.state.peek()?.list.entries[0]?.id ?? '' });
  fake.as('maria', { kind: 'move', motion: 'pointOfOrder', text: 'The document has not been distributed in Spanish.' });
  fake.store.channels.value = { en: true, fr: true, es: false, ru: true, zh: false, ar: true };
  store.attending.value = { plenary: fake, title: 'Council 2027, first plenary meeting', view: 'hall' };
  return fake;
}

const CAPTIONS = {
  en: ['Thank you, Chair. My delegation welcomes the report.', 'We would like to underline that every school, in every country, has a right to be connected by the end of this decade.'],
  zh: ['谢谢主席。我国代表团欢迎这份报告。', '我们希望强调，在这个十年结束之前，每个国家的每一所学校都有权接入互联网，这也是我们在布加勒斯特作出的承诺。'],
  ar: ['شكرًا سيدي الرئيس. يرحب وفد بلادي بهذا التقرير.', 'ونود أن نؤكد أن لكل مدرسة في كل بلد الحق في الاتصال بالإنترنت قبل نهاية هذا العقد (SDG 4).'],
} as const;

export function captions(fake: FakePlenary): void {
  const shown = document.documentElement.lang;
  const language = shown === 'zh' || shown === 'ar' ? shown : 'en';
  const [first, second] = CAPTIONS[language];
  const line = (id: number, text: string, final: boolean): CaptionLine => ({ id, language, text, final, speaker: 'Jean-Baptiste Müller', at: Date.UTC(2027, 5, 9, 10) });
  fake.store.captions.value = { language, lines: [line(1, first, true)], live: line(2, second, false) };
}

function inSession(as: string, tab: string): (hand: Hand) => void {
  return (hand) => {
    const fake = session(as);
    captions(fake);
    if (as === 'amina' && tab === 'floor') fake.as('chair', { kind: 'conclude', items: [Object.keys(fake.store.state.peek()?.items ?? {})[0] ?? ''], text: 'The Council takes note of the report and thanks the secretariat for its work.', seconds: 60 });
    hand.press('wrist', 'page:session');
    hand.press('main', `tab:${tab}`);
  };
}

const page = (name: string) => (hand: Hand): void => { hand.press('wrist', `page:${name}`); };

export const OFFERED: SessionSummary = { id: 'session1', title: 'Council 2027, first plenary meeting', kind: 'plenary', status: 'open' } as SessionSummary;

export const PANEL_SCENES: readonly PanelScene[] = [
  { name: 'wrist', show: () => undefined },
  { name: 'wrist-muted', show: () => { store.mic.value = { state: 'muted', level: 0, problem: null }; } },
  { name: 'wrist-private', show: () => { talk(); } },
  { name: 'people', show: page('people') },
  { name: 'person', show: (hand) => { hand.panels.openPerson('p0'); } },
  { name: 'block', show: (hand) => {
    hand.panels.openPerson('p5');
    hand.press('main', 'block:p5');
  } },
  { name: 'places', show: page('places') },
  { name: 'talk-none', show: (hand) => {
    store.talkOffers.value = { invitations: [{ talk: 't2', by: 'p2', count: 2, later: true }], knocked: '' };
    page('talk')(hand);
    hand.press('main', 'choose:p0');
  } },
  { name: 'talk', show: (hand) => {
    talk();
    page('talk')(hand);
  } },
  { name: 'hearers', show: (hand) => { hand.press('wrist', 'hearers'); } },
  { name: 'chat', show: page('chat') },
  { name: 'chat-typing', show: (hand) => {
    page('chat')(hand);
    hand.press('main', 'write');
  } },
  { name: 'settings', show: page('settings') },
  { name: 'seat', show: (hand) => { hand.panels.openSeat('s1'); } },
  { name: 'sight', show: () => { store.sight.value = { kind: 'exhibit', id: 'bowl' }; } },
  { name: 'sessions', show: (hand) => {
    store.sessions.value = [OFFERED];
    page('session')(hand);
  } },
  { name: 'floor', show: inSession('amina', 'floor') }, { name: 'list', show: inSession('amina', 'list') }, { name: 'sound', show: inSession('amina', 'sound') },
  { name: 'captions', show: inSession('amina', 'captions') }, { name: 'agenda', show: inSession('amina', 'agenda') }, { name: 'chair', show: inSession('chair', 'chair') }, { name: 'chair-list', show: inSession('chair', 'list') },
  { name: 'item', show: (hand) => {
    inSession('chair', 'agenda')(hand);
    hand.press('main', hand.ids('main').find((id) => id.startsWith('item:')) ?? '');
  } },
  { name: 'reading', show: (hand) => {
    inSession('chair', 'agenda')(hand);
    hand.press('main', hand.ids('main').find((id) => id.startsWith('item:')) ?? '');
    hand.press('main', 'read:C27/1:en');
  } },
  { name: 'notice-link', show: () => {
    store.link.value = 'to-marrakesh';
    store.toasts.value = [{ id: Date.now(), key: 'toast.noSeat', tone: 'warning' }];
  } },
  { name: 'notice-invitation', show: () => { store.talkOffers.value = { invitations: [{ talk: 't2', by: 'p2', count: 2, later: false }], knocked: '' }; } },
  { name: 'notice-sight', show: () => { store.sightNearby.value = { kind: 'exhibit', id: 'bowl' }; } },
  { name: 'notice-lost', show: () => { store.connection.value = { kind: 'reconnecting', since: 0, attempt: 3, why: 'server' }; } },
  { name: 'notice-meeting', show: () => {
    store.bookings.value = [{ id: 'b1', subject: 'Drafting group on item 5', room: null, start: Date.now() + 300_000, end: Date.now() + 900_000 } as unknown as Booking];
    store.due.value = [{ booking: 'b1', minutes: 5 }];
  } },
];
