import { useState } from 'preact/hooks';
import type { SessionResponse } from '../../../shared/protocol/session.ts';
import type { Appearance } from '../../../shared/protocol/people.ts';
import { appearanceToEnter, pickedAppearance, UNCHOSEN } from '../appearances.ts';
import { AppearancePicker } from '../components/AppearancePicker.tsx';
import { Button } from '../components/Button.tsx';
import { Question } from '../components/Question.tsx';
import { EntityLine, Portrait } from '../components/Identity.tsx';
import { Page } from '../components/Page.tsx';
import { useDeps } from '../deps.ts';
import { t } from '../i18n.ts';
import { store } from '../../app/store.ts';
import { entersInHeadset, entersListening } from '../state.ts';
import { MicrophoneCheck } from './MicrophoneCheck.tsx';

function PersonCard({ session, appearance }: { readonly session: SessionResponse; readonly appearance: Appearance }) {
  const { person } = session;
  return (
    <div class="person-card">
      <Portrait key={appearance.id} appearance={appearance === UNCHOSEN ? null : appearance.id} name={person.name} />
      <div class="person-card__text">
        <p class="person-card__name"><bdi>{person.name}</bdi></p>
        <p class="person-card__entity"><EntityLine person={person} /></p>
        <p class="person-card__role">{t(`role.${person.role}`)}</p>
      </div>
    </div>
  );
}

interface EnterButtonsProps {
  readonly onEnter: (listenOnly: boolean, headset?: boolean) => void;
}

function EnterButtons({ onEnter }: EnterButtonsProps) {
  const { deviceCheck } = useDeps();
  const microphoneFails = typeof deviceCheck.state.value === 'object';
  const headset = store.headset.value;
  return (
    <div class="enter-bar">
      {!microphoneFails && (
        <Button tone="primary" size="large" icon="mic" onClick={() => { onEnter(false); }}>{t('entry.withMicrophone')}</Button>
      )}
      <Button tone={microphoneFails ? 'primary' : 'plain'} size="large" icon="headphones" onClick={() => { onEnter(true); }}>{t('entry.onlyListen')}</Button>
      {headset.kind === 'ready' && (
        <Button size="large" icon="headset" describedBy="headset-hint" onClick={() => { onEnter(microphoneFails, true); }}>{t(headset.by === 'cardboard' ? 'headset.cardboard' : 'headset.enter')}</Button>
      )}
      <p class="field__hint enter-bar__hint">
        {microphoneFails ? t('entry.microphoneLater') : t('entry.mutedHint')}
        {headset.kind === 'ready' && <> <span id="headset-hint">{t('headset.enterHint')}</span></>}
      </p>
    </div>
  );
}

interface TakeOverProps {
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

function TakeOverQuestion({ onCancel, onConfirm }: TakeOverProps) {
  return (
    <Question title={t('takeOver.title')} refuse={t('takeOver.stay')} confirm={t('takeOver.confirm')} act={onConfirm} onClose={onCancel}>
      <p>{t('takeOver.text')}</p>
    </Question>
  );
}

interface EntryPageProps {
  readonly session: SessionResponse;
  /** The server found this person in another window on entering. */
  readonly askTakeOver: boolean;
}

/** Device check, appearance, and the two ways in. */
export function EntryPage({ session, askTakeOver }: EntryPageProps) {
  const { actions, deviceCheck } = useDeps();
  const [asking, setAsking] = useState(askTakeOver);
  const appearance = appearanceToEnter(session.appearance);
  const enter = (only: boolean, takeOver: boolean): void => {
    deviceCheck.stop();
    actions.enter({ appearance, listenOnly: only, takeOver, ...(entersInHeadset.value ? { headset: true } : {}) });
  };
  const onEnter = (only: boolean, headset = false): void => {
    entersListening.value = only;
    entersInHeadset.value = headset;
    if (session.alreadyHere || askTakeOver) setAsking(true);
    else enter(only, false);
  };
  return (
    <Page title={t('entry.title', { event: session.event.name })} width="wide">
      <PersonCard session={session} appearance={appearance} />
      <div class="entry-grid">
        <MicrophoneCheck />
        <section class="card" aria-labelledby="appearance-title">
          <h2 id="appearance-title" class="card__title">{t('entry.appearance')}</h2>
          <AppearancePicker value={appearance} onChange={(next) => { pickedAppearance.value = next; }} />
        </section>
      </div>
      <EnterButtons onEnter={onEnter} />
      {asking && <TakeOverQuestion onCancel={() => { setAsking(false); }} onConfirm={() => { enter(entersListening.value, true); }} />}
    </Page>
  );
}
