import type { VenueActions } from '../../app/contracts.ts';
import { settings } from '../../app/settings.ts';
import { announce } from '../announcer.tsx';
import { t } from '../i18n.ts';
import { closePanel } from '../state.ts';
import { allCommands } from './commands.ts';

/** Elements that use letter keys themselves. */
const TYPING = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable="true"]';

/**
 * The letter of a key press as on a Latin keyboard, so that M mutes on a Russian or Arabic layout too; Latin layouts keep
 * their own letters (AZERTY).
 */
export function shortcutLetter(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z?]$/iu.test(event.key)) return event.key.toLowerCase();
  const physical = /^Key([A-Z])$/u.exec(event.code)?.[1];
  return physical?.toLowerCase() ?? '';
}

/** Keys pressed there are for what is being written, or for a question. */
export function isForText(target: EventTarget | null): boolean {
  return target instanceof Element && (target.closest(TYPING) !== null || target.closest('dialog') !== null);
}

/** Single-key commands for the whole venue, where no text is being typed and the person has not switched them off (WCAG 2.1.4). */
export function listenForShortcuts(actions: VenueActions): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey || isForText(event.target)) return;
    if (event.key === 'Escape') {
      closePanel();
      return;
    }
    if (!settings.value.shortcuts) return;
    const letter = shortcutLetter(event);
    const command = letter === '' ? undefined : allCommands(actions).find((each) => each.key === letter);
    if (command === undefined) return;
    event.preventDefault();
    if (command.panel === undefined) announce(t(command.label));
    command.run();
  };
  document.addEventListener('keydown', onKey);
  return () => { document.removeEventListener('keydown', onKey); };
}
