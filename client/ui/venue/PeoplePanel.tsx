import { useMemo, useRef, useState } from 'preact/hooks';
import type { NearbyPerson } from '../../app/contracts.ts';
import { NAMELESS_TALK } from '../../../shared/protocol/vocabulary.ts';
import { peopleHere, store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { personName, sceneName } from '../names.ts';
import { EntityLine } from '../components/Identity.tsx';
import { showPanel, showThread } from '../state.ts';
import { TalkTags } from '../talks/TalkButton.tsx';
import { Panel } from './Panel.tsx';
import { PersonRow } from './PersonRow.tsx';

/** Rows at first and with every "show more": a list of 300 that changes twice a second would starve small devices. */
const PAGE = 30;

/** New order and figures, but nobody jumps away under a pointer or the keyboard focus: known people keep their place. */
export function keepOrder(people: readonly NearbyPerson[], order: readonly string[]): readonly NearbyPerson[] {
  const rank = new Map(order.map((id, index) => [id, index]));
  return [...people].sort((a, b) => (rank.get(a.person.id) ?? Infinity) - (rank.get(b.person.id) ?? Infinity) || a.distance - b.distance);
}

/** Those whose name or entity contains the words, without regard to case and accents. */
export function matching(people: readonly NearbyPerson[], query: string): readonly NearbyPerson[] {
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
  const wanted = plain(query.trim());
  return wanted === '' ? people : people.filter(({ person }) => plain(`${person.name} ${person.entity}`).includes(wanted));
}

function Search({ value, onInput }: { readonly value: string; readonly onInput: (value: string) => void }) {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        class="search__input"
        type="search"
        value={value}
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        onInput={(event) => { onInput(event.currentTarget.value); }}
      />
    </div>
  );
}

function Blocked() {
  const actions = useActions();
  const blocked = [...store.blocked.value];
  if (blocked.length === 0) return null;
  return (
    <details class="details">
      <summary>{t('people.blockedTitle', { count: blocked.length })}</summary>
      <p class="field__hint">{t('people.blockedHint')}</p>
      <ul class="plain-list">
        {blocked.map((id) => (
          <li key={id} class="line">
            <bdi>{personName(id)}</bdi>
            <Button size="small" label={t('people.unblockName', { name: personName(id) })} onClick={() => { actions.setBlocked(id, false); }}>{t('people.unblock')}</Button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Those in other scenes: where they are, and a way to them. */
function Elsewhere() {
  const actions = useActions();
  const [shown, setShown] = useState(PAGE);
  const people = [...store.people.value.values()].filter(({ id }) => !peopleHere.value.has(id));
  if (people.length === 0) return null;
  return (
    <details class="details">
      <summary>{t('scenes.elsewhere')}</summary>
      <ul class="plain-list">
        {people.slice(0, shown).map((person) => (
          <li key={person.id} class="line line--elsewhere">
            <span class="person__text">
              <span class="person__name"><bdi>{person.name}</bdi></span>
              <EntityLine person={person} />
              <span class="field__hint">{sceneName(person.scene)}</span>
              <TalkTags person={person} />
            </span>
            <span class="button-row">
              <Button size="small" icon="chat" label={`${t('action.message')}: ${person.name}`} onClick={() => { showThread(person.id); }}>{t('action.message')}</Button>
              {person.talk !== NAMELESS_TALK && <Button size="small" icon="jump" label={t('action.jumpTo', { name: person.name })} onClick={() => { actions.jumpToPerson(person.id); }}>{t('action.jump')}</Button>}
            </span>
          </li>
        ))}
      </ul>
      {people.length > shown && <Button tone="quiet" onClick={() => { setShown(shown + PAGE); }}>{t('people.more', { count: people.length - shown })}</Button>}
    </details>
  );
}

/** People in the same scene, the nearest first, with everything that one can do about each. */
export function PeopleList() {
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState(PAGE);
  const [held, setHeld] = useState(false);
  const order = useRef<readonly string[]>([]);
  const nearby = store.nearby.value;
  const people = useMemo(() => {
    const sorted = keepOrder(nearby, held ? order.current : []);
    order.current = sorted.map(({ person }) => person.id);
    return matching(sorted, query);
  }, [nearby, held, query]);
  return (
    <>
      {nearby.length > 8 && <Search value={query} onInput={setQuery} />}
      {nearby.length === 0 && <p class="empty">{t('people.none')}</p>}
      {nearby.length > 0 && people.length === 0 && <p class="empty" role="status">{t('people.noMatch')}</p>}
      <ul
        class="people"
        onPointerEnter={() => { setHeld(true); }}
        onPointerLeave={() => { setHeld(false); }}
        onFocusIn={() => { setHeld(true); }}
        onFocusOut={() => { setHeld(false); }}
      >
        {people.slice(0, shown).map((near) => <PersonRow key={near.person.id} near={near} />)}
      </ul>
      {people.length > shown && <Button tone="quiet" onClick={() => { setShown(shown + PAGE); }}>{t('people.more', { count: people.length - shown })}</Button>}
      <Elsewhere />
      <Blocked />
    </>
  );
}

/** How many there are, or just what the list is while it is empty. */
export function peopleTitle(): string {
  const count = store.nearby.value.length;
  return count === 0 ? t('people.title') : t('people.panelTitle', { count });
}

export function PeoplePanel() {
  return (
    <Panel name="people" title={peopleTitle()}>
      <span class="button-row">
        <Button icon="lock" onClick={() => { showPanel('talk'); }}>{t('talk.title')}</Button>
        <Button icon="calendar" onClick={() => { showPanel('meetings'); }}>{t('meetings.title')}</Button>
        <Button icon="tour" onClick={() => { showPanel('tour'); }}>{t('tour.title')}</Button>
      </span>
      <PeopleList />
    </Panel>
  );
}
