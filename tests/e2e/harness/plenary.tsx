/** A formal session without a server, for pictures and accessibility checks: the rules run in the page. `?as=` says who one is, `?moment=` what is going on. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import type { PlenaryDeed } from '../../../shared/protocol/plenary/deeds.ts';
import { settings } from '../../../client/app/settings.ts';
import { fakePlenary, participant } from '../../../client/plenary/testing.ts';
import type { FakePlenary } from '../../../client/plenary/testing.ts';
import { mountPlenary } from '../../../client/plenary/view/index.tsx';
import { LiveRegions } from '../../../client/ui/announcer.tsx';
import { Toasts } from '../../../client/ui/components/Toasts.tsx';
import { showLanguage } from '../../../client/ui/i18n.ts';
import { followAppearanceSettings } from '../../../client/ui/theme.ts';
import '../../../client/ui/styles/index.css';

const PEOPLE = [
  participant('amina', 'Senegal', { name: 'Amina Diallo', country: 'sn', language: 'fr' }),
  participant('jean', 'Switzerland', { name: 'Jean-Baptiste Müller', country: 'ch', language: 'fr' }),
  participant('khaled', 'United Arab Emirates', { name: 'خالد المنصوري', country: 'ae', language: 'ar' }),
  participant('wang', 'China', { name: '王丽', country: 'cn', language: 'zh' }),
  participant('maria', 'Argentina', { name: 'María Fernanda Rodríguez de la Torre', country: 'ar', language: 'es' }),
  participant('chair', 'Republic of Kazakhstan', { name: 'Светлана Иванова', country: 'kz', role: 'chair', language: 'ru' }),
  participant('sec', 'Secretariat', { name: 'Ingrid Þórsdóttir', entityType: 'secretariat', role: 'secretariat' }),
  participant('tech', 'Secretariat', { name: 'Tāne Wihongi', entityType: 'secretariat', role: 'technician' }),
];

const ITEMS: readonly (readonly [number: string, title: string, group: 'noted' | 'approved' | 'discussed' | 'information'])[] = [
  ['PL-1.1', 'Report on the implementation of the strategic plan', 'noted'], ['PL-1.2', 'Status of arrears and special accounts', 'noted'],
  ['PL-1.3', 'Annual report on human resources', 'approved'], ['PL-1.4', 'Audited accounts and report of the external auditor', 'approved'],
  ['PL-1.5', 'Construction of the new headquarters building', 'discussed'], ['PL-1.6', 'Connecting every school to the Internet', 'discussed'], ['PL-1.7', 'List of candidate documents', 'information'],
];

const raise = (capacity: 'delegation' | 'group' = 'delegation', onBehalfOf = ''): PlenaryDeed => ({ kind: 'raise', capacity, onBehalfOf });

function begin(fake: FakePlenary): void {
  fake.as('chair', { kind: 'preside' });
  for (const [number, title, group] of ITEMS) {
    fake.as('sec', { kind: 'putItem', item: null, number, title, group, minutes: 20, documents: [{ symbol: `C27/${number.slice(-1)}`, title, files: { en: `/documents/${'a'.repeat(64)}.pdf`, fr: `/documents/${'b'.repeat(64)}.pdf` } }] });
  }
  fake.as('sec', { kind: 'settings', title: 'Council 2027, first plenary meeting', activeSeats: 3, speakingSeconds: 180, windowSeconds: 60, quorum: 4, support: 'help@council.example, +41 22 555 01 23', plannedStart: Date.UTC(2027, 5, 9, 10), plannedEnd: Date.UTC(2027, 5, 9, 13) });
}

/** The floor is taken, the list is long, a point of order waits. */
function debate(fake: FakePlenary): void {
  fake.as('chair', { kind: 'status', status: 'open' });
  const item = Object.values(fake.store.state.peek()?.items ?? {}).find(({ number }) => number === 'PL-1.6');
  if (item !== undefined) fake.as('chair', { kind: 'openItem', item: item.id });
  for (const person of ['jean', 'khaled', 'amina', 'wang']) fake.as(person, raise());
  fake.as('maria', raise('group', 'Latin American Group'));
  fake.as('chair', { kind: 'give', entry: fake.store.state.peek()?.list.entries[0]?.id ?? '' });
  fake.as('maria', { kind: 'move', motion: 'pointOfOrder', text: 'The document has not been distributed in Spanish.' });
  fake.store.channels.value = { en: true, fr: true, es: false, ru: true, zh: false, ar: true };
  fake.store.captions.value = { language: 'en', lines: [{ id: 1, language: 'en', text: 'Thank you, Chair. My delegation welcomes the report.', final: true, speaker: 'Jean-Baptiste Müller', at: Date.now() }], live: { id: 2, language: 'en', text: 'We would like to underline that every school', final: false, speaker: 'Jean-Baptiste Müller', at: Date.now() } };
}

const MOMENTS: Readonly<Record<string, (fake: FakePlenary) => void>> = {
  planned: () => undefined,
  debate,
  floor: (fake) => {
    debate(fake);
    fake.as('chair', { kind: 'give', entry: fake.store.state.peek()?.list.entries.find(({ speaker }) => speaker.person === 'amina')?.id ?? '' });
  },
  window: (fake) => {
    debate(fake);
    const item = Object.values(fake.store.state.peek()?.items ?? {})[0];
    fake.as('chair', { kind: 'conclude', items: [item?.id ?? ''], text: 'The Council takes note of the report and thanks the secretariat for its work.', seconds: 60 });
  },
  closed: (fake) => {
    debate(fake);
    fake.as('chair', { kind: 'closedPart', on: true });
  },
};

async function start(): Promise<void> {
  const query = new URLSearchParams(location.search);
  followAppearanceSettings(document.documentElement);
  effect(() => { void showLanguage(settings.value.language); });
  await showLanguage(settings.peek().language);
  const me = query.get('as') ?? 'amina';
  const fake = fakePlenary([...PEOPLE.filter(({ person }) => person === me), ...PEOPLE.filter(({ person }) => person !== me)], newSession({ title: 'Council 2027', kind: 'plenary' }));
  begin(fake);
  (MOMENTS[query.get('moment') ?? 'debate'] ?? debate)(fake);
  const root = document.getElementById('app');
  const around = document.getElementById('around');
  if (root === null || around === null) return;
  render(<><Toasts /><LiveRegions /></>, around);
  mountPlenary(root, fake);
}

void start();
