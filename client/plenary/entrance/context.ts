import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Entrance } from './desk.ts';

export const EntranceContext = createContext<Entrance | null>(null);

/** Throws Error outside the page (a programming mistake). */
export function useEntrance(): Entrance {
  const entrance = useContext(EntranceContext);
  if (entrance === null) throw new Error('the parts of the entrance must be rendered inside EntranceContext');
  return entrance;
}
