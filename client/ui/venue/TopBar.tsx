import { store } from '../../app/store.ts';
import { IconButton } from '../components/Button.tsx';
import { t } from '../i18n.ts';
import { unanswered } from '../meetings/MeetingParts.tsx';
import type { PlainKey } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { hearersText, sceneText, whereText } from '../names.ts';
import { micState, openPanel, showsTextAlone, togglePanel } from '../state.ts';

function Where() {
  const { place } = store.where.value;
  const where = whereText();
  const near = place === null ? '' : sceneText(place);
  return (
    <button type="button" class="chip chip--where" aria-expanded={openPanel.value === 'places'} onClick={() => { togglePanel('places'); }}>
      <Icon name="pin" />
      <span class="visually-hidden">{t('where.label')}</span>
      <span class="chip__text">{where}</span>
      {near !== '' && near !== where && <span class="chip__detail">{near}</span>}
    </button>
  );
}

/** Worst news first: the connection, then the sound. */
function statusOf(): { readonly key: PlainKey; readonly icon: IconName; readonly tone: 'good' | 'busy' | 'bad' } {
  if (store.connection.value.kind === 'reconnecting') return { key: 'status.reconnecting', icon: 'offline', tone: 'bad' };
  switch (store.media.value) {
    case 'live': return { key: 'status.live', icon: 'online', tone: 'good' };
    case 'connecting': return { key: 'status.soundConnecting', icon: 'refresh', tone: 'busy' };
    case 'reconnecting': return { key: 'status.soundReconnecting', icon: 'refresh', tone: 'busy' };
    case 'failed': return { key: 'status.soundFailed', icon: 'warning', tone: 'bad' };
    case 'off': return { key: 'status.soundOff', icon: 'info', tone: 'busy' };
  }
}

function Status() {
  const status = statusOf();
  return (
    <p class={`chip chip--status chip--${status.tone}`}>
      <span class="dot" aria-hidden="true" />
      <Icon name={status.icon} />
      <span class="chip__text">{t(status.key)}</span>
    </p>
  );
}

/** To how many my voice goes now: always on screen. The names are one press away. */
function HearersPill() {
  const { count } = store.hearers.value;
  const live = micState.value === 'live';
  return (
    <button
      type="button"
      class={`chip chip--hearers ${live && count > 0 ? 'chip--heard' : ''}`}
      aria-expanded={openPanel.value === 'hearers'}
      onClick={() => { togglePanel('hearers'); }}
    >
      <Icon name="ear" />
      <span class="chip__text">{hearersText(count)}</span>
      <span class="chip__short" aria-hidden="true">{count}</span>
    </button>
  );
}

/** For members of the secretariat: their page, in a tab of its own. As our tab's child (`opener`) it gets a copy of the pass that this tab holds. */
function StaffLink() {
  if (store.session.value?.person.role !== 'secretariat') return null;
  const label = t('staff.open');
  return <a class="icon-button icon-button--hud icon-button--staff" href="/staff/" target="_blank" rel="opener" aria-label={label} title={label}><Icon name="desk" /></a>;
}

/** My meetings; a mark where an invitation waits for an answer. */
function MeetingsButton() {
  const waiting = unanswered.value;
  const label = waiting === 0 ? t('meetings.title') : `${t('meetings.title')}: ${t('meetings.unanswered', { count: waiting })}`;
  return (
    <span class={`meetings-button ${waiting === 0 ? '' : 'meetings-button--waiting'}`}>
      <IconButton class="icon-button--hud icon-button--meetings" icon="calendar" label={label} expanded={openPanel.value === 'meetings'} onClick={() => { togglePanel('meetings'); }} />
    </span>
  );
}

/** Who made the event possible; nothing where nobody is named. */
function SponsorsButton() {
  if (store.sponsors.value.length === 0) return null;
  return <IconButton class="icon-button--hud icon-button--sponsors" icon="award" label={t('sponsors.title')} expanded={openPanel.value === 'sponsors'} onClick={() => { togglePanel('sponsors'); }} />;
}

/** Where I am, who can hear me, how the line is. */
export function TopBar() {
  return (
    <header class="top-bar">
      <Where />
      <HearersPill />
      <div class="top-bar__end">
        <Status />
        <StaffLink />
        <MeetingsButton />
        <SponsorsButton />
        {!showsTextAlone.value && <IconButton class="icon-button--hud" icon="text" label={t('text.open')} expanded={openPanel.value === 'text'} onClick={() => { togglePanel('text'); }} />}
        <IconButton class="icon-button--hud" icon="help" label={t('help.title')} expanded={openPanel.value === 'help'} onClick={() => { togglePanel('help'); }} />
      </div>
    </header>
  );
}
