import type { PlenaryState } from '../../../shared/protocol/plenary/state.ts';
import type { HallSigns } from '../../app/plenary/contract.ts';

/** What the hall shows of a session: who speaks, or what is being dealt with; and whose nameplate is raised. */
export function hallSigns(state: PlenaryState | null, title: string): HallSigns | null {
  if (state === null) return null;
  const { turn } = state.floor;
  const item = state.currentItem === null ? undefined : state.items[state.currentItem];
  const subject = item === undefined ? title : `${item.number} ${item.title}`;
  const raised = new Set([...state.list.entries, ...state.motions].map(({ speaker }) => speaker.entity));
  if (turn === null) return { title, text: item === undefined ? '' : subject, speaking: '', raised };
  const { name, entity } = turn.speaker;
  return { title: turn.capacity === 'delegation' || turn.onBehalfOf === '' ? entity : `${entity} (${turn.onBehalfOf})`, text: `${name} · ${subject}`, speaking: entity, raised };
}
