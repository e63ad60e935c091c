import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { StaffDesk } from './desk.ts';

export const DeskContext = createContext<StaffDesk | null>(null);

/** @throws Error outside the page (a programming mistake). */
export function useDesk(): StaffDesk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('staff components must be rendered inside DeskContext');
  return desk;
}
