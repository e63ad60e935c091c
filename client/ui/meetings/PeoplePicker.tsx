import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FoundPeople, RosterPerson } from '../../../shared/protocol/bookings.ts';
import { announce } from '../announcer.tsx';
import { IconButton } from '../components/Button.tsx';
import { EntityLine, Flag } from '../components/Identity.tsx';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { findPeople } from './desk.ts';

/** People type faster than it makes sense to ask. */
const PAUSE_MS = 250;
const SHORTEST = 2;

/** What was found for the words, some time after they were typed. */
function useFound(words: string): FoundPeople | null {
  const [found, setFound] = useState<FoundPeople | null>(null);
  useEffect(() => {
    if (words.trim().length < SHORTEST) {
      setFound(null);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      void findPeople(words.trim()).then((answer) => {
        if (!current || answer === null) return;
        setFound(answer);
        const count = answer.people.length + answer.delegations.length;
        announce(count === 0 ? t('meetings.nobody') : t('meetings.found', { count }));
      });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words]);
  return found;
}

interface SearchProps {
  readonly label: string;
  /** Those who are chosen already, and are not offered. */
  readonly chosen: readonly string[];
  readonly onPerson: (person: RosterPerson) => void;
  /** Absent: people only. */
  readonly onDelegation?: (entity: string) => void;
  /** What a result's button says. */
  readonly name: (who: string) => string;
}

/** A search field and what it finds, as buttons. */
export function PeopleSearch({ label, chosen, onPerson, onDelegation, name }: SearchProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const found = useFound(words);
  const people = found?.people.filter((person) => !chosen.includes(person.id)) ?? [];
  const delegations = onDelegation === undefined ? [] : (found?.delegations.filter(({ entity }) => !chosen.includes(entity)) ?? []);
  const input = useRef<HTMLInputElement>(null);
  // What was pressed is offered no more: the search goes on where it was.
  const choose = (act: () => void): void => {
    act();
    input.current?.focus();
  };
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      <span class="search">
        <Icon name="search" />
        <input ref={input} id={id} class="search__input" type="search" value={words} autocomplete="off" aria-describedby={`${id}-hint`} onInput={(event) => { setWords(event.currentTarget.value); }} onKeyDown={(event) => { if (event.key === 'Enter') event.preventDefault(); }} />
      </span>
      <p id={`${id}-hint`} class="field__hint">{found !== null && people.length + delegations.length === 0 ? t('meetings.nobody') : t('meetings.searchHint')}</p>
      {people.length + delegations.length > 0 && (
        <ul class="plain-list found">
          {delegations.map(({ entity, country, people: count }) => (
            <li key={entity}>
              <button type="button" class="found__one" aria-label={name(t('meetings.delegation', { entity }))} onClick={() => { choose(() => { onDelegation?.(entity); }); }}>
                <Icon name="people" /><span class="found__text"><span class="entity-line"><Flag country={country} /><bdi>{t('meetings.delegation', { entity })}</bdi></span><span class="field__hint">{t('meetings.members', { count })}</span></span><Icon name="plus" />
              </button>
            </li>
          ))}
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" class="found__one" aria-label={name(person.name)} onClick={() => { choose(() => { onPerson(person); }); }}>
                <Icon name="person" /><span class="found__text"><bdi>{person.name}</bdi><span class="field__hint"><EntityLine person={person} /></span></span><Icon name="plus" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface PickerProps {
  readonly people: readonly RosterPerson[];
  readonly delegations: readonly string[];
  readonly onChange: (people: readonly RosterPerson[], delegations: readonly string[]) => void;
}

/** Who is invited: people by name, and whole delegations. */
export function PeoplePicker({ people, delegations, onChange }: PickerProps) {
  const root = useRef<HTMLFieldSetElement>(null);
  const change: PickerProps['onChange'] = (...now) => {
    onChange(...now);
    root.current?.querySelector<HTMLInputElement>('input')?.focus();
  };
  return (
    <fieldset class="field picker" ref={root}>
      <legend class="field__label">{t('meetings.people')}</legend>
      {people.length + delegations.length === 0 && <p class="field__hint">{t('meetings.noneInvited')}</p>}
      <ul class="plain-list picker__chosen">
        {delegations.map((entity) => (
          <li key={entity} class="picker__one">
            <Icon name="people" /><bdi>{t('meetings.delegation', { entity })}</bdi>
            <IconButton icon="close" label={t('meetings.remove', { name: t('meetings.delegation', { entity }) })} onClick={() => { change(people, delegations.filter((other) => other !== entity)); }} />
          </li>
        ))}
        {people.map((person) => (
          <li key={person.id} class="picker__one">
            <Icon name="person" /><bdi>{person.name}</bdi>
            <IconButton icon="close" label={t('meetings.remove', { name: person.name })} onClick={() => { change(people.filter((other) => other.id !== person.id), delegations); }} />
          </li>
        ))}
      </ul>
      <PeopleSearch
        label={t('meetings.search')} chosen={[...people.map(({ id }) => id), ...delegations]} name={(who) => t('meetings.invite', { name: who })}
        onPerson={(person) => { onChange([...people, person], delegations); }} onDelegation={(entity) => { onChange(people, [...delegations, entity]); }}
      />
    </fieldset>
  );
}
