import { useId, useState } from 'preact/hooks';
import { announce } from '../announcer.tsx';
import { Button } from '../components/Button.tsx';
import { Question } from '../components/Question.tsx';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { calendarAddress } from './desk.ts';

/** One's meetings in one's own calendar: an address that is asked for when it is wanted. */
export function CalendarFeed() {
  const id = useId();
  const [address, setAddress] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const ask = async (renew: boolean): Promise<void> => {
    const given = await calendarAddress(renew);
    if (given === null) return;
    setAddress(given);
    if (renew) announce(t('meetings.renewed'));
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(address ?? '');
    announce(t('meetings.copied'));
  };
  return (
    <details class="details calendar-feed" onToggle={(event) => { if (event.currentTarget.open && address === null) void ask(false); }}>
      <summary>{t('meetings.calendar')}</summary>
      <div class="stack">
        <p class="field__hint">{t('meetings.calendarText')}</p>
        {address !== null && (
          <>
            <div class="field">
              <label class="field__label" for={id}>{t('meetings.address')}</label>
              <input id={id} class="input" type="text" readOnly dir="ltr" value={address} onFocus={(event) => { event.currentTarget.select(); }} />
            </div>
            <span class="button-row">
              <Button size="small" onClick={() => void copy()}>{t('meetings.copy')}</Button>
              <a class="button button--plain button--small" href={address.replace(/^https?:/, 'webcal:')}><Icon name="calendar" /><span class="button__text">{t('meetings.subscribe')}</span></a>
              <Button size="small" tone="danger" onClick={() => { setAsking(true); }}>{t('meetings.renew')}</Button>
            </span>
          </>
        )}
      </div>
      {asking && (
        <Question danger title={t('meetings.renewTitle')} confirm={t('meetings.renew')} act={() => ask(true)} onClose={() => { setAsking(false); }}>
          <p>{t('meetings.renewText')}</p>
        </Question>
      )}
    </details>
  );
}
