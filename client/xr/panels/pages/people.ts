import type { NearbyPerson } from '../../../app/contracts.ts';
import type { PersonInfo } from '../../../../shared/protocol/people.ts';
import { button, heading, hint, iconButton, personLine, RADIUS, slider, tag } from '../toolkit/controls.ts';
import { column, flow, icon, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import { fieldLine, openField } from '../keyboard/field.ts';
import { ask, openPage, openThread, ROWS } from '../state.ts';
import type { Kit } from '../state.ts';

const SEARCH_FROM = 8;
const NAME_MOST = 60;

export function portraitOf(person: Pick<PersonInfo, 'appearance'>): string {
  return `/avatars/portraits/${person.appearance.id}.webp`;
}

/** Somebody as a line of a list. */
export function personNode({ deps: { texts } }: Kit, person: PersonInfo, options: { readonly marks?: readonly Child[]; readonly end?: Child } = {}): Node {
  const { name, entity, country } = person;
  return personLine({ name, entity, country, portrait: portraitOf(person), initials: texts.initials(name) }, options);
}

/** Whether somebody can be spoken to, and whether they speak. */
function marksOf({ deps: { texts: { t } } }: Kit, person: PersonInfo, near?: NearbyPerson): readonly Child[] {
  return [
    near?.speaking === true && tag(t(near.heard ? 'people.speaking' : 'people.speakingUnheard'), { icon: 'speaking', tone: 'good' }),
    person.away && tag(t('people.away'), { icon: 'offline', tone: 'warn' }),
    near?.speaking !== true && person.mic === 'muted' && tag(t('people.muted'), { icon: 'micOff' }),
    near?.speaking !== true && person.mic === 'off' && tag(t('people.listening'), { icon: 'headphones' }),
    person.talk !== '' && tag(t('talk.inOne'), { icon: 'lock', tone: 'private' }),
    person.doNotDisturb && tag(t('talk.busy'), { icon: 'block' }),
  ];
}

function distance({ deps: { texts } }: Kit, near: NearbyPerson): Node {
  return row([icon('arrow', { turn: ((near.clock % 12) * Math.PI) / 6, tone: 'accent', pixels: 30 }), text(texts.distance(near.distance, texts.language.value), { tone: 'quiet' })], { gap: 8 });
}

function personRow(kit: Kit, near: NearbyPerson): Node {
  const { id } = near.person;
  return column([personNode(kit, near.person, { marks: marksOf(kit, near.person, near), end: distance(kit, near) })], {
    padding: [14, 18], radius: RADIUS, fill: 'raised', outline: near.speaking && near.heard ? 'good' : undefined, outlineWidth: 4,
    press: { id: `person:${id}`, run: () => { showPerson(kit, id); } },
  });
}

export function showPerson(kit: Kit, id: string): void {
  openPage(kit, 'person');
  kit.state.person.value = id;
}

function searchBar(kit: Kit): Node {
  const { state, deps: { texts: { t } } } = kit;
  const open = state.field.value?.id === 'search';
  const title = t('people.search');
  const edit = (): void => {
    openField(kit, { id: 'search', title, text: state.search.peek(), most: NAME_MOST, submit: null, change: (value) => { state.search.value = value; } });
  };
  const words = state.search.value;
  return row([
    open ? fieldLine(kit) : button('search', words === '' ? title : words, edit, { icon: 'search', align: 'start', grow: 1 }),
    words !== '' && iconButton('search:clear', 'close', () => {
      state.search.value = '';
      state.field.value = null;
    }),
  ], { gap: 12 });
}

function blockedPeople(kit: Kit): readonly Child[] {
  const { texts, venue, actions } = kit.deps;
  const blocked = [...venue.store.blocked.value];
  if (blocked.length === 0) return [];
  return [
    heading(texts.t('people.blockedTitle', { count: blocked.length })),
    hint(texts.t('people.blockedHint')),
    ...blocked.map((id) => row([text(texts.person(id), { own: true, grow: 1 }), button(`unblock:${id}`, texts.t('people.unblock'), () => { actions.setBlocked(id, false); })], { gap: 12 })),
  ];
}

/** Those in other scenes, and a way to them. */
function elsewhere(kit: Kit): readonly Child[] {
  const { texts, venue: { store } } = kit.deps;
  const people = [...store.people.value.values()].filter(({ id, scene }) => scene !== store.here.value && id !== store.myId.value).slice(0, kit.state.shown.value);
  if (people.length === 0) return [];
  return [
    heading(texts.t('scenes.elsewhere')),
    ...people.map((person) => column([personNode(kit, person, { marks: [tag(texts.scene(person.scene), { icon: 'globe' }), ...marksOf(kit, person)] })], {
      padding: [14, 18], radius: RADIUS, fill: 'raised', press: { id: `person:${person.id}`, run: () => { showPerson(kit, person.id); } },
    })),
  ];
}

/** Everybody in the scene, the nearest first. */
export function peoplePage(kit: Kit): Node {
  const { state, deps: { texts: { t }, venue } } = kit;
  const near = venue.store.nearby.value;
  const found = venue.matching(near, state.search.value);
  const shown = found.slice(0, state.shown.value);
  const rest = found.length - shown.length;
  return column([
    near.length > SEARCH_FROM && searchBar(kit),
    scroll('people', [
      near.length === 0 && hint(t('people.none')),
      near.length > 0 && found.length === 0 && hint(t('people.noMatch')),
      ...shown.map((each) => personRow(kit, each)),
      rest > 0 && button('people:more', t('people.more', { count: rest }), () => { state.shown.value += ROWS; }),
      ...elsewhere(kit),
      ...blockedPeople(kit),
    ]),
  ], { gap: 16, grow: 1 });
}

/** What can be done about private talks with somebody: as the page outside offers it. */
function talkDeed(kit: Kit, person: PersonInfo): Child {
  const { texts: { t }, venue: { store }, actions } = kit.deps;
  const mine = store.talk.value;
  const { id, talk } = person;
  if (mine !== null && talk === mine.id) return null;
  if (mine === null && talk === '*') return null;
  if (mine === null && talk !== '') return button(`knock:${id}`, t('talk.knock'), () => { actions.knock(talk); }, { icon: 'lock' });
  if (person.doNotDisturb || person.away || mine?.invited.some((each) => each.id === id) === true) return null;
  return button(`invite:${id}`, t(mine === null ? 'talk.invite' : 'talk.inviteInto'), () => { actions.inviteToTalk([id]); }, { icon: 'lock', tone: 'private' });
}

function whisperDeed(kit: Kit, id: string): Child {
  const { texts: { t }, venue, actions } = kit.deps;
  const on = venue.store.whisper.value.to === id;
  if (!on && !venue.canWhisperTo(id)) return null;
  return button(`whisper:${id}`, t(on ? 'talk.whisperStop' : 'talk.whisper'), () => { actions.whisper(on ? null : id); }, { icon: 'whisper', tone: on ? 'private' : 'plain' });
}

function block(kit: Kit, { id, name }: PersonInfo): void {
  const { texts: { t }, actions, venue } = kit.deps;
  ask(kit, {
    title: t('people.blockTitle', { name }), text: t('people.blockText'), confirm: t('people.block'), danger: true,
    act: () => {
      actions.setBlocked(id, true);
      venue.toasts.raise({ key: 'people.blockedNow', values: { name }, tone: 'info', action: { label: 'common.undo', run: () => { actions.setBlocked(id, false); } } });
      openPage(kit, 'people');
    },
  });
}

/** Loudness is kept by the app, which raises no signal for it: what is shown follows what was drawn here. */
function volume(kit: Kit, { id, name }: PersonInfo): Node {
  const { texts, actions } = kit.deps;
  const now = kit.state.volume.value?.person === id ? kit.state.volume.value.volume : actions.volumeOf(id);
  return slider('volume', texts.t('people.volume', { name }), now / 2, {
    value: texts.percent(now, texts.language.value),
    change: (fraction) => {
      const next = Math.round(fraction * 40) / 20;
      if (next === kit.state.volume.peek()?.volume) return;
      kit.state.volume.value = { person: id, volume: next };
      actions.setVolume(id, next);
    },
  });
}

/** One person, and everything that one can do about them. */
export function personPage(kit: Kit): Node {
  const { texts: { t }, venue: { store }, actions } = kit.deps;
  const person = store.people.value.get(kit.state.person.value);
  if (person === undefined) return column([hint(t('chat.gone')), button('people', t('people.title'), () => { openPage(kit, 'people'); }, { icon: 'people' })], { grow: 1 });
  const { id } = person;
  const near = store.nearby.value.find((each) => each.person.id === id);
  const jumps = person.talk !== '*' || store.talk.value?.members.some((member) => member.id === id) === true;
  return column([
    column([personNode(kit, person, { marks: marksOf(kit, person, near), end: near !== undefined && distance(kit, near) })], { padding: [16, 18], radius: RADIUS, fill: 'raised' }),
    scroll('person', [
      flow([
        near !== undefined && button(`walk:${id}`, t('action.walk'), () => { actions.walkToPerson(id); }, { icon: 'walk' }),
        jumps && button(`jump:${id}`, t('action.jump'), () => { actions.jumpToPerson(id); }, { icon: 'jump' }),
        talkDeed(kit, person),
        whisperDeed(kit, id),
        button(`message:${id}`, t('action.message'), () => { openThread(kit, id); }, { icon: 'chat' }),
      ], { gap: 14, stretch: true }),
      near !== undefined && volume(kit, person),
      flow([button(`block:${id}`, t('people.block'), () => { block(kit, person); }, { icon: 'block', tone: 'danger' })]),
    ], { gap: 20 }),
  ], { gap: 20, grow: 1 });
}
