import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DeviceCheck, VenueActions } from '../app/contracts.ts';

/** What the app gives the UI. The UI reads the store besides, and knows nothing of the network, the audio or the 3D world. */
export interface UiDeps {
  readonly actions: VenueActions;
  readonly deviceCheck: DeviceCheck;
  /** Called once, with the element into which the app puts the 3D canvas. It outlives the screens. */
  readonly canvasHost: (element: HTMLElement) => void;
  /** On-screen joystick: forward and right in -1..1, both 0 when let go. */
  readonly onJoystick?: (forward: number, right: number) => void;
}

export const DepsContext = createContext<UiDeps | null>(null);

/** @throws Error outside `mountUi` (a programming mistake). */
export function useDeps(): UiDeps {
  const deps = useContext(DepsContext);
  if (deps === null) throw new Error('UI components must be rendered by mountUi');
  return deps;
}

export function useActions(): VenueActions {
  return useDeps().actions;
}
