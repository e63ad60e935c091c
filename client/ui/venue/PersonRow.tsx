import { useId, useState } from 'preact/hooks';
import type { NearbyPerson } from '../../app/contracts.ts';
import { tour } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Question } from '../components/Question.tsx';
import { Slider } from '../components/fields.tsx';
import { EntityLine, Portrait } from '../components/Identity.tsx';
import { useActions } from '../deps.ts';
import { formatDistance, formatPercent } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { TalkButton, TalkTags } from '../talks/TalkButton.tsx';
import { WhisperButton } from '../talks/WhisperButton.tsx';
import { showThread, unfoldedPerson } from '../state.ts';
import { raiseToast } from '../toasts.ts';

/** "4 m, at 2 o'clock". */
export function positionText(near: Pick<NearbyPerson, 'distance' | 'clock'>): string {
  return t('people.position', { distance: formatDistance(near.distance, shownLanguage.value), clock: near.clock });
}

/** An arrow in the direction of somebody, relative to the look: up is ahead. */
export function Direction({ clock }: { readonly clock: number }) {
  return (
    <svg class="direction" viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ '--turn': `${(clock % 12) * 30}deg` }}>
      <path d="M8 2.2L12.4 13 8 10.6 3.6 13z" />
    </svg>
  );
}

function VoiceState({ near }: { readonly near: NearbyPerson }) {
  if (near.speaking) return <span class="tag tag--speaking"><Icon name="speaking" />{near.heard ? t('people.speaking') : t('people.speakingUnheard')}</span>;
  if (near.person.away) return <span class="tag">{t('people.away')}</span>;
  if (near.person.mic === 'off') return <span class="tag tag--quiet"><Icon name="headphones" />{t('people.listening')}</span>;
  if (near.person.mic === 'muted') return <span class="tag tag--quiet"><Icon name="micOff" />{t('people.muted')}</span>;
  return null;
}

function BlockButton({ id, name }: { readonly id: string; readonly name: string }) {
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  const block = (): void => {
    unfoldedPerson.value = null;
    actions.setBlocked(id, true);
    raiseToast({ key: 'people.blockedNow', values: { name }, tone: 'info', action: { label: 'common.undo', run: () => { actions.setBlocked(id, false); } } });
  };
  return (
    <>
      <Button size="small" tone="danger" icon="block" onClick={() => { setAsking(true); }}>{t('people.block')}</Button>
      {asking && (
        <Question danger title={t('people.blockTitle', { name })} confirm={t('people.block')} act={block} onClose={() => { setAsking(false); }}>
          <p>{t('people.blockText')}</p>
        </Question>
      )}
    </>
  );
}

function Volume({ id, name }: { readonly id: string; readonly name: string }) {
  const actions = useActions();
  const [volume, setVolume] = useState(() => actions.volumeOf(id));
  return (
    <Slider
      label={t('people.volume', { name })}
      value={volume}
      max={2}
      valueText={formatPercent(volume, shownLanguage.value)}
      onInput={(next) => {
        setVolume(next);
        actions.setVolume(id, next);
      }}
    />
  );
}

/** With a guide: come along. For a guide: ask somebody to. */
function TourButton({ person }: Pick<NearbyPerson, 'person'>) {
  const actions = useActions();
  const now = tour.value;
  const mine = now?.mine === true;
  if (mine && person.guide !== now.guide) return <Button size="small" icon="tour" onClick={() => { actions.inviteOnTour(person.id); }}>{t('tour.invite')}</Button>;
  if (!mine && person.guide === person.id && now?.guide !== person.id) return <Button size="small" icon="tour" onClick={() => { actions.joinTour(person.id); }}>{t('tour.join')}</Button>;
  return null;
}

function PersonActions({ near }: { readonly near: NearbyPerson }) {
  const actions = useActions();
  const { id, name } = near.person;
  return (
    <div class="person__actions">
      <div class="button-row">
        <Button size="small" icon="walk" onClick={() => { actions.walkToPerson(id); }}>{t('action.walk')}</Button>
        <Button size="small" icon="jump" onClick={() => { actions.jumpToPerson(id); }}>{t('action.jump')}</Button>
        <Button size="small" icon="chat" onClick={() => { showThread(id); }}>{t('action.message')}</Button>
        <TalkButton person={near.person} />
        <WhisperButton id={id} />
        <TourButton person={near.person} />
        <BlockButton id={id} name={name} />
      </div>
      <Volume id={id} name={name} />
    </div>
  );
}

/** A person in the list; pressing the row unfolds what one can do. */
export function PersonRow({ near }: { readonly near: NearbyPerson }) {
  const id = useId();
  const { person } = near;
  const unfolded = unfoldedPerson.value === person.id;
  return (
    <li class={`person ${near.speaking && near.heard ? 'person--speaking' : ''}`}>
      <button
        type="button"
        class="person__row"
        aria-expanded={unfolded}
        aria-controls={unfolded ? id : undefined}
        onClick={() => { unfoldedPerson.value = unfolded ? null : person.id; }}
      >
        <Portrait key={person.appearance.id} appearance={person.appearance.id} name={person.name} />
        <span class="person__text">
          <span class="person__name"><bdi>{person.name}</bdi></span>
          <EntityLine person={person} />
          <span class="person__state"><VoiceState near={near} /><TalkTags person={person} />{person.guide === person.id && <span class="tag"><Icon name="tour" />{t('tour.guides')}</span>}</span>
        </span>
        <span class="person__position">
          <Direction clock={near.clock} />
          <span aria-hidden="true">{formatDistance(near.distance, shownLanguage.value)}</span>
          <span class="visually-hidden">{positionText(near)}</span>
        </span>
        <Icon name="chevron" class="person__chevron" />
      </button>
      {unfolded && <div id={id}><PersonActions near={near} /></div>}
    </li>
  );
}
