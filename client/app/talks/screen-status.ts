import { signal } from '@preact/signals';

/** A screen that is shown to the talk that I am in. */
export interface ScreenStatus {
  /** Another number for each time; 0: none is shown. */
  readonly share: number;
  /** Id of whoever shows it; mine if I do. */
  readonly by: string;
  /** Of the picture's connection. `failed`: it is tried again all the same. */
  readonly state: 'connecting' | 'live' | 'failed';
  /** What a viewer sees, or null while there is nothing yet. */
  readonly picture: MediaStream | null;
}

export const NO_SCREEN: ScreenStatus = { share: 0, by: '', state: 'connecting', picture: null };

/** Written by `TalkScreen` only. */
export const screenStatus = signal<ScreenStatus>(NO_SCREEN);

/** I am being asked by the browser what to show, or the server has not answered yet. */
export const screenStarting = signal(false);

/** Phones and tablets have no way to show theirs. */
export function canShowScreen(): boolean {
  return typeof (navigator.mediaDevices as Partial<MediaDevices> | undefined)?.getDisplayMedia === 'function';
}
