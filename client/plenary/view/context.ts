import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { PlenaryDeed } from '../../../shared/protocol/plenary/deeds.ts';
import type { PlenaryState, Speaker } from '../../../shared/protocol/plenary/state.ts';
import { reasonKey } from '../reasons.ts';
import { raiseToast } from '../../ui/toasts.ts';
import type { Plenary } from '../contract.ts';
import { OfflineError } from '../errors.ts';

export const PlenaryContext = createContext<Plenary | null>(null);

/** Throws Error outside `mountPlenary` (a programming mistake). */
export function usePlenary(): Plenary {
  const plenary = useContext(PlenaryContext);
  if (plenary === null) throw new Error('components of a formal session must be rendered by mountPlenary');
  return plenary;
}

export interface InSession {
  readonly plenary: Plenary;
  readonly state: PlenaryState;
  readonly me: Speaker;
}

/** For components that are only rendered inside the session. Throws Error elsewhere. */
export function useSession(): InSession {
  const plenary = usePlenary();
  const state = plenary.store.state.value;
  const me = plenary.store.me.value;
  if (state === null || me === null) throw new Error('there is no session to show');
  return { plenary, state, me };
}

/** The catalogue key of what went wrong with a deed. */
export function failureKey(error: unknown): string {
  if (error instanceof OfflineError) return error.sent ? 'plenary.offline.uncertain' : 'plenary.offline.refused';
  return reasonKey(error);
}

/** Does something, and says so if it is refused. @returns whether it was done */
export async function perform(plenary: Plenary, deed: PlenaryDeed): Promise<boolean> {
  try {
    await plenary.act(deed);
    return true;
  } catch (error) {
    raiseToast({ key: failureKey(error), tone: 'warning' });
    return false;
  }
}

/** `perform` for presses: nobody waits for it. */
export function usePress(): (deed: PlenaryDeed) => void {
  const plenary = usePlenary();
  return (deed) => { void perform(plenary, deed); };
}

/** The server's clock, for what counts seconds: renders anew so often. */
export function useNow(stepMs = 500): number {
  const plenary = usePlenary();
  const [now, setNow] = useState(() => plenary.now());
  useEffect(() => {
    const timer = setInterval(() => { setNow(plenary.now()); }, stepMs);
    return () => { clearInterval(timer); };
  }, [plenary, stepMs]);
  // What has just begun is not shown as before its beginning.
  return Math.max(now, plenary.now() - stepMs);
}
