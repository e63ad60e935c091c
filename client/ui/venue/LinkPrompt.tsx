import { useLayoutEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { linkText } from '../names.ts';
import { openPanel } from '../state.ts';

/** Elements that use Enter and Escape themselves. */
const BUSY = 'a, button, input, select, textarea, summary, dialog, [contenteditable="true"]';

/** What becomes of a private talk if one goes: its host takes it along, whoever else goes leaves it. */
function hintText(): string {
  const talk = store.talk.value;
  if (talk === null || talk.kind !== 'dome') return t('scenes.askHint');
  return t(talk.host === store.myId.value ? 'talk.goesAlong' : 'talk.staysHere');
}

/** Asks whoever stands in front of a way out whether to take it. Nothing waits for the answer: one can walk on. */
export function LinkPrompt() {
  const actions = useActions();
  const link = store.link.value;
  const hidden = link === null || store.journey.value !== null;
  useLayoutEffect(() => {
    if (hidden) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(BUSY) !== null) return;
      if (event.key === 'Enter') actions.goThrough(link);
      else if (event.key === 'Escape' && openPanel.peek() === null) actions.stayHere();
      else return;
      // The view would take Enter for a click in its middle.
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => { document.removeEventListener('keydown', onKey, { capture: true }); };
  }, [link, hidden]);
  if (hidden) return null;
  return (
    <Prompt icon="leave" question={t('scenes.ask', { scene: linkText(link) })} hint={hintText()}>
      <Button tone="primary" onClick={() => { actions.goThrough(link); }}>{t('scenes.enter')}</Button>
      <Button onClick={() => { actions.stayHere(); }}>{t('scenes.stay')}</Button>
    </Prompt>
  );
}
