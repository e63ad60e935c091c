import { useEffect } from 'preact/hooks';
import type { SealStatus } from '../../audio/seal/agreement.ts';
import { store } from '../../app/store.ts';
import { sealStatus } from '../../app/talks/seal-status.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { namesOf } from './texts.ts';

/** Whose browser it is that the talk is not sealed. */
function whyOpen({ cannot, silent }: SealStatus): string {
  if (cannot.includes(store.myId.value)) return t('talk.seal.cannotMe');
  return cannot.length > 0 ? t('talk.seal.cannot', { names: namesOf(cannot) }) : t('talk.seal.silent', { names: namesOf(silent) });
}

/** How far the talk is sealed; null while there is nothing to seal. */
export function sealText(): string | null {
  const status = sealStatus.value;
  if (status === null || (store.talk.value?.members.length ?? 0) < 2) return null;
  if (status.state === 'off') return whyOpen(status);
  return t(status.state === 'sealed' ? 'talk.seal.sealed' : 'talk.seal.agreeing');
}

/** Said at once when it changes: it is about who can listen. */
export function useSealAnnouncements(): void {
  const text = sealText();
  useEffect(() => { if (text !== null) announce(text, 'assertive'); }, [text]);
}

/** Whether the talk is sealed from end to end, and the digits by which its members can be sure of it. */
export function SealLine() {
  const actions = useActions();
  const status = sealStatus.value;
  const text = sealText();
  if (status === null || text === null) return null;
  return (
    <section class="talk-group talk-seal" aria-label={t('talk.seal.title')}>
      <span class="tag"><Icon name={status.state === 'sealed' ? 'check' : 'warning'} />{text}</span>
      {status.state === 'sealed' && (
        <>
          <p class="talk-seal__code" aria-label={`${t('talk.seal.code')}: ${status.code.map((group) => [...group].join(' ')).join(', ')}`} dir="ltr">{status.code.join(' ')}</p>
          <p class="field__hint">{t('talk.seal.codeHint')}</p>
        </>
      )}
      {status.state === 'off' && <p class="field__hint">{t(status.held ? 'talk.seal.held' : 'talk.seal.offHint')}</p>}
      {status.held && <Button size="small" onClick={() => { actions.speakUnsealed(); }}>{t('talk.seal.open')}</Button>}
    </section>
  );
}

/** The talk was sealed and is no more: whether to go on all the same. */
export function SealQuestion() {
  const actions = useActions();
  const status = sealStatus.value;
  if (status?.held !== true) return null;
  return (
    <Prompt icon="warning" question={whyOpen(status)} hint={t('talk.seal.held')} kind="talk-question">
      <Button onClick={() => { actions.speakUnsealed(); }}>{t('talk.seal.open')}</Button>
    </Prompt>
  );
}
