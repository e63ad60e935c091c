import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import { useSession } from './context.ts';
import { RecordingBanner } from './recording/RecordingBanner.tsx';
import { channelText } from './texts.ts';

/** The line is down: what is shown may be old. */
function LineBanner() {
  const { plenary } = useSession();
  const status = plenary.store.status.value;
  if (status.kind !== 'reconnecting') return null;
  return (
    <div class="bar bar--warn" role="status">
      <Icon name="offline" />
      <p>{t('plenary.offline.banner')}</p>
      <Button size="small" icon="refresh" onClick={() => { plenary.reconnectNow(); }}>{t('plenary.offline.now')}</Button>
    </div>
  );
}

/** Browsers play nothing before something was pressed. */
function SoundBanner() {
  const { plenary } = useSession();
  if (!plenary.sound.locked.value) return null;
  return (
    <div class="bar bar--accent">
      <Icon name="volume" />
      <p>{t('plenary.sound.locked')}</p>
      <Button size="small" tone="primary" icon="headphones" onClick={() => { plenary.sound.unlock(); }}>{t('plenary.sound.unlock')}</Button>
    </div>
  );
}

function AlertBanner() {
  const { plenary } = useSession();
  const alert = plenary.store.alert.value;
  if (alert === null) return null;
  return <div class="bar bar--warn"><Icon name="ear" /><p>{t(`plenary.alert.${alert.what}`, { channel: channelText(alert.channel) })}</p></div>;
}

/** What everybody must know now. */
export function Banners() {
  const { state } = useSession();
  const { meeting } = state;
  return (
    <section class="bars" aria-label={t('plenary.notices')}>
      {meeting.closed && <div class="bar bar--private"><Icon name="lock" /><p>{t('plenary.closed.banner')}</p></div>}
      <RecordingBanner />
      {meeting.kind === 'rehearsal' && <div class="bar"><Icon name="info" /><p>{t('plenary.rehearsal.banner')}</p></div>}
      <LineBanner />
      <SoundBanner />
      <AlertBanner />
    </section>
  );
}
