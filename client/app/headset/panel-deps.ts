/** What the panels in the headset are given: they know neither this page's components nor the engine. Wording and choices are those of the page, so that both say the same. */
import type { ReadonlySignal } from '@preact/signals';
import { changePreferences, preferences } from '../../plenary/preferences.ts';
import { perform } from '../../plenary/view/context.ts';
import { capacityText, channelText, clockText, speakerText } from '../../plenary/view/texts.ts';
import { initialsOf } from '../../ui/components/Identity.tsx';
import { LANGUAGE_NAMES } from '../../ui/components/LanguageMenu.tsx';
import { formatDistance, formatList, formatNumber, formatPercent, formatTime, isolate } from '../../ui/format.ts';
import { shownLanguage, t, textOf } from '../../ui/i18n.ts';
import { DIRECTIONAL, ICON_PATHS } from '../../ui/icons.tsx';
import { hearersText, linkText, personName, sceneName, sceneText, whereText } from '../../ui/names.ts';
import { offeredSession } from '../../ui/plenary/PlenaryParts.tsx';
import { inShownLanguage, SIGHT_ICONS, sightName, sightsOf, sponsorAt } from '../../ui/sights/texts.ts';
import { directText } from '../../ui/talks/DirectLine.tsx';
import { sealText } from '../../ui/talks/SealLine.tsx';
import { domeTitle, talkTitle } from '../../ui/talks/texts.ts';
import { canWhisperTo } from '../../ui/talks/WhisperButton.tsx';
import { dismissToast, raiseToast, shownToasts, toastText } from '../../ui/toasts.ts';
import { threadTitle } from '../../ui/venue/ChatPanel.tsx';
import { keepOrder, matching } from '../../ui/venue/PeoplePanel.tsx';
import { groupPlaces } from '../../ui/venue/PlacesPanel.tsx';
import { markSeen, scopeOf, threads, totalUnread, unread } from '../../ui/venue/threads.ts';
import type { RoomRef } from '../../../shared/protocol/bookings.ts';
import type { Settings, VenueActions } from '../contracts.ts';
import { attendingActions } from '../plenary/actions.ts';
import { settings } from '../settings.ts';
import { domesHere, me, openLinks, store } from '../store.ts';
import { directStatus } from '../talks/direct-status.ts';
import { sealStatus } from '../talks/seal-status.ts';
import { isReadable, readDocument } from './document-text.ts';

/** Where a meeting is. The page's own wording knows rooms of other scenes too, and brings the whole booking form with it. */
function roomText(room: RoomRef | null): string {
  if (room === null) return t('meetings.virtual');
  return room.scene === store.scene.value?.id ? sceneText(room.space) : sceneName(room.scene);
}

const texts = {
  t, textOf, language: shownLanguage, languageNames: LANGUAGE_NAMES,
  number: formatNumber, percent: formatPercent, distance: formatDistance, time: formatTime, list: formatList, isolate, initials: initialsOf,
  person: personName, scene: sceneName, inScene: sceneText, link: linkText, where: whereText, room: roomText, hearers: hearersText,
  talk: talkTitle, dome: domeTitle, direct: directText, seal: sealText, thread: threadTitle, toast: toastText,
  sight: sightName, own: inShownLanguage, capacity: capacityText, channel: channelText, clock: clockText, speaker: speakerText,
} as const;

const venue = {
  store, me, openLinks, domesHere, directStatus, sealStatus, canWhisperTo, keepOrder, matching, groupPlaces, offeredSession, sightsOf, sponsorAt,
  toasts: { shown: shownToasts, raise: raiseToast, dismiss: dismissToast },
  chat: { threads, unread, totalUnread, markSeen, scopeOf },
  plenary: { perform, preferences, changePreferences, leave: attendingActions.leave, readDocument, isReadable },
} as const;

const icons = { paths: ICON_PATHS, directional: DIRECTIONAL, sights: SIGHT_ICONS } as const;

/** What only whoever wears the headset knows. */
export interface HeadsetHost {
  leaveHeadset(): void;
  /** Measures eye height and arm length, and writes them to the settings. The person stands upright, arms stretched forward. */
  calibrate(): void;
}

export interface PanelsDeps {
  readonly venue: typeof venue;
  readonly texts: typeof texts;
  readonly icons: typeof icons;
  readonly settings: ReadonlySignal<Settings>;
  readonly actions: VenueActions;
  readonly host: HeadsetHost;
}

/** For `createPanels` of `client/xr/panels`. */
export function panelDeps(actions: VenueActions, host: HeadsetHost): PanelsDeps {
  return { venue, texts, icons, settings, actions, host };
}
