/** What screen readers are told by themselves. */
import { effect, untracked } from '@preact/signals';
import type { PlenaryState, Speaker } from '../../../shared/protocol/plenary/state.ts';
import { WARNING_SECONDS } from '../../../shared/protocol/plenary/vocabulary.ts';
import { isOfficer } from '../../../shared/rules/plenary/rights.ts';
import { settings } from '../../app/settings.ts';
import { announce } from '../../ui/announcer.tsx';
import { t } from '../../ui/i18n.ts';
import type { Plenary } from '../contract.ts';
import { currentItem, isMicrophoneOpen, openWindows, placesOf } from './selectors.ts';
import { leftMs } from './stage/Clock.tsx';
import { capacityText, channelText, durationText, speakerText } from './texts.ts';

export interface News {
  readonly text: string;
  readonly urgency: 'polite' | 'assertive';
}

const polite = (text: string): News => ({ text, urgency: 'polite' });
const assertive = (text: string): News => ({ text, urgency: 'assertive' });

function floorNews(before: PlenaryState, after: PlenaryState, me: Speaker): News[] {
  const [was, is] = [before.floor.turn, after.floor.turn];
  const open = isMicrophoneOpen(after, me);
  const microphone = isMicrophoneOpen(before, me) === open ? [] : [assertive(t(open ? 'plenary.mic.open' : 'plenary.mic.closed'))];
  if (was?.speaker.person === is?.speaker.person && was?.startedAt === is?.startedAt) return microphone;
  if (is === null) return [...microphone, ...(was === null ? [] : [polite(t('plenary.stage.free'))])];
  if (is.speaker.person === me.person) return [assertive(t('plenary.say.yourFloor')), ...microphone];
  return [...microphone, polite(t('plenary.say.floor', { speaker: speakerText(is.speaker), as: capacityText(is, is.speaker.entity) }))];
}

function listNews(before: PlenaryState, after: PlenaryState, me: Speaker): News[] {
  const news: News[] = [];
  if (before.list.open !== after.list.open) news.push(polite(t(after.list.open ? 'plenary.say.listOpened' : 'plenary.say.listClosed')));
  const [was, is] = [placesOf(before, me.person)[0]?.place, placesOf(after, me.person)[0]?.place];
  if (was === is) return news;
  if (is !== undefined) news.push(polite(t('plenary.say.place', { place: is })));
  else if (after.floor.turn?.speaker.person !== me.person) news.push(polite(t('plenary.say.offList')));
  return news;
}

function motionNews(before: PlenaryState, after: PlenaryState, me: Speaker): News[] {
  const known = new Set(before.motions.map(({ id }) => id));
  return after.motions.filter(({ id }) => !known.has(id)).map(({ kind, speaker }) => {
    const text = t('plenary.say.motion', { motion: t(`plenary.motion.${kind}`), speaker: speakerText(speaker) });
    return isOfficer(after, me) ? assertive(text) : polite(text);
  });
}

function conclusionNews(before: PlenaryState, after: PlenaryState): News[] {
  const known = new Set(openWindows(before).map(({ id }) => id));
  const numbers = (items: readonly string[]): string => items.map((id) => after.items[id]?.number ?? '').join(', ');
  const opened = openWindows(after).filter(({ id }) => !known.has(id)).map(({ items, closesAt, putAt, text }) => assertive(`${t('plenary.say.window', { numbers: numbers(items), time: durationText(closesAt - putAt) })} ${text}`));
  const ended = Object.values(after.conclusions).filter(({ id, status }) => known.has(id) && status !== 'window');
  return [...opened, ...ended.map(({ items, status }) => polite(`${numbers(items)}: ${t(`plenary.conclusion.${status}`)}`))];
}

function meetingNews(before: PlenaryState, after: PlenaryState): News[] {
  const [was, is] = [before.meeting, after.meeting];
  const news: News[] = [];
  if (was.status !== is.status) news.push(assertive(t(`plenary.fact.status.${is.status}`)));
  if (was.closed !== is.closed) news.push(assertive(t(is.closed ? 'plenary.closed.banner' : 'plenary.fact.closedEnded')));
  if ((was.recordingSince === null) !== (is.recordingSince === null)) news.push(assertive(t(is.recordingSince === null ? 'plenary.say.recordingOff' : 'plenary.recording.notice')));
  if (is.presiding !== null && was.presiding?.person !== is.presiding.person) news.push(polite(t('plenary.fact.presiding', { speaker: speakerText(is.presiding) })));
  const item = currentItem(after);
  if (item !== null && before.currentItem !== after.currentItem) news.push(polite(t('plenary.stage.item', { number: item.number, title: item.title })));
  return news;
}

/** What is to be said of a change of the state, in the order in which it is said. */
export function newsOf(before: PlenaryState, after: PlenaryState, me: Speaker): readonly News[] {
  return [...meetingNews(before, after), ...floorNews(before, after, me), ...listNews(before, after, me), ...motionNews(before, after, me), ...conclusionNews(before, after)];
}

function tell({ text, urgency }: News): void {
  if (urgency === 'polite' && settings.peek().announcements === 'none') return;
  announce(text, urgency);
}

/** The warning of the clock, once a turn and step: to the speaker at once, to the others when there is time. */
function watchClock(plenary: Plenary): () => void {
  let warned = '';
  const timer = setInterval(() => {
    const turn = plenary.store.state.peek()?.floor.turn ?? null;
    if (turn === null || turn.runningSince === null) return;
    const left = leftMs(turn, plenary.now());
    if (left > WARNING_SECONDS * 1000) return;
    const step = `${turn.speaker.person} ${turn.startedAt} ${turn.allottedMs} ${left <= 0 ? 'over' : 'soon'}`;
    if (step === warned) return;
    warned = step;
    const mine = turn.speaker.person === plenary.store.me.peek()?.person;
    const text = left <= 0 ? t('plenary.say.timeOver') : t('plenary.clock.left', { time: durationText(Math.ceil(left / 1000) * 1000) });
    tell(mine ? assertive(text) : polite(text));
  }, 1000);
  return () => { clearInterval(timer); };
}

function watchSound(plenary: Plenary): () => void {
  let fell = false;
  let told = 0;
  return effect(() => {
    const { fellBack } = plenary.store.audio.value;
    const alert = plenary.store.alert.value;
    untracked(() => {
      const channel = channelText(plenary.store.listening.peek().channel);
      if (fellBack !== fell) tell(assertive(fellBack ? t('plenary.channel.fellBack', { channel }) : t('plenary.say.channelBack', { channel })));
      if (alert !== null && alert.id !== told) tell(assertive(t(`plenary.alert.${alert.what}`, { channel: channelText(alert.channel) })));
      fell = fellBack;
      told = alert?.id ?? told;
    });
  });
}

/** Follows a session until it is called back. */
export function observe(plenary: Plenary): () => void {
  let before = plenary.store.state.peek();
  const stopState = effect(() => {
    const after = plenary.store.state.value;
    const me = plenary.store.me.value;
    untracked(() => {
      if (before !== null && after !== null && me !== null && before !== after) for (const news of newsOf(before, after, me)) tell(news);
      before = after;
    });
  });
  const ends = [stopState, watchClock(plenary), watchSound(plenary)];
  return () => { for (const end of ends) end(); };
}
