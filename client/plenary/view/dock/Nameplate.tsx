import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { speaksForState } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Flag } from '../../../ui/components/Identity.tsx';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { Select } from '../../../ui/components/fields.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import { usePress, useSession } from '../context.ts';
import { Flyout } from '../parts/Flyout.tsx';
import { placesOf, plateOf } from '../selectors.ts';
import type { Plate } from '../selectors.ts';
import { ClockLine } from '../stage/Clock.tsx';
import { capacityText } from '../texts.ts';
import { CapacityFields } from './CapacityFields.tsx';
import { MotionMenu } from './MotionMenu.tsx';

type Raisable = Exclude<Plate, 'none'>;

/** What the plate says beside its name. */
function plateText(plate: Raisable, place: number | undefined): string {
  if (plate === 'raised') return t('plenary.plate.place', { place: place ?? 1 });
  return t(`plenary.plate.${plate}`);
}

/** Mine, as on the table of the hall: lying it is down; standing up it asks for the floor. */
function PlateSign({ plate }: { readonly plate: Raisable }) {
  const { state, me } = useSession();
  const place = placesOf(state, me.person)[0]?.place;
  return (
    <div class={`plate plate--${plate}`}>
      <div class="plate__face">
        <span class="plate__name"><Flag country={me.country} /><bdi>{me.entity}</bdi></span>
        <span class="plate__person"><bdi>{me.name}</bdi></span>
      </div>
      <p class="plate__state"><span>{plateText(plate, place)}</span>{plate === 'floor' && state.floor.turn !== null && <ClockLine turn={state.floor.turn} />}</p>
    </div>
  );
}

/** Other names to speak in, and the right of reply. */
function OtherWays() {
  const { state } = useSession();
  const press = usePress();
  const [what, setWhat] = useState<'raise' | 'askReply'>('raise');
  const closed = !state.list.open;
  return (
    <Flyout triggerClass="button button--plain button--normal" trigger={<><span class="button__text">{t('plenary.raise.other')}</span><Icon name="up" /></>} label={t('plenary.raise.other')}>
      {(close) => (
        <div class="stack">
          <div class="segments" role="group" aria-label={t('plenary.raise.what')}>
            <button type="button" class="toggle" aria-pressed={what === 'raise'} disabled={closed} onClick={() => { setWhat('raise'); }}>{t('plenary.raise.statement')}</button>
            <button type="button" class="toggle" aria-pressed={what === 'askReply' || closed} onClick={() => { setWhat('askReply'); }}>{t('plenary.raise.reply')}</button>
          </div>
          <CapacityFields
            legend={t('plenary.raise.capacity')}
            confirm={t(what === 'askReply' || closed ? 'plenary.raise.askReply' : 'plenary.raise.up')}
            onChoose={(as) => {
              close();
              press({ kind: closed ? 'askReply' : what, ...as });
            }}
          />
        </div>
      )}
    </Flyout>
  );
}

function Asked() {
  const { state, me } = useSession();
  const places = placesOf(state, me.person);
  // What the plate itself says already is not said twice.
  if (places.length < 2 && places.every(({ entry }) => entry.kind === 'list' && entry.capacity === 'delegation')) return null;
  return (
    <ul class="asked plain-list">
      {places.map(({ entry, place }) => <li key={entry.id}>{t('plenary.plate.asked', { place, as: entry.kind === 'reply' ? t('plenary.raise.reply') : capacityText(entry, entry.speaker.entity) })}</li>)}
    </ul>
  );
}

function FloorButtons() {
  const { state } = useSession();
  const press = usePress();
  const { turn } = state.floor;
  if (turn === null) return null;
  return (
    <>
      <Button tone="primary" size="large" icon="check" onClick={() => { press({ kind: 'yield' }); }}>{t('plenary.floor.yield')}</Button>
      <Select label={t('plenary.floor.speaking')} value={turn.language} choices={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))} onChange={(language) => { press({ kind: 'speaks', language }); }} />
    </>
  );
}

function RaiseButtons({ raised }: { readonly raised: boolean }) {
  const { state, me } = useSession();
  const press = usePress();
  const { status } = state.meeting;
  const open = status === 'open';
  const closed = !state.list.open;
  return (
    <>
      {raised
        ? <Button size="large" icon="chevron" onClick={() => { press({ kind: 'lower' }); }}>{t('plenary.raise.down')}</Button>
        : <Button tone="primary" size="large" icon="plate" disabled={!open || closed} onClick={() => { press({ kind: 'raise', capacity: 'delegation', onBehalfOf: '' }); }}>{t('plenary.raise.up')}</Button>}
      {open && <OtherWays />}
      {open && speaksForState(state, me) && <MotionMenu />}
      {status !== 'open' && <p class="dock__hint">{t(`plenary.stage.${status}`)}</p>}
      {open && closed && !raised && <p class="dock__hint">{t('reason.LIST_CLOSED')}</p>}
    </>
  );
}

/** Keeps the focus at the plate when the button that had it gives way: on the heading, so that no press that was on its way does something else than was meant. */
function useKeptFocus(plate: Plate) {
  const heading = useRef<HTMLHeadingElement>(null);
  const inside = useRef(false);
  useLayoutEffect(() => { if (inside.current && document.activeElement === document.body) heading.current?.focus({ preventScroll: true }); }, [plate]);
  const events = {
    onFocusIn: () => { inside.current = true; },
    // Without a target the element itself is gone, or nothing else took the focus.
    onFocusOut: ({ relatedTarget, currentTarget }: { readonly relatedTarget: EventTarget | null; readonly currentTarget: HTMLElement }) => {
      if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) inside.current = false;
    },
  };
  return { heading, events };
}

/** My nameplate and what can be done with it. */
export function Nameplate() {
  const { state, me } = useSession();
  const press = usePress();
  const plate = plateOf(state, me);
  const kept = useKeptFocus(plate);
  if (plate === 'none') return null;
  return (
    <section class="nameplate" aria-labelledby="plenary-plate" {...kept.events}>
      <h2 id="plenary-plate" class="visually-hidden" tabIndex={-1} ref={kept.heading}>{t('plenary.plate.title')}</h2>
      <PlateSign plate={plate} />
      <div class="nameplate__deeds">
        {plate === 'floor' && <FloorButtons />}
        {(plate === 'raised' || plate === 'lowered') && <RaiseButtons raised={plate === 'raised'} />}
        {plate === 'passive' && <Button icon="chair" onClick={() => { press({ kind: 'takeSeat' }); }}>{t('plenary.seats.take')}</Button>}
        {plate === 'floor' && speaksForState(state, me) && <MotionMenu />}
        <Asked />
      </div>
    </section>
  );
}
