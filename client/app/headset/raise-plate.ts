import { perform } from '../../plenary/view/context.ts';
import { plateOf } from '../../plenary/view/selectors.ts';
import type { Plenary } from '../../plenary/contract.ts';

/** The hand of somebody in the headset is up: so is their nameplate, if it lies on the table. A refusal is told as if it had been pressed. */
export function raisePlate(plenary: Plenary): void {
  const state = plenary.store.state.peek();
  const me = plenary.store.me.peek();
  if (state === null || me === null || plateOf(state, me) !== 'lowered') return;
  void perform(plenary, { kind: 'raise', capacity: 'delegation', onBehalfOf: '' });
}
