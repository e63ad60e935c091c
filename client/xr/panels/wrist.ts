import { audienceSign, isPrivate } from './audience.ts';
import { isOpenMicrophone } from './session/mine.ts';
import { button, RADIUS } from './toolkit/controls.ts';
import type { ButtonTone } from './toolkit/controls.ts';
import { bar, column, grid, icon, row, text } from './toolkit/nodes.ts';
import type { Node } from './toolkit/nodes.ts';
import { LEAST_TARGET } from './toolkit/units.ts';
import { openPage } from './state.ts';
import type { Kit, PageName } from './state.ts';

/** In a formal session one speaks with the floor alone: the switch of the venue's microphone would promise something else. */
function sessionMicrophone(kit: Kit): Node {
  const { t } = kit.deps.texts;
  const open = isOpenMicrophone(kit);
  const ink = open ? 'onGood' : 'quiet';
  return row([icon(open ? 'mic' : 'micOff', { tone: ink, pixels: 40 }), text(t(open ? 'plenary.mic.open' : 'plenary.mic.closed'), { weight: 600, tone: ink, grow: 1 })],
    { padding: [12, 18], gap: 16, radius: RADIUS, fill: open ? 'good' : 'raised', minHeight: LEAST_TARGET });
}

function microphone(kit: Kit): Node {
  const { texts: { t }, venue, actions } = kit.deps;
  if (venue.store.attending.value !== null) return sessionMicrophone(kit);
  const state = kit.microphone.state.value;
  const live = state === 'live';
  const run = (): void => {
    if (state === 'off') actions.addMicrophone();
    else actions.setMuted(live);
  };
  const ink = live ? 'onGood' : 'bad';
  const label = t(state === 'off' ? 'mic.add' : live ? 'announce.mic.live' : 'announce.mic.muted');
  const action = state === 'off' ? '' : t(live ? 'command.mute' : 'command.unmute');
  return row([
    icon(live ? 'mic' : 'micOff', { tone: ink, pixels: 40 }),
    column([text(label, { weight: 600, tone: ink }), action !== '' && text(action, { tone: ink })], { gap: 0, grow: 1 }),
    live && bar(kit.microphone.loudness.value, { width: 90, tone: 'onGood', height: 10 }),
  ], { padding: [10, 18], gap: 16, radius: RADIUS, fill: live ? 'good' : 'badSoft', outline: live ? undefined : 'bad', minHeight: 84, press: { id: 'mic', run } });
}

function entry(kit: Kit, page: PageName, name: string, options: { readonly label: string; readonly badge?: number; readonly tone?: ButtonTone }): Node {
  const { label, ...look } = options;
  return button(`page:${page}`, label, () => { openPage(kit, page); }, { icon: name, align: 'start', height: 66, ...look });
}

/** The menu on the back of the hand: for whom I speak, my microphone, and the way to everything else. */
export function wristMenu(kit: Kit): Node {
  const { texts: { t }, venue: { store, chat, offeredSession }, host } = kit.deps;
  const hidden = isPrivate(kit);
  const waiting = (store.talk.value?.knocking.length ?? 0) + store.talkOffers.value.invitations.length;
  const called = store.attending.value !== null || offeredSession.value !== undefined;
  return column([
    audienceSign(kit, 'hearers', () => { openPage(kit, store.talk.value === null ? 'hearers' : 'talk'); }),
    microphone(kit),
    grid(2, [
      entry(kit, 'people', 'people', { label: t('people.title') }),
      entry(kit, 'places', 'pin', { label: t('places.title') }),
      entry(kit, 'talk', 'lock', { label: t('panels.talk'), badge: waiting, tone: store.talk.value === null ? 'plain' : 'private' }),
      entry(kit, 'chat', 'chat', { label: t('chat.title'), badge: chat.totalUnread.value }),
      entry(kit, 'session', 'gavel', { label: t('panels.session'), tone: called ? 'primary' : 'plain' }),
      entry(kit, 'settings', 'sliders', { label: t('settings.title') }),
    ], { gap: 12 }),
    button('leave', t('headset.takeOff'), () => { host.leaveHeadset(); }, { icon: 'headset' }),
  ], { padding: [20, 20], gap: 12, radius: 28, fill: 'surface', outline: hidden ? 'private' : 'outline', outlineWidth: hidden ? 8 : 2 });
}
