import { audienceSign } from '../audience.ts';
import { hint } from '../toolkit/controls.ts';
import { column, scroll, text } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import { openPage } from '../state.ts';
import type { Kit } from '../state.ts';
import { personNode } from './people.ts';

function summary({ deps: { texts: { t }, venue: { store } }, microphone }: Kit): string {
  const state = microphone.state.value;
  const { count } = store.hearers.value;
  if (state === 'off') return t('hearers.noMicrophone');
  if (state === 'muted') return t('hearers.muted');
  return count === 0 ? t('hearers.nobody') : t('hearers.text', { count });
}

/** Those to whom my voice is being sent, by name. The host of the panels has them watched while this page is open. */
export function hearersPage(kit: Kit): Node {
  const { texts, venue: { store, directStatus } } = kit.deps;
  const { ids } = store.hearers.value;
  return column([
    audienceSign(kit, 'audience', () => { openPage(kit, 'talk'); }),
    text(summary(kit)),
    scroll('hearers', [
      ids === null && hint(texts.t('common.loading')),
      ...(ids ?? []).map((id) => {
        const person = store.people.value.get(id);
        return person === undefined ? text(texts.person(id), { own: true }) : personNode(kit, person);
      }),
      hint(texts.t(directStatus.value?.state === 'direct' ? 'talk.direct.hearers' : 'hearers.how')),
    ], { gap: 18 }),
  ], { gap: 18, grow: 1 });
}
