import { store, tour } from '../../app/store.ts';
import type { VenueActions } from '../../app/contracts.ts';
import { settings } from '../../app/settings.ts';
import type { PlainKey, PluralKey } from '../i18n.ts';
import type { IconName } from '../icons.tsx';
import { unanswered } from '../meetings/MeetingParts.tsx';
import { totalUnread } from './threads.ts';
import { confirmingLeave, micState, openPanel, showsTextAlone, togglePanel } from '../state.ts';
import type { PanelName } from '../state.ts';

/** One thing a person can do, offered alike in the bar, in the menu of narrow screens, by a key and in the text view. */
export interface Command {
  readonly id: string;
  /** Says what pressing does now: "Mute" while live, "Unmute" while muted. */
  readonly label: PlainKey;
  readonly icon: IconName;
  /** Single key, lower case, or none. */
  readonly key?: string;
  readonly tone?: 'on' | 'off' | 'danger';
  readonly panel?: PanelName;
  readonly badge?: number;
  /** What the badge counts, if not messages. */
  readonly badgeText?: PluralKey;
  readonly run: () => void;
}

function microphone(actions: VenueActions): Command {
  const state = micState.value;
  const base = { id: 'mic', key: 'm' } as const;
  if (state === 'off') return { ...base, label: 'command.addMicrophone', icon: 'micOff', tone: 'off', run: () => { actions.addMicrophone(); } };
  if (state === 'muted') return { ...base, label: 'command.unmute', icon: 'micOff', tone: 'off', run: () => { actions.setMuted(false); } };
  return { ...base, label: 'command.mute', icon: 'mic', tone: 'on', run: () => { actions.setMuted(true); } };
}

function deafen(actions: VenueActions): Command {
  const on = store.deafened.value;
  return {
    id: 'deafen', key: 'k', label: on ? 'command.undeafen' : 'command.deafen', icon: on ? 'headphonesOff' : 'headphones',
    ...(on ? { tone: 'off' } : {}), run: () => { actions.setDeafened(!on); },
  };
}

function hand(actions: VenueActions): Command {
  const raised = store.gesture.value === 'raiseHand';
  return {
    id: 'hand', key: 'h', label: raised ? 'command.lowerHand' : 'command.raiseHand', icon: 'hand', ...(raised ? { tone: 'on' } : {}),
    run: () => { actions.gesture(raised ? 'none' : 'raiseHand'); },
  };
}

function seat(actions: VenueActions): Command {
  return store.seat.value === ''
    ? { id: 'seat', key: 'x', label: 'command.sit', icon: 'chair', run: () => { actions.sitNearby(); } }
    : { id: 'seat', key: 'x', label: 'command.stand', icon: 'person', run: () => { actions.stand(); } };
}

function panel(name: PanelName, label: PlainKey, icon: IconName, key?: string): Command {
  const open = openPanel.value === name;
  return { id: name, label, icon, ...(key === undefined ? {} : { key }), panel: name, ...(open ? { tone: 'on' } : {}), run: () => { togglePanel(name); } };
}

/** Into the headset and out of it, where there is one and something to see. */
function headset(actions: VenueActions): readonly Command[] {
  const { kind } = store.headset.value;
  if (kind === 'worn') return [{ id: 'headset', icon: 'headset', label: 'headset.takeOff', tone: 'on', run: () => { actions.takeOffHeadset(); } }];
  if (kind !== 'ready' || store.world.value.kind !== 'ready') return [];
  return [{ id: 'headset', icon: 'headset', label: 'headset.putOn', run: () => { actions.putOnHeadset(); } }];
}

export interface Commands {
  readonly voice: readonly Command[];
  readonly body: readonly Command[];
  readonly gestures: readonly Command[];
  readonly panels: readonly Command[];
  readonly end: readonly Command[];
  /** By key only (and in the settings). */
  readonly more: readonly Command[];
}

/** Along with the guide or not; for a guide, what clicks in the view do. */
function touring(actions: VenueActions): readonly Command[] {
  const now = tour.value;
  if (now === null) return [];
  const { following, aiming } = store;
  if (!now.mine) return [{ id: 'follow', key: 'f', icon: 'walk', label: following.value ? 'tour.unfollow' : 'tour.follow', run: () => { actions.followGuide(!following.value); } }];
  if (showsTextAlone.value) return [];
  return [{ id: 'aim', key: 'i', icon: 'target', label: aiming.value ? 'tour.stopAiming' : 'tour.aim', run: () => { actions.setAiming(!aiming.value); } }];
}

/** Opens as the link in the top bar does: see there. */
function staffPage(): readonly Command[] {
  if (store.session.value?.person.role !== 'secretariat') return [];
  return [{ id: 'staff', icon: 'desk', label: 'staff.openShort', run: () => { open('/staff/', '_blank'); } }];
}

/** All commands as they stand now. Reads signals: call it while rendering or in a handler. */
export function commandsNow(actions: VenueActions): Commands {
  return {
    voice: [microphone(actions), deafen(actions)],
    body: [hand(actions), seat(actions)],
    gestures: [
      { id: 'clap', label: 'gesture.clap', icon: 'clap', key: 'b', run: () => { actions.gesture('clap'); } },
      { id: 'wave', label: 'gesture.wave', icon: 'hand', key: 'g', run: () => { actions.gesture('wave'); } },
      { id: 'nod', label: 'gesture.nod', icon: 'check', key: 'n', run: () => { actions.gesture('nod'); } },
    ],
    panels: [
      { ...panel('chat', 'chat.title', 'chat', 'c'), badge: totalUnread.value },
      panel('people', 'people.title', 'people', 'p'),
      panel('places', 'places.title', 'pin', 'l'),
    ],
    end: [
      ...headset(actions),
      panel('settings', 'settings.title', 'sliders', 'o'),
      { id: 'leave', label: 'command.leave', icon: 'leave', tone: 'danger', run: () => { confirmingLeave.value = true; } },
    ],
    more: [
      panel('hearers', 'hearers.title', 'ear', 'y'),
      panel('talk', 'talk.title', 'lock', 'u'),
      { ...panel('meetings', 'meetings.title', 'calendar', 'r'), badge: unanswered.value, badgeText: 'meetings.unanswered' },
      panel('tour', 'tour.title', 'tour', 'j'),
      ...touring(actions),
      panel('text', 'text.open', 'text', 't'),
      panel('help', 'help.title', 'help', '?'),
      panel('privacy', 'privacy.short', 'lock'),
      panel('credits', 'credits.title', 'info'),
      ...(store.sponsors.value.length === 0 ? [] : [panel('sponsors', 'sponsors.title', 'award')]),
      ...staffPage(),
      {
        id: 'view', key: 'v', icon: 'person', label: settings.value.view === 'first' ? 'command.thirdPerson' : 'command.firstPerson',
        run: () => { actions.changeSettings({ view: settings.value.view === 'first' ? 'third' : 'first' }); },
      },
    ],
  };
}

/** Every command in one list, in the order of the bar. */
export function allCommands(actions: VenueActions): readonly Command[] {
  const commands = commandsNow(actions);
  return [...commands.voice, ...commands.body, ...commands.gestures, ...commands.panels, ...commands.more, ...commands.end];
}
