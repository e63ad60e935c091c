import { computed, signal } from '@preact/signals';
import { settings } from '../app/settings.ts';
import { store } from '../app/store.ts';

/** The side panels; one is open at a time. */
export type PanelName = 'people' | 'places' | 'chat' | 'settings' | 'help' | 'hearers' | 'text' | 'sight' | 'credits' | 'privacy' | 'tour' | 'talk' | 'meetings' | 'sponsors';

/** What the UI itself remembers; everything else is in the app's store. */
export const openPanel = signal<PanelName | null>(null);
/** The conversation shown in the chat panel: `near`, `venue`, `talk`, or the id of a person. */
export const chatThread = signal<string>('near');
export const confirmingLeave = signal(false);
/** How the person last chose to come in: kept while the server asks whether to move them from another window. */
export const entersListening = signal(true);
/** The last way in that was pressed was that with the headset. */
export const entersInHeadset = signal(false);
/** Person whose row is unfolded in the people list. */
export const unfoldedPerson = signal<string | null>(null);

let opener: HTMLElement | null = null;
let focusIsDue = false;

/** Opens a panel; remembers where the keyboard focus was, to give it back on closing. */
export function showPanel(panel: PanelName): void {
  if (openPanel.peek() === null && document.activeElement instanceof HTMLElement) opener = document.activeElement;
  if (openPanel.peek() !== panel) focusIsDue = true;
  openPanel.value = panel;
}

/** Whether the panel that is drawn takes the focus: once when it opens. What comes in its place when its part has been fetched does so only if nothing has it. */
export function takesFocus(): boolean {
  const takes = focusIsDue || document.activeElement === null || document.activeElement === document.body;
  focusIsDue = false;
  return takes;
}

export function closePanel(): void {
  if (openPanel.peek() === null) return;
  openPanel.value = null;
  focusIsDue = false;
  if (opener?.isConnected === true) opener.focus();
  opener = null;
}

export function togglePanel(panel: PanelName): void {
  if (openPanel.peek() === panel) closePanel();
  else showPanel(panel);
}

/** Opens the conversation with a person, `near` or `venue`. */
export function showThread(thread: string): void {
  chatThread.value = thread;
  showPanel('chat');
}

/**
 * The microphone without its level: that changes 20 times a second, and whoever reads it renders as often. Only the level ring does.
 */
export const micState = computed(() => store.mic.value.state);
export const micProblem = computed(() => store.mic.value.problem);

/** Whether the companion stands in for the 3D view. */
export const showsTextAlone = computed(() => settings.value.textOnly || store.world.value.kind === 'failed');
