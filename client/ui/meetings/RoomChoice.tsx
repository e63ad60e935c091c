import { useId } from 'preact/hooks';
import type { RoomRef } from '../../../shared/protocol/bookings.ts';
import { isFree } from '../../../shared/rules/bookings.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { DayStrip, useBusy } from './DayStrip.tsx';
import { clash, facts } from './desk.ts';
import { intervalOf } from './draft.ts';
import type { Draft } from './draft.ts';

function isSame(one: RoomRef | null, other: RoomRef | null): boolean {
  return one?.scene === other?.scene && one?.space === other?.space;
}

/** In which room: each with its day, and a virtual one that is always free. */
export function RoomChoice({ draft, onChange }: { readonly draft: Draft; readonly onChange: (room: RoomRef | null) => void }) {
  const name = useId();
  const { day, busyIn } = useBusy(draft.date, clash.value);
  const wished = intervalOf(draft);
  const manyScenes = new Set(facts.value?.rooms.map(({ scene }) => scene)).size > 1;
  return (
    <fieldset class="field room-choice">
      <legend class="field__label">{t('meetings.room')}</legend>
      {(facts.value?.rooms ?? []).map((room, i) => {
        // What is being changed is not in its own way.
        const busy = busyIn(room).filter(({ booking }) => booking === null || booking !== draft.booking?.id);
        const id = `${name}-${i}`;
        const chosen = isSame(room, draft.room);
        return (
          <label key={`${room.scene}/${room.space}`} class="room-option">
            <input type="radio" name={name} checked={chosen} aria-labelledby={`${id}-name`} aria-describedby={`${id}-facts`} onChange={() => { onChange({ scene: room.scene, space: room.space }); }} />
            <span class="room-option__text">
              <span class="room-option__name" id={`${id}-name`}>{room.names[shownLanguage.value]}{manyScenes && `, ${room.sceneNames[shownLanguage.value]}`}</span>
              <span class="room-option__facts" id={`${id}-facts`}>
                <span class="field__hint">{t('meetings.places', { count: room.people })}</span>
                {day !== null && <DayStrip day={day} busy={busy} wished={chosen ? wished : null} />}
                {wished !== null && !isFree(wished, busy) && <span class="tag room-option__taken"><Icon name="warning" />{t('meetings.taken')}</span>}
              </span>
            </span>
          </label>
        );
      })}
      <label class="room-option">
        <input type="radio" name={name} checked={draft.room === null} aria-labelledby={`${name}-virtual`} aria-describedby={`${name}-virtual-hint`} onChange={() => { onChange(null); }} />
        <span class="room-option__text">
          <span class="room-option__name" id={`${name}-virtual`}>{t('meetings.virtual')}</span>
          <span class="field__hint" id={`${name}-virtual-hint`}>{t('meetings.virtualHint')}</span>
        </span>
      </label>
    </fieldset>
  );
}
