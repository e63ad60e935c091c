import { useEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button, IconButton } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { personName } from '../names.ts';
import { micState, openPanel, togglePanel } from '../state.ts';
import { directText, useDirectAnnouncements } from './DirectLine.tsx';
import { sealText, useSealAnnouncements } from './SealLine.tsx';
import { talkTitle } from './texts.ts';

/** Farther from the nearest member than this, metres, one is about to leave. */
const EDGE = 3.4;

/** Told at once: it is about who hears me. */
function useWarning(text: string): void {
  useEffect(() => { if (text !== '') announce(text, 'assertive'); }, [text]);
}

function edgeText(): string {
  const talk = store.talk.value;
  // Meetings have walls, or are everywhere.
  if (talk?.kind !== 'dome') return '';
  const members = store.nearby.value.filter(({ person }) => talk.members.some(({ id }) => id === person.id));
  return members.length > 0 && members.every(({ distance }) => distance > EDGE) ? t('talk.leaving') : '';
}

function whisperText(): string {
  const { to, from } = store.whisper.value;
  if (to !== '') return t('talk.whispering', { name: personName(to) });
  const [first] = from;
  return first === undefined ? '' : t('talk.whispersToYou', { name: personName(first) });
}

function hintText(): string {
  const way = directText() ?? [t('talk.onlyThey'), sealText()].filter((text) => text !== null).join(' ');
  return micState.value === 'live' ? way : `${way} ${t(micState.value === 'muted' ? 'hearers.muted' : 'hearers.noMicrophone')}`;
}

/** That I am in private, and with whom: at the top of the view, as long as it is so. */
export function TalkBar() {
  const actions = useActions();
  const talk = store.talk.value;
  const whisper = whisperText();
  const edge = edgeText();
  useWarning(edge);
  useSealAnnouncements();
  useDirectAnnouncements();
  useWarning(store.whisper.value.to === '' ? '' : whisper);
  if (talk === null && whisper === '') return null;
  return (
    <section class="prompt talk-bar" aria-label={t('talk.title')}>
      <span class="prompt__sign"><Icon name={talk === null ? 'whisper' : 'lock'} /></span>
      <div class="prompt__text">
        <p class="prompt__title">{talk === null ? whisper : talkTitle(talk)}</p>
        {talk !== null && <p class="prompt__hint">{edge === '' ? (whisper === '' ? hintText() : whisper) : <strong class="talk-bar__edge">{edge}</strong>}</p>}
      </div>
      <span class="talk-bar__buttons">
        {store.whisper.value.to !== '' && <Button size="small" onClick={() => { actions.whisper(null); }}>{t('talk.whisperStop')}</Button>}
        {talk !== null && <Button size="small" icon="leave" onClick={() => { actions.leaveTalk(); }}>{t('talk.leave')}</Button>}
        {talk !== null && <IconButton icon="people" label={t('talk.open')} expanded={openPanel.value === 'talk'} onClick={() => { togglePanel('talk'); }} />}
      </span>
    </section>
  );
}
