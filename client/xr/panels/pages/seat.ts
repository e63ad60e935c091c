import { button, hint } from '../toolkit/controls.ts';
import { column, flow } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import { closeMain } from '../state.ts';
import type { Kit } from '../state.ts';

/** A seat that was pointed at. */
export function seatPage(kit: Kit): Node {
  const { texts: { t }, actions, venue: { store } } = kit.deps;
  const id = kit.state.seat.value;
  const mine = store.seat.value === id;
  const act = (run: () => void) => (): void => {
    run();
    closeMain(kit);
  };
  return column([
    hint(t(mine ? 'companion.seated' : 'panels.seatHint')),
    flow([
      mine ? button('stand', t('command.stand'), act(() => { actions.stand(); }), { icon: 'person', tone: 'primary' }) : button('sit', t('command.sit'), act(() => { actions.sit(id); }), { icon: 'chair', tone: 'primary' }),
      button('seat:cancel', t('common.cancel'), () => { closeMain(kit); }),
    ], { gap: 14 }),
  ], { gap: 22, grow: 1 });
}
