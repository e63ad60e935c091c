import type { VenueActions } from '../../app/contracts.ts';
import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { t } from '../i18n.ts';
import { canWhisperTo } from '../talks/WhisperButton.tsx';
import { isForText, shortcutLetter } from './shortcuts.ts';

/** Held while one whispers to whoever is nearest. */
export const WHISPER_KEY = 'z';

/** Whoever's card is open, else the nearest who can be whispered to. */
function neighbour(): string | null {
  const chosen = store.person.value;
  if (chosen !== null && canWhisperTo(chosen)) return chosen;
  return store.nearby.value.find(({ person }) => canWhisperTo(person.id))?.person.id ?? null;
}

/** Whispers for as long as the key is held; letting go of the window lets go of the key. @returns how to stop */
export function listenForWhispers(actions: VenueActions): () => void {
  let held = false;
  const release = (): void => {
    if (held) actions.whisper(null);
    held = false;
  };
  const onDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey || held) return;
    if (!settings.value.shortcuts || isForText(event.target) || shortcutLetter(event) !== WHISPER_KEY) return;
    event.preventDefault();
    const person = neighbour();
    if (person === null) {
      announce(t('talk.whisperNobody'));
      return;
    }
    held = true;
    actions.whisper(person);
  };
  const onUp = (event: KeyboardEvent): void => { if (shortcutLetter(event) === WHISPER_KEY) release(); };
  document.addEventListener('keydown', onDown);
  document.addEventListener('keyup', onUp);
  window.addEventListener('blur', release);
  return () => {
    release();
    document.removeEventListener('keydown', onDown);
    document.removeEventListener('keyup', onUp);
    window.removeEventListener('blur', release);
  };
}
