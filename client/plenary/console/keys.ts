/** Single keys of the console. They act outside text fields, and can be switched off with those of the venue (WCAG 2.1.4). */
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import { settings } from '../../app/settings.ts';
import { isForText, shortcutLetter } from '../../ui/venue/shortcuts.ts';
import type { ConsoleDesk } from './desk.ts';

/** In the order in which they are listed; the texts are `plenary.console.key.<id>`. */
export const KEYS = [
  { id: 'microphone', key: 'm' }, { id: 'cough', key: 'c' }, { id: 'swap', key: 'x' }, { id: 'handOver', key: 'h' }, { id: 'slower', key: 's' }, { id: 'noSound', key: 'n' }, { id: 'tone', key: 't' },
] as const;

function run(desk: ConsoleDesk, letter: string): boolean {
  const known = KEYS.find(({ key }) => key === letter);
  switch (known?.id) {
    case 'microphone': desk.toggleMicrophone(); return true;
    case 'cough': desk.cough(true); return true;
    case 'swap': desk.swap(); return true;
    case 'handOver': desk.handOver(); return true;
    case 'slower': case 'noSound': void desk.alert(known.id); return true;
    case 'tone': desk.headset?.setTone(!desk.headset.toneOn.peek()); return true;
    case undefined: return false;
  }
}

/** The digits choose what comes in: 0 the floor, 1 to 6 the languages. By their place, as French keyboards have them under Shift. */
function tune(desk: ConsoleDesk, code: string): boolean {
  const digit = /^(?:Digit|Numpad)([0-6])$/u.exec(code)?.[1];
  if (digit === undefined) return false;
  const channel = digit === '0' ? 'floor' : LANGUAGES[Number(digit) - 1];
  if (channel !== undefined && channel !== desk.place.peek()?.me.outgoing) void desk.press({ kind: 'incoming', channel });
  return true;
}

/** Follows the keys until it is called back. A cough ends when its key is let go, or when it can no longer be seen whether it is. */
export function listenForKeys(desk: ConsoleDesk): () => void {
  let coughing = false;
  const release = (): void => {
    if (!coughing) return;
    coughing = false;
    desk.cough(false);
  };
  const onDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isForText(event.target) || !settings.peek().shortcuts || desk.place.peek() === null) return;
    const letter = shortcutLetter(event);
    if (event.repeat) {
      if (coughing) event.preventDefault();
      return;
    }
    if (!tune(desk, event.code) && !run(desk, letter)) return;
    if (letter === 'c') coughing = true;
    event.preventDefault();
  };
  const onUp = (event: KeyboardEvent): void => { if (shortcutLetter(event) === 'c') release(); };
  const listeners = [['keydown', onDown], ['keyup', onUp]] as const;
  for (const [name, listener] of listeners) document.addEventListener(name, listener);
  addEventListener('blur', release);
  document.addEventListener('visibilitychange', release);
  return () => {
    release();
    for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    removeEventListener('blur', release);
    document.removeEventListener('visibilitychange', release);
  };
}
