import { useEffect, useState } from 'preact/hooks';
import type { DirectState } from '../../../shared/protocol/direct.ts';
import { store } from '../../app/store.ts';
import { directStatus } from '../../app/talks/direct-status.ts';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Prompt } from '../components/Prompt.tsx';
import { Question } from '../components/Question.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { personName } from '../names.ts';

/** The other one of a talk of two, by name; null in any other. */
function partnerName(): string | null {
  const members = store.talk.value?.members ?? [];
  const other = members.find(({ id }) => id !== store.myId.value);
  return members.length === 2 && other !== undefined ? personName(other.id) : null;
}

function stateText(direct: DirectState, name: string): string {
  const mine = direct.by === store.myId.value;
  if (direct.state === 'asked') return mine ? t('talk.direct.asking', { name }) : t('talk.direct.asked', { name });
  if (direct.state === 'failed') return direct.relay.includes(store.myId.value) ? t('talk.direct.waiting', { name }) : t('talk.direct.failed');
  return t(direct.state === 'direct' ? 'talk.direct.on' : 'talk.direct.connecting', { name });
}

/** What is so now, or null while the relay carries the talk and nobody has asked. */
export function directText(): string | null {
  const direct = directStatus.value;
  return direct === null ? null : stateText(direct, partnerName() ?? '');
}

/** Said at once when it changes: it is about which way one's voice goes. */
export function useDirectAnnouncements(): void {
  const text = directText();
  useEffect(() => { if (text !== null) announce(text, 'assertive'); }, [text]);
}

function AskButton({ name }: { readonly name: string }) {
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => { setAsking(true); }}>{t('talk.direct.ask')}</Button>
      {asking && (
        <Question title={t('talk.direct.title')} confirm={t('talk.direct.askName', { name })} act={() => { actions.talkDirectly(true); }} onClose={() => { setAsking(false); }}>
          <p>{t('talk.direct.what')}</p>
          <p>{t('talk.direct.address', { name })}</p>
        </Question>
      )}
    </>
  );
}

/** What I can do about it now: in the panel, and where it is asked. */
function Answers({ direct }: { readonly direct: DirectState }) {
  const actions = useActions();
  const mine = direct.by === store.myId.value;
  const again = <Button size="small" tone="primary" onClick={() => { actions.talkDirectly(true); }}>{t(direct.state === 'failed' ? 'talk.direct.again' : 'talk.direct.agree')}</Button>;
  const off = (label: string) => <Button size="small" onClick={() => { actions.talkDirectly(false); }}>{label}</Button>;
  if (direct.state === 'asked') return mine ? off(t('talk.direct.withdraw')) : <>{again}{off(t('talk.direct.decline'))}</>;
  if (direct.state !== 'failed') return off(t('talk.direct.stop'));
  const agreed = direct.relay.includes(store.myId.value);
  return <>{again}{!agreed && <Button size="small" onClick={() => { actions.talkOverRelay(); }}>{t('talk.direct.relay')}</Button>}</>;
}

/** In the panel: going from browser to browser, and how far that is. */
export function DirectLine() {
  const direct = directStatus.value;
  const name = partnerName();
  if (direct === null) return name === null || (store.talk.value?.invited.length ?? 0) > 0 ? null : <AskButton name={name} />;
  return (
    <section class="talk-group" aria-label={t('talk.direct.title')}>
      <p>{directText()}</p>
      <span class="button-row"><Answers direct={direct} /></span>
    </section>
  );
}

/** What has to be answered: the other one's question, or whether to use the relay after all. */
export function DirectQuestion() {
  const direct = directStatus.value;
  const name = partnerName() ?? '';
  if (direct === null || !isDirectAsking()) return null;
  const asked = direct.state === 'asked';
  return (
    <Prompt icon={asked ? 'lock' : 'warning'} question={stateText(direct, name)} hint={asked ? `${t('talk.direct.what')} ${t('talk.direct.address', { name })}` : t('talk.direct.silent')} kind="talk-question">
      <Answers direct={direct} />
    </Prompt>
  );
}

/** Whether {@link DirectQuestion} asks something. */
export function isDirectAsking(): boolean {
  const direct = directStatus.value;
  return direct !== null && (direct.state === 'failed' || (direct.state === 'asked' && direct.by !== store.myId.value));
}
