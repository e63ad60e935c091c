import { render } from 'preact';
import type { ComponentChildren } from 'preact';
import type { Plenary } from '../contract.ts';
import { PlenaryView } from './PlenaryView.tsx';
import { PlenaryContext } from './context.ts';
import '../styles/index.css';

export interface MountOptions {
  /** Controls that the page around the view adds to its bar: the way back into the hall, for one. */
  readonly extra?: ComponentChildren;
}

/**
 * Shows a session in `root`. The page has the live regions (`LiveRegions`), toasts and appearance settings already. @returns a function that takes the view away and leaves the session as it is:
 * what is heard goes on.
 */
export function mountPlenary(root: HTMLElement, plenary: Plenary, { extra }: MountOptions = {}): () => void {
  render(<PlenaryContext.Provider value={plenary}><PlenaryView extra={extra} /></PlenaryContext.Provider>, root);
  return () => { render(null, root); };
}
