import { attendingActions } from '../../app/plenary/actions.ts';
import { store } from '../../app/store.ts';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import type { Attending } from '../../app/plenary/contract.ts';
import { Banners } from '../view/Banners.tsx';
import { PlenaryContext, usePlenary } from '../view/context.ts';
import { ChannelPicker } from '../view/dock/ChannelPicker.tsx';
import { MicrophoneState } from '../view/dock/MicrophoneState.tsx';
import { Nameplate } from '../view/dock/Nameplate.tsx';
import '../styles/index.css';
import './hall.css';

function FloorLine() {
  const turn = usePlenary().store.state.value?.floor.turn ?? null;
  return <p class="hall-bar__floor">{turn === null ? t('plenary.hall.nobody') : t('plenary.hall.floor', { entity: turn.speaker.entity, name: turn.speaker.name })}</p>;
}

function Bar({ attending }: { readonly attending: Attending }) {
  const { state, me } = attending.plenary.store;
  const ready = state.value !== null && me.value !== null;
  return (
    <section class="hall-bar plenary-root" aria-label={t('plenary.hall.label', { title: attending.title })}>
      <div class="hall-bar__head">
        <FloorLine />
        <Button size="small" icon="list" onClick={() => { attendingActions.show('standard'); }}>{t('plenary.hall.toStandard')}</Button>
        <Button size="small" icon="leave" onClick={() => { attendingActions.leave(); }}>{t('plenary.hall.leave')}</Button>
      </div>
      {ready && <Banners />}
      {ready && (
        <div class="hall-bar__dock">
          <Nameplate />
          <div class="dock__sound"><MicrophoneState /><ChannelPicker /></div>
        </div>
      )}
    </section>
  );
}

/** One's nameplate, microphone and channel while one sits in the hall. */
export function HallBar() {
  const attending = store.attending.value;
  if (attending === null) return null;
  return <PlenaryContext.Provider value={attending.plenary}><Bar attending={attending} /></PlenaryContext.Provider>;
}
