import type { Turn } from '../../../../shared/protocol/plenary/state.ts';
import { Flag } from '../../../ui/components/Identity.tsx';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { useSession } from '../context.ts';
import { currentItem, isMicrophoneOpen } from '../selectors.ts';
import { capacityText } from '../texts.ts';
import { Clock } from './Clock.tsx';
import { SignWindow } from './SignWindow.tsx';
import { VideoSlot } from './VideoSlot.tsx';
import { FloorMeter } from './FloorMeter.tsx';

/** Whoever has the floor: the delegation as on its nameplate, who speaks, for whom, and for how long. */
function SpeakerCard({ turn }: { readonly turn: Turn }) {
  const { state, me } = useSession();
  const { speaker } = turn;
  const muted = state.floor.allMuted || state.floor.muted.includes(speaker.person);
  return (
    <div class="speaker">
      <div class="speaker__text">
        <p class="speaker__cause">{turn.cause === 'list' ? t('plenary.stage.hasFloor') : t(`plenary.cause.${turn.cause}`)}</p>
        <p class="speaker__entity"><Flag country={speaker.country} /><bdi>{speaker.entity}</bdi></p>
        <p class="speaker__name"><bdi>{speaker.name}</bdi></p>
        <p class="speaker__as">{capacityText(turn, speaker.entity)} · {t('plenary.stage.speaks', { language: LANGUAGE_NAMES[turn.language] })}</p>
        {turn.runningSince === null && <p class="speaker__note"><Icon name="offline" />{t('plenary.stage.lineDown')}</p>}
        {muted && <p class="speaker__note"><Icon name="micOff" />{t('plenary.stage.muted')}</p>}
        {!muted && turn.runningSince !== null && <FloorMeter mine={isMicrophoneOpen(state, me)} />}
      </div>
      <Clock turn={turn} />
    </div>
  );
}

function EmptyFloor() {
  const { state } = useSession();
  const { status, presiding } = state.meeting;
  return (
    <div class="speaker speaker--nobody">
      <Icon name="mic" />
      <p class="speaker__free">{status === 'open' ? t('plenary.stage.free') : t(`plenary.stage.${status}`)}</p>
      {presiding === null && <p class="muted">{t('plenary.stage.noChair')}</p>}
    </div>
  );
}

/** The podium: whoever is in the chair. */
function Podium() {
  const { state, plenary } = useSession();
  const { presiding } = state.meeting;
  const picture = plenary.store.pictures.value.chair;
  if (presiding === null) return null;
  return (
    <div class="podium">
      {picture !== null && <VideoSlot stream={picture} label={t('plenary.stage.chairPicture', { name: presiding.name })} fit="cover" />}
      <p class="podium__text">
        <span class="podium__role"><Icon name="gavel" />{t('plenary.stage.chair')}</span>
        <span class="podium__name"><Flag country={presiding.country} /><bdi>{presiding.name}</bdi></span>
      </p>
    </div>
  );
}

/** What all look at: the speaker (or the screen that is shared, with the speaker beside it), the podium, the sign-language interpreter. */
export function Stage() {
  const { state, plenary } = useSession();
  const { turn } = state.floor;
  const { speaker, screen, sign } = plenary.store.pictures.value;
  const item = currentItem(state);
  const name = turn?.speaker.name ?? '';
  return (
    <section class={`stage ${screen === null ? '' : 'stage--screen'}`} aria-labelledby="plenary-stage">
      <h2 id="plenary-stage" class="visually-hidden">{t('plenary.stage.title')}</h2>
      {item !== null && <p class="stage__item"><Icon name="document" /><span>{t('plenary.stage.item', { number: item.number, title: item.title })}</span></p>}
      <div class="stage__view">
        {screen !== null && <VideoSlot stream={screen} label={t('plenary.stage.screenPicture')} fit="contain" />}
        {screen === null && speaker !== null && turn !== null && <VideoSlot stream={speaker} label={t('plenary.stage.speakerPicture', { name })} fit="cover" />}
        <div class={`stage__card ${speaker !== null || screen !== null ? 'stage__card--over' : ''}`}>
          {screen !== null && speaker !== null && turn !== null && <VideoSlot stream={speaker} label={t('plenary.stage.speakerPicture', { name })} fit="cover" />}
          {turn === null ? <EmptyFloor /> : <SpeakerCard turn={turn} />}
        </div>
        <Podium />
        {sign !== null && <SignWindow stream={sign} />}
      </div>
    </section>
  );
}
