import { BY_PLACE } from '../hearing/plan.ts';
import type { HearingRule } from '../hearing/plan.ts';
import { isBlocked } from './person.ts';
import type { Person } from './person.ts';
import type { Roster } from './roster.ts';
import { bypassesRelay } from './talks/talk.ts';

/** How loud somebody is whom a rule lets be heard wherever they are: as from one metre away. */
const RULED_GAIN = 1;
const SILENCE = 0;

/**
 * Who hears whom over the relay besides the place, in one function: talks that do without it first, whispers before talks, talks before tours. {@link HearingPlan} asks it for whoever {@link isRuled}. Blocks and muted
 * microphones go before all of it. Allocates nothing.
 */
export function ruleBetween(listener: Person, speaker: Person): number {
  if (speaker.talk !== null && bypassesRelay(speaker.talk)) return SILENCE;
  if (speaker.whisper !== '') return listener.id === speaker.whisper ? RULED_GAIN : SILENCE;
  if (listener.talk !== null || speaker.talk !== null) return listener.talk === speaker.talk ? RULED_GAIN : SILENCE;
  return speaker.guide === speaker.id && listener.guide === speaker.id ? RULED_GAIN : BY_PLACE;
}

/** {@link ruleBetween}, as the plan asks it: by numbers. */
export function ruleOf(roster: Pick<Roster, 'at'>): HearingRule {
  return (listener, speaker) => {
    const one = roster.at(listener);
    const other = roster.at(speaker);
    return one === null || other === null ? BY_PLACE : ruleBetween(one, other);
  };
}

/** Whether anything but the place decides about the person's voice or ears. */
export function isRuled(person: Person): boolean {
  return person.talk !== null || person.whisper !== '' || person.guide === person.id;
}

/** For whom the person's microphone is open, in the words of the protocol (`audience` in `shared/protocol/talks.ts`). */
export function audienceOf(person: Person): string {
  if (person.whisper !== '') return `whisper:${person.whisper}`;
  return person.talk === null ? '' : `talk:${person.talk.id}`;
}

/** Who is sent the picture of somebody's screen: the members of the talk to which they show it, while the relay carries that talk, and nobody else. */
export function mayWatch(viewer: Person, by: Person): boolean {
  const { talk } = by;
  if (talk === null || talk !== viewer.talk || viewer === by || talk.screen?.by !== by) return false;
  return !bypassesRelay(talk) && viewer.presence !== null && by.presence !== null && !isBlocked(viewer, by);
}
