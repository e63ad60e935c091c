import { useState } from 'preact/hooks';
import type { Booking, RosterPerson } from '../../../shared/protocol/bookings.ts';
import { DOOR_MS } from '../../../shared/rules/bookings.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { LANGUAGE_NAMES } from '../components/LanguageMenu.tsx';
import { Question } from '../components/Question.tsx';
import { useActions } from '../deps.ts';
import { formatList } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import type { PlainKey } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { answer, cancel, download, editDraft, facts, handOver } from './desk.ts';
import { draftOf } from './draft.ts';
import { roomName } from './names.ts';
import { PeopleSearch } from './PeoplePicker.tsx';
import { eventTimeText, spanText } from './times.ts';

const ANSWERS = { accepted: 'meetings.comes', declined: 'meetings.comesNot' } as const satisfies Record<string, PlainKey>;

function Invited({ booking }: { readonly booking: Booking }) {
  const { people, delegations } = booking;
  if (people.length + delegations.length === 0) return null;
  return (
    <details class="details meeting__people">
      <summary>{t('meetings.details')}</summary>
      <ul class="plain-list">
        {delegations.map((entity) => <li key={entity} class="meeting__person"><Icon name="people" /><bdi>{t('meetings.delegation', { entity })}</bdi></li>)}
        {people.map(({ id, name, answer: said }) => (
          <li key={id} class="meeting__person">
            <Icon name="person" /><bdi>{name}</bdi><span class="field__hint">{t(said === null ? 'meetings.noAnswer' : ANSWERS[said])}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** To whom, and then whether. */
function HandingOver({ booking, onClose }: { readonly booking: Booking; readonly onClose: () => void }) {
  const [to, setTo] = useState<RosterPerson | null>(null);
  if (to !== null) {
    return (
      <Question title={t('meetings.handOverTitle', { subject: booking.subject, name: to.name })} confirm={t('meetings.handOver')} act={() => handOver(booking, to)} onClose={onClose}>
        <p>{t('meetings.handOverText', { name: to.name })}</p>
      </Question>
    );
  }
  return (
    <Dialog title={t('meetings.handOver')} footer={<Button onClick={onClose}>{t('common.cancel')}</Button>} onClose={onClose}>
      <PeopleSearch label={t('meetings.handOverPick')} chosen={[booking.organiser.id]} onPerson={setTo} name={(who) => who} />
    </Dialog>
  );
}

function Changing({ booking }: { readonly booking: Booking }) {
  const [asking, setAsking] = useState<'cancel' | 'handOver' | null>(null);
  const { subject } = booking;
  const close = (): void => { setAsking(null); };
  const label = (key: PlainKey): string => `${t(key)}: ${subject}`;
  return (
    <>
      <Button size="small" icon="pen" label={label('meetings.change')} onClick={() => { editDraft(draftOf(booking)); }}>{t('meetings.change')}</Button>
      <Button size="small" icon="next" label={label('meetings.handOver')} onClick={() => { setAsking('handOver'); }}>{t('meetings.handOver')}</Button>
      <Button size="small" tone="danger" label={label('meetings.cancel')} onClick={() => { setAsking('cancel'); }}>{t('meetings.cancel')}</Button>
      {asking === 'handOver' && <HandingOver booking={booking} onClose={close} />}
      {asking === 'cancel' && (
        <Question danger title={t('meetings.cancelTitle', { subject })} refuse={t('meetings.keep')} confirm={t('meetings.cancel')} act={() => cancel(booking)} onClose={close}>
          <p>{t('meetings.cancelText')}</p>
        </Question>
      )}
    </>
  );
}

function Answering({ booking }: { readonly booking: Booking }) {
  const { subject, answer: said } = booking;
  return (
    <>
      <Button size="small" icon="check" tone={said === null ? 'primary' : 'plain'} pressed={said === 'accepted'} label={`${t('meetings.accept')}: ${subject}`} onClick={() => void answer(booking, 'accepted')}>{t('meetings.accept')}</Button>
      <Button size="small" icon="close" pressed={said === 'declined'} label={`${t('meetings.decline')}: ${subject}`} onClick={() => void answer(booking, 'declined')}>{t('meetings.decline')}</Button>
    </>
  );
}

function Tags({ booking, now }: { readonly booking: Booking; readonly now: number }) {
  const { state, start, end, answer: said, mine } = booking;
  if (state === 'cancelled') return <span class="tag meeting__tag--bad"><Icon name="close" />{t('meetings.cancelled')}</span>;
  return (
    <>
      {start <= now && now < end && <span class="tag tag--here">{t('meetings.now')}</span>}
      {mine === 'invited' && said === 'accepted' && <span class="tag tag--speaking"><Icon name="check" />{t('meetings.accepted')}</span>}
      {mine === 'invited' && said === 'declined' && <span class="tag tag--quiet"><Icon name="close" />{t('meetings.declined')}</span>}
    </>
  );
}

/** One meeting, and what the reader may do about it. `now`: milliseconds since the epoch. */
export function MeetingCard({ booking, now }: { readonly booking: Booking; readonly now: number }) {
  const actions = useActions();
  const { id, subject, languages, room, organiser, mine, state, start, end } = booking;
  const over = state === 'cancelled' || end <= now;
  const open = !over && mine !== 'none' && now >= start - DOOR_MS && store.talk.value?.booking !== id;
  const elsewhere = eventTimeText(booking, facts.value?.zone ?? '');
  return (
    <li class={`meeting ${over ? 'meeting--over' : ''}`}>
      <p class="meeting__time"><span>{spanText(booking)}</span><Tags booking={booking} now={now} /></p>
      <h4 class="meeting__subject"><bdi>{subject}</bdi></h4>
      {elsewhere !== '' && <p class="field__hint">{elsewhere}</p>}
      <p class="meeting__fact"><Icon name="pin" /><span>{roomName(room)}</span></p>
      <p class="meeting__fact"><Icon name="person" /><span>{mine === 'organiser' ? t('meetings.organiserMe') : t('meetings.organiser', { name: organiser.name })}</span></p>
      {languages.length > 0 && <p class="meeting__fact native-names"><Icon name="globe" /><span><span class="visually-hidden">{t('meetings.languages')}: </span>{formatList(languages.map((language) => LANGUAGE_NAMES[language]), shownLanguage.value)}</span></p>}
      <Invited booking={booking} />
      <span class="button-row">
        {open && <Button size="small" tone="primary" icon="jump" label={`${t('meetings.attend')}: ${subject}`} onClick={() => { actions.attend(id); }}>{t('meetings.attend')}</Button>}
        {!over && mine === 'invited' && <Answering booking={booking} />}
        {!over && booking.mayChange && <Changing booking={booking} />}
        {mine !== 'none' && <Button size="small" tone="quiet" icon="calendar" label={`${t('meetings.file')}: ${subject}`} onClick={() => void download(booking)}>{t('meetings.file')}</Button>}
      </span>
    </li>
  );
}
