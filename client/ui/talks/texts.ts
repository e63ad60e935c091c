import type { Dome, TalkState } from '../../../shared/protocol/talks.ts';
import { store } from '../../app/store.ts';
import { formatList, isolate } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { personName } from '../names.ts';

/** More names than these are too long for a line. */
const MOST_NAMES = 4;

export function namesOf(ids: readonly string[]): string {
  const names = ids.slice(0, MOST_NAMES).map((id) => isolate(personName(id), shownLanguage.value));
  const rest = ids.length - names.length;
  return formatList(rest === 0 ? names : [...names, t('people.others', { count: rest })], shownLanguage.value);
}

/** With whom I talk in private. */
export function talkTitle({ members, booking }: TalkState): string {
  const meeting = store.bookings.value.find(({ id }) => id === booking);
  if (meeting !== undefined) return t('meetings.inside', { subject: meeting.subject });
  const others = members.map(({ id }) => id).filter((id) => id !== store.myId.value);
  return others.length === 0 ? t('talk.waitingAlone') : t('talk.with', { names: namesOf(others) });
}

/** Who talks there, or only how many. */
export function domeTitle(dome: Dome): string {
  if (!dome.named) return t('talk.count', { count: dome.count });
  const ids = [...store.people.value.values()].filter(({ talk }) => talk === dome.talk).map(({ id }) => id);
  return ids.length === 0 ? t('talk.count', { count: dome.count }) : namesOf(ids);
}
