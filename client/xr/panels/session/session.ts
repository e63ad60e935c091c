import { button, hint, RADIUS, tabs, tag } from '../toolkit/controls.ts';
import type { Tab } from '../toolkit/controls.ts';
import { column, flow, row, scroll, text } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import type { Kit, SessionTab } from '../state.ts';
import { agendaTab } from './agenda.ts';
import { chairTab, conducts } from './chair.ts';
import { floorTab } from './floor.ts';
import { captionsTab, soundTab } from './hearing.ts';
import { listTab } from './list.ts';
import { mySession } from './mine.ts';
import type { Mine } from './mine.ts';

const TABS: Readonly<Record<SessionTab, (kit: Kit, mine: Mine) => Node>> = { floor: floorTab, list: listTab, sound: soundTab, captions: captionsTab, agenda: agendaTab, chair: chairTab };

/** The sessions of the event, and the way into those that are open. */
function sessionList(kit: Kit): Node {
  const { texts: { t }, venue: { store }, actions } = kit.deps;
  const sessions = store.sessions.value;
  return scroll('sessions', [
    sessions.length === 0 && hint(t('plenary.list.none')),
    ...sessions.map((session) => column([
      row([text(session.title, { weight: 700, own: true, grow: 1 }), tag(t(`plenary.status.${session.status}`), { tone: session.status === 'open' ? 'good' : 'quiet' })], { gap: 14 }),
      session.status !== 'closed' && flow([button(`attend:${session.id}`, t('plenary.hall.here'), () => { actions.attendSession(session, 'hall'); }, { icon: 'chair', tone: 'primary' })]),
    ], { padding: [16, 18], gap: 12, radius: RADIUS, fill: 'raised' })),
  ]);
}

/** A formal session from one's place in the hall; without one, those that there are. */
export function sessionPage(kit: Kit): Node {
  const { state, deps: { texts: { t }, venue } } = kit;
  const attending = venue.store.attending.value;
  if (attending === null) return sessionList(kit);
  const mine = mySession(kit);
  if (mine === null) return column([hint(t(attending.plenary.store.status.value.kind === 'outside' ? 'plenary.outside.text' : 'common.loading'))], { grow: 1 });
  const all: Tab<SessionTab>[] = [
    { value: 'floor', text: t('panels.hall'), icon: 'plate' }, { value: 'list', text: t('plenary.tab.speakers'), icon: 'list', badge: mine.state.list.entries.length }, { value: 'sound', text: t('settings.sound'), icon: 'headphones' },
    { value: 'captions', text: t('plenary.tab.captions'), icon: 'captions' }, { value: 'agenda', text: t('plenary.tab.agenda'), icon: 'document' },
  ];
  if (conducts(mine)) all.push({ value: 'chair', text: t('panels.conduct'), icon: 'gavel', badge: mine.state.motions.length });
  const tab = all.some(({ value }) => value === state.tab.value) ? state.tab.value : 'floor';
  return column([
    tabs('tab', tab, all, (value) => {
      state.item.value = null;
      state.tab.value = value;
    }),
    TABS[tab](kit, mine),
  ], { gap: 16, grow: 1 });
}
