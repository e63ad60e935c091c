import { useState } from 'preact/hooks';
import { TALK_MAX_MEMBERS } from '../../../shared/protocol/vocabulary.ts';
import type { NearbyPerson } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { EntityLine, Portrait } from '../components/Identity.tsx';
import { useActions } from '../deps.ts';
import { formatDistance } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { TalkTags } from './TalkButton.tsx';

/** As many as stand around one. */
const MOST_SHOWN = 12;

function isFree({ person }: NearbyPerson): boolean {
  const mine = store.talk.value;
  return !person.away && (mine === null || (person.talk !== mine.id && !mine.invited.some(({ id }) => id === person.id)));
}

interface ChoiceProps {
  readonly near: NearbyPerson;
  readonly chosen: boolean;
  readonly full: boolean;
  readonly onChange: (on: boolean) => void;
}

function Choice({ near, chosen, full, onChange }: ChoiceProps) {
  const { person } = near;
  return (
    <li>
      <label class="talk-choice">
        <input type="checkbox" class="visually-hidden" checked={chosen} disabled={person.doNotDisturb || (full && !chosen)} onChange={(event) => { onChange(event.currentTarget.checked); }} />
        <span class="talk-choice__box" aria-hidden="true"><Icon name="check" /></span>
        <Portrait key={person.appearance.id} appearance={person.appearance.id} name={person.name} />
        <span class="person__text">
          <span class="person__name"><bdi>{person.name}</bdi></span>
          <EntityLine person={person} />
          <span class="person__state"><TalkTags person={person} /></span>
        </span>
        <span class="field__hint">{formatDistance(near.distance, shownLanguage.value)}</span>
      </label>
    </li>
  );
}

/** Chooses whom to ask, of those who are near. */
export function Inviting() {
  const actions = useActions();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const near = store.nearby.value.filter(isFree).slice(0, MOST_SHOWN);
  const picked = near.filter(({ person }) => chosen.has(person.id)).map(({ person }) => person.id);
  const room = TALK_MAX_MEMBERS - (store.talk.value === null ? 1 : store.talk.value.members.length + store.talk.value.invited.length);
  const choose = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const invite = (): void => {
    actions.inviteToTalk(picked);
    setChosen(new Set());
  };
  return (
    <fieldset class="talk-group talk-choices">
      <legend class="group-title">{t('talk.choose')}</legend>
      {near.length === 0 ? <p class="field__hint">{t('talk.nobodyNear')}</p> : (
        <>
          <ul class="plain-list">
            {near.map((each) => <Choice key={each.person.id} near={each} chosen={chosen.has(each.person.id)} full={picked.length >= room} onChange={(on) => { choose(each.person.id, on); }} />)}
          </ul>
          <p class="field__hint">{t('talk.chooseHint')}</p>
          <Button tone="primary" icon="lock" disabled={picked.length === 0} onClick={invite}>{picked.length === 0 ? t('talk.invite') : t('talk.begin', { count: picked.length })}</Button>
        </>
      )}
    </fieldset>
  );
}
