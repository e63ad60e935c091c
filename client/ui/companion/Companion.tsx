import { peopleHere, store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { GroupTitle } from '../components/GroupTitle.tsx';
import { EntityLine } from '../components/Identity.tsx';
import { useActions } from '../deps.ts';
import { formatList } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';
import { hearersText, sceneText, whereText } from '../names.ts';
import { micState, showPanel } from '../state.ts';
import { allCommands } from '../venue/commands.ts';
import { PeopleList, peopleTitle } from '../venue/PeoplePanel.tsx';
import { SightList } from '../sights/SightList.tsx';
import { sightsOf } from '../sights/texts.ts';
import { PlacesList } from '../venue/PlacesPanel.tsx';

/** Names that are read in one breath; the list of people has all. */
const MOST_NAMES = 5;

/** Where I am, in sentences. */
function whereSentences(): readonly string[] {
  const { place } = store.where.value;
  const sentences = [t('companion.where', { place: whereText() })];
  if (place !== null && sceneText(place) !== whereText()) sentences.push(t('companion.nearPlace', { place: sceneText(place) }));
  if (store.seat.value !== '') sentences.push(t('companion.seated'));
  if (store.walking.value) sentences.push(t('companion.walking'));
  return sentences;
}

function peopleText(): string {
  const count = store.nearby.value.length;
  return count === 0 ? t('people.none') : t('companion.people', { count });
}

function speakersText(): string {
  const names = store.nearby.value.filter((near) => near.speaking && near.heard).map((near) => near.person.name);
  if (names.length === 0) return t('companion.nobodySpeaks');
  return t('companion.speaks', { names: formatList(names.slice(0, MOST_NAMES), shownLanguage.value), count: names.length });
}

/** Where I am, who speaks, who hears me: the state in words, without controls. */
export function Summary() {
  return (
    <ul class="summary">
      <li>{whereSentences().join(' ')}</li>
      <li>{peopleText()}</li>
      <li>{speakersText()}</li>
      <li>{t(`announce.mic.${micState.value}`)}</li>
      <li>{hearersText(store.hearers.value.count)}</li>
    </ul>
  );
}

function Speakers() {
  const speakers = store.nearby.value.filter((near) => near.speaking && near.heard);
  if (speakers.length === 0) return <p class="empty">{t('companion.nobodySpeaks')}</p>;
  return (
    <ul class="plain-list">
      {speakers.map(({ person }) => <li key={person.id} class="line"><bdi>{person.name}</bdi><EntityLine person={person} /></li>)}
    </ul>
  );
}

function freeSeats() {
  const { space } = store.where.value;
  const taken = new Set([...peopleHere.value.values()].map((person) => person.seat));
  return (store.scene.value?.layout.seats ?? []).filter((seat) => seat.space === space && !taken.has(seat.id));
}

function Doing() {
  const actions = useActions();
  const seats = freeSeats().length;
  return (
    <>
      {store.seat.value === '' && <p class="field__hint">{t('companion.seats', { count: seats })}</p>}
      <div class="button-row">
        {allCommands(actions).filter((command) => command.panel === undefined || command.panel === 'chat' || command.panel === 'settings' || command.panel === 'tour' || command.panel === 'meetings' || command.panel === 'sponsors').map((command) => (
          <Button key={command.id} icon={command.icon} tone={command.tone === 'danger' ? 'danger' : 'plain'} onClick={command.run}>{t(command.label)}</Button>
        ))}
        <Button icon="ear" onClick={() => { showPanel('hearers'); }}>{t('hearers.title')}</Button>
      </div>
    </>
  );
}

function Sights({ level }: { readonly level: 2 | 3 }) {
  const layout = store.scene.value?.layout;
  if (layout === undefined || sightsOf(layout).length === 0) return null;
  return <section class="companion__part"><SightList level={level} /></section>;
}

/** The whole venue as a page of text: where I am, who is near, who speaks, and everything that I can do. `level`: of its headings. */
export function Companion({ level }: { readonly level: 2 | 3 }) {
  return (
    <div class="companion">
      <div class="companion__column">
        <section class="companion__part">
          <GroupTitle level={level}>{t('companion.whereTitle')}</GroupTitle>
          <Summary />
        </section>
        <section class="companion__part">
          <GroupTitle level={level}>{t('companion.doTitle')}</GroupTitle>
          <Doing />
        </section>
        <section class="companion__part">
          <GroupTitle level={level}>{t('companion.speakingTitle')}</GroupTitle>
          <Speakers />
        </section>
      </div>
      <div class="companion__column">
        <section class="companion__part">
          <GroupTitle level={level}>{peopleTitle()}</GroupTitle>
          <PeopleList />
        </section>
        <section class="companion__part">
          <GroupTitle level={level}>{t('places.title')}</GroupTitle>
          <PlacesList level={level === 2 ? 3 : 4} />
        </section>
        <Sights level={level} />
      </div>
    </div>
  );
}
