import type { PageProblem } from '../../app/contracts.ts';
import type { PlainKey } from '../i18n.ts';

type Group = 'noPass' | 'badPass' | 'unreachable' | 'moved' | 'removed' | 'version' | 'full' | 'server' | 'closed';

const GROUPS: Partial<Record<PageProblem, Group>> = {
  PASS_MISSING: 'noPass',
  PASS_MALFORMED: 'badPass',
  PASS_UNKNOWN: 'badPass',
  PASS_EXPIRED: 'badPass',
  PASS_REVOKED: 'badPass',
  UNREACHABLE: 'unreachable',
  ALREADY_HERE: 'moved',
  MOVED_ELSEWHERE: 'moved',
  REMOVED: 'removed',
  FLOOD: 'closed',
  PROTOCOL_VERSION: 'version',
  ROOM_FULL: 'full',
};

/** Heading for a problem that takes the whole page; `reason.<CODE>` is the text below it. */
export function problemTitle(reason: PageProblem): PlainKey {
  return `problem.title.${GROUPS[reason] ?? 'server'}`;
}

/** Whether the same pass may work on a second try: a bad pass stays bad. */
export function worthRetrying(reason: PageProblem): boolean {
  const group = GROUPS[reason];
  return group !== 'noPass' && group !== 'badPass' && group !== 'removed';
}
