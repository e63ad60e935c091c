import { effect, untracked } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { formatList } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { hearersText, linkText, sceneName, sceneText, whereText } from '../names.ts';
import { micState, openPanel } from '../state.ts';
import { threadOf } from '../venue/threads.ts';
import { SurroundingsObserver } from './observer.ts';
import type { Happening } from './observer.ts';

/** More names than this are a number. */
const MOST_NAMES = 3;

function namesText(names: readonly string[]): string {
  const some = names.slice(0, MOST_NAMES);
  const others = names.length - some.length;
  return formatList(others === 0 ? some : [...some, t('people.others', { count: others })], shownLanguage.value);
}

function happeningText(happening: Happening): string {
  const values = { names: namesText(happening.names), count: happening.names.length };
  return happening.kind === 'near' ? t('announce.near', values) : t('announce.speaking', values);
}

/** Runs `react` with every new value but the first, outside the tracking of signals. */
function onChange<T>(source: ReadonlySignal<T>, react: (value: T, before: T) => void): () => void {
  let before = source.peek();
  return effect(() => {
    const value = source.value;
    const previous = before;
    before = value;
    if (value !== previous) untracked(() => { react(value, previous); });
  });
}

const mayTellEssentials = (): boolean => settings.value.announcements !== 'none';
const mayTellAll = (): boolean => settings.value.announcements === 'all';

function watchSurroundings(): () => void {
  const observer = new SurroundingsObserver();
  return onChange(store.nearby, (nearby) => {
    for (const happening of observer.observe(performance.now(), nearby)) {
      if (happening.kind === 'near' ? mayTellEssentials() : mayTellAll()) announce(happeningText(happening));
    }
  });
}

function watchMyself(): readonly (() => void)[] {
  return [
    onChange(store.walking, (walking) => {
      if (walking || !mayTellEssentials()) return;
      const { place } = store.where.value;
      announce(t('announce.arrived', { place: place === null ? whereText() : sceneText(place) }));
    }),
    onChange(store.where, (where, before) => {
      if (where.space !== before.space && mayTellEssentials()) announce(t('announce.space', { place: whereText() }));
    }),
    onChange(store.seat, (seat, before) => {
      if ((seat === '') !== (before === '') && mayTellEssentials()) announce(seat === '' ? t('announce.standing') : t('announce.seated'));
    }),
    onChange(micState, (state) => { announce(t(`announce.mic.${state}`)); }),
    onChange(store.hearers, (hearers, before) => {
      if (hearers.count !== before.count && mayTellAll() && micState.value === 'live') announce(hearersText(hearers.count));
    }),
  ];
}

/** Going elsewhere is always told: the page is another afterwards. */
function watchJourneys(): readonly (() => void)[] {
  return [
    onChange(store.link, (link) => {
      if (link !== null && mayTellEssentials()) announce(`${t('scenes.ask', { scene: linkText(link) })} ${t('scenes.askHint')}`);
    }),
    onChange(store.journey, (journey, before) => {
      if (journey === null) announce(t('scenes.arrived', { scene: sceneName(store.here.value) }));
      else if (before === null) announce(t('scenes.travelling', { scene: sceneName(journey.to) }));
    }),
  ];
}

function watchLines(): readonly (() => void)[] {
  return [
    onChange(store.connection, (connection, before) => {
      if (connection.kind === before.kind) return;
      announce(connection.kind === 'online' ? t('announce.online') : t('announce.offline'), 'assertive');
    }),
    onChange(store.media, (media, before) => {
      if (media === 'failed') announce(t('status.soundFailed'), 'assertive');
      else if (media === 'live' && (before === 'reconnecting' || before === 'failed')) announce(t('announce.soundBack'));
    }),
    onChange(store.chat, (entries, before) => {
      const entry = entries.at(-1);
      // The open chat reads its own messages out.
      if (entry === undefined || entry.mine || entry.key === before.at(-1)?.key || openPanel.value === 'chat') return;
      const direct = threadOf(entry) === entry.from;
      if (direct ? mayTellEssentials() : mayTellAll()) announce(t('announce.message', { name: entry.fromName, text: entry.text }));
    }),
  ];
}

/** Starts telling screen readers what happens in the venue. @returns a function that stops it. */
export function startAnnouncements(): () => void {
  const stops = [watchSurroundings(), ...watchMyself(), ...watchJourneys(), ...watchLines()];
  return () => { for (const stop of stops) stop(); };
}
