import type { PlenaryState } from '../../shared/protocol/plenary/state.ts';
import type { ItemGroup } from '../../shared/protocol/plenary/vocabulary.ts';
import { newSession } from '../../shared/rules/plenary/initial.ts';
import type { Sessions } from './sessions.ts';

/** Items of the kind that the virtual session of the Council had in 2020: two to note, two to approve, three to discuss, one for information. */
const AGENDA: readonly (readonly [number: string, title: string, group: ItemGroup, minutes: number])[] = [
  ['PL-1.1', 'Report on the implementation of the strategic plan', 'noted', 5],
  ['PL-1.2', 'Report of the working group on languages', 'noted', 5],
  ['PL-2.1', 'Contributions of sector members', 'approved', 10],
  ['PL-2.2', 'World Telecommunication and Information Society Day', 'approved', 10],
  ['PL-3.1', 'Dates of the next sessions', 'discussed', 30],
  ['PL-3.2', 'Cooperation on cybersecurity', 'discussed', 45],
  ['PL-3.3', 'Election process at the conference', 'discussed', 45],
  ['PL-4.1', 'Statistics of the past year', 'information', 0],
];

const BOOTHS = [['English-French', ['fr', 'en']], ['French-Russian', ['ru', 'fr']]] as const;

function demoState(): PlenaryState {
  const state = newSession({ title: 'First plenary meeting', kind: 'plenary', quorum: 3, support: 'support@example.org' });
  const items = AGENDA.map(([number, title, group, minutes], index) => {
    const id = (index + 1).toString(36);
    return [id, { id, position: index + 1, number, title, group, minutes, status: 'pending' as const, documents: [], comments: [], contributions: [], returns: [], closed: false }] as const;
  });
  const booths = BOOTHS.map(([name, languages], index) => {
    const id = (AGENDA.length + index + 1).toString(36);
    return [id, { id, name, languages }] as const;
  });
  return { ...state, items: Object.fromEntries(items), booths: Object.fromEntries(booths), counter: AGENDA.length + BOOTHS.length };
}

/** Gives the demonstration event a formal session to open, if it has none. */
export async function makeDemoSession(sessions: Sessions): Promise<void> {
  if (sessions.list().length === 0) await sessions.add(demoState());
}
