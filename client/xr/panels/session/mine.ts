/** My part in the formal session that I attend. */
import type { PlenaryDeed } from '../../../../shared/protocol/plenary/deeds.ts';
import type { PlenaryState, Speaker } from '../../../../shared/protocol/plenary/state.ts';
import type { Plenary } from '../../../plenary/contract.ts';
import { isMicrophoneOpen } from '../../../plenary/view/selectors.ts';
import type { Kit } from '../state.ts';

export interface Mine {
  readonly plenary: Plenary;
  readonly state: PlenaryState;
  readonly me: Speaker;
  /** Refusals become toasts. */
  readonly press: (deed: PlenaryDeed) => void;
}

/** Null while one attends none, or nothing is known of it yet. */
export function mySession({ deps: { venue } }: Kit): Mine | null {
  const plenary = venue.store.attending.value?.plenary;
  const state = plenary?.store.state.value ?? null;
  const me = plenary?.store.me.value ?? null;
  if (plenary === undefined || state === null || me === null) return null;
  return { plenary, state, me, press: (deed) => { void venue.plenary.perform(plenary, deed); } };
}

export function isOpenMicrophone(kit: Kit): boolean {
  const mine = mySession(kit);
  return mine !== null && isMicrophoneOpen(mine.state, mine.me) && mine.plenary.sound.mic.value.sending;
}
