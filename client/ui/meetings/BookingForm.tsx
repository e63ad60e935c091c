import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { BookingClash } from '../../../shared/protocol/bookings.ts';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import { BOOKING_LIMITS } from '../../../shared/rules/bookings.ts';
import { LANGUAGE_NAMES } from '../components/LanguageMenu.tsx';
import { Button } from '../components/Button.tsx';
import { Select } from '../components/fields.tsx';
import { t } from '../i18n.ts';
import { clash, editDraft, endDraft, facts, submit, working } from './desk.ts';
import { LENGTHS, fieldsOf, intervalOf, movedTo, startOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { roomName } from './names.ts';
import { PeoplePicker } from './PeoplePicker.tsx';
import { RoomChoice } from './RoomChoice.tsx';
import { clockText, dayAndSpanText, eventTimeText, lengthText, ownZone, zoneText } from './times.ts';

interface PartProps {
  readonly draft: Draft;
}

function Subject({ draft }: PartProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field__label" for={id}>{t('meetings.subject')}</label>
      <input id={id} class="input" type="text" required maxLength={BOOKING_LIMITS.subject} dir="auto" autocomplete="off" value={draft.subject} onInput={(event) => { editDraft({ ...draft, subject: event.currentTarget.value }); }} />
    </div>
  );
}

function WhenHints({ draft }: PartProps) {
  const start = startOf(draft);
  const interval = intervalOf(draft);
  const now = Date.now();
  const elsewhere = interval === null ? '' : eventTimeText(interval, facts.value?.zone ?? '');
  return (
    <>
      <p class="field__hint">{t('meetings.zone', { zone: zoneText(ownZone(), interval?.start ?? now) })}</p>
      {elsewhere !== '' && <p class="field__hint">{elsewhere}</p>}
      {start?.kind === 'skipped' && <p class="field__hint" role="status">{t('meetings.skipped', { time: clockText(start.instant) })}</p>}
      {start?.kind === 'twice' && <p class="field__hint" role="status">{t('meetings.twice')}</p>}
    </>
  );
}

function When({ draft }: PartProps) {
  const id = useId();
  const lengths = LENGTHS.includes(draft.minutes as (typeof LENGTHS)[number]) ? LENGTHS : [...LENGTHS, draft.minutes].sort((a, b) => a - b);
  return (
    <div class="when">
      <div class="field">
        <label class="field__label" for={`${id}-day`}>{t('meetings.day')}</label>
        <input id={`${id}-day`} class="input" type="date" required value={draft.date} onInput={(event) => { editDraft({ ...draft, date: event.currentTarget.value }); }} />
      </div>
      <div class="field">
        <label class="field__label" for={`${id}-start`}>{t('meetings.start')}</label>
        <input id={`${id}-start`} class="input" type="time" step={300} required value={draft.time} onInput={(event) => { editDraft({ ...draft, time: event.currentTarget.value }); }} />
      </div>
      <Select label={t('meetings.length')} value={String(draft.minutes)} choices={lengths.map((minutes) => ({ value: String(minutes), text: lengthText(minutes) }))} onChange={(minutes) => { editDraft({ ...draft, minutes: Number(minutes) }); }} />
    </div>
  );
}

function Languages({ draft }: PartProps) {
  return (
    <fieldset class="field">
      <legend class="field__label">{t('meetings.languages')}</legend>
      <div class="checks native-names">
        {LANGUAGES.map((language) => (
          <label key={language} class="check">
            <input
              type="checkbox" checked={draft.languages.includes(language)}
              onChange={(event) => { editDraft({ ...draft, languages: LANGUAGES.filter((other) => (other === language ? event.currentTarget.checked : draft.languages.includes(other))) }); }}
            />
            <span lang={language}>{LANGUAGE_NAMES[language]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What is free instead; pressing one takes it. */
function Instead({ found, draft, onTaken }: { readonly found: BookingClash; readonly draft: Draft; readonly onTaken: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const take = (changed: Draft): void => {
    editDraft(changed);
    onTaken();
  };
  useLayoutEffect(() => { box.current?.focus(); }, [found]);
  const rooms = [...found.rooms, null];
  return (
    <div class="clash" role="alert" tabIndex={-1} ref={box}>
      <p class="clash__title">{t('reason.BOOKING_CLASH')}</p>
      {found.free.length > 0 && (
        <>
          <p class="field__label">{t('meetings.clash')}</p>
          <span class="button-row">
            {found.free.map((offer) => (
              <Button key={offer.start} size="small" label={t('meetings.take', { time: dayAndSpanText(offer) })} onClick={() => { take(movedTo(draft, offer.start)); }}>{dayAndSpanText(offer)}</Button>
            ))}
          </span>
        </>
      )}
      <p class="field__label">{t('meetings.otherRooms')}</p>
      <span class="button-row">
        {rooms.map((room) => (
          <Button key={room?.space ?? ''} size="small" onClick={() => { take({ ...draft, room }); }}>{roomName(room)}</Button>
        ))}
      </span>
    </div>
  );
}

/** Booking a meeting, or changing one. */
export function BookingForm({ draft }: PartProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => { heading.current?.focus(); }, []);
  const form = useRef<HTMLFormElement>(null);
  const change = draft.booking !== null;
  return (
    <form class="stack booking-form" ref={form} onSubmit={(event) => { event.preventDefault(); void submit(draft); }}>
      <Button tone="quiet" size="small" icon="back" onClick={endDraft}>{t('meetings.back')}</Button>
      <h3 class="group-title" tabIndex={-1} ref={heading}>{t(change ? 'meetings.changeTitle' : 'meetings.book')}</h3>
      <Subject draft={draft} />
      <When draft={draft} />
      <WhenHints draft={draft} />
      <RoomChoice draft={draft} onChange={(room) => { editDraft({ ...draft, room }); }} />
      <PeoplePicker people={draft.people} delegations={draft.delegations} onChange={(people, delegations) => { editDraft({ ...draft, people, delegations }); }} />
      <Languages draft={draft} />
      {clash.value !== null && <Instead found={clash.value} draft={draft} onTaken={() => { form.current?.querySelector<HTMLElement>('button[type=submit]')?.focus(); }} />}
      <Button submit tone="primary" size="large" icon="check" busy={working.value} disabled={working.value || fieldsOf(draft) === null}>{t(change ? 'meetings.save' : 'meetings.book')}</Button>
    </form>
  );
}
