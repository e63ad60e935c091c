import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { isOfficer } from '../../../shared/rules/plenary/rights.ts';
import { t } from '../../ui/i18n.ts';
import { Banners } from './Banners.tsx';
import { Panels } from './Panels.tsx';
import { TopBar } from './TopBar.tsx';
import { ObjectionWindows } from './agenda/Conclusions.tsx';
import { CaptionStrip } from './captions/CaptionStrip.tsx';
import { usePlenary, useSession } from './context.ts';
import { ChannelPicker } from './dock/ChannelPicker.tsx';
import { ImageButtons } from './dock/ImageButtons.tsx';
import { MicrophoneState } from './dock/MicrophoneState.tsx';
import { Nameplate } from './dock/Nameplate.tsx';
import { Outside } from './Outside.tsx';
import { Conduct } from './floor/Conduct.tsx';
import { Motions } from './floor/Motions.tsx';
import { observe } from './observer.ts';
import { plateOf } from './selectors.ts';
import { Stage } from './stage/Stage.tsx';
import { workplaceOf } from './workplaces.ts';

/** The console of whoever works here. */
function Work() {
  const { me } = useSession();
  const part = workplaceOf(me.role);
  return part === null ? null : <WorkPart part={part} />;
}

function WorkPart({ part }: { readonly part: NonNullable<ReturnType<typeof workplaceOf>> }) {
  const loaded = part.use(true);
  return <section class="work" id="plenary-work" aria-label={t('plenary.work')} tabIndex={-1}>{loaded === null ? <part.Missing /> : <loaded.Workplace />}</section>;
}

function Session({ extra }: { readonly extra?: ComponentChildren }) {
  const { state, me } = useSession();
  return (
    <div class={`plenary ${state.meeting.closed ? 'plenary--closed' : ''}`}>
      {plateOf(state, me) !== 'none' && <a class="skip-link" href="#plenary-plate">{t('plenary.plate.skip')}</a>}
      {workplaceOf(me.role) !== null && <a class="skip-link" href="#plenary-work">{t('plenary.work.skip')}</a>}
      <TopBar extra={extra} />
      <Banners />
      <main class="plenary__main" tabIndex={0} aria-label={t('plenary.stage.title')}>
        <ObjectionWindows />
        {isOfficer(state, me) && <Motions />}
        <Stage />
        <CaptionStrip />
        <Work />
        <Conduct />
      </main>
      <Panels />
      <footer class="dock" aria-label={t('plenary.dock')}>
        <Nameplate />
        <div class="dock__sound">
          <MicrophoneState />
          <ImageButtons />
          <ChannelPicker />
        </div>
      </footer>
    </div>
  );
}

/** A formal session in the manner of a videoconference; all of it works without 3D. `extra`: controls that the page around it adds to the bar. */
export function PlenaryView({ extra }: { readonly extra?: ComponentChildren }) {
  const plenary = usePlenary();
  useEffect(() => observe(plenary), [plenary]);
  if (plenary.store.status.value.kind === 'outside') return <Outside />;
  if (plenary.store.state.value === null || plenary.store.me.value === null) return <p class="empty" role="status">{t('common.loading')}</p>;
  return <Session extra={extra} />;
}
