import { badge, RADIUS } from './toolkit/controls.ts';
import { column, icon, row, text } from './toolkit/nodes.ts';
import type { Node } from './toolkit/nodes.ts';
import type { Kit } from './state.ts';

/** Whether what I say is for few: in a talk, or while I whisper. */
export function isPrivate({ deps }: Kit): boolean {
  const { store } = deps.venue;
  return store.talk.value !== null || store.whisper.value.to !== '';
}

/** For whom I speak, in words. */
export function audienceText({ deps: { texts, venue }, microphone }: Kit): string {
  const { talk, whisper, hearers, attending } = venue.store;
  if (whisper.value.to !== '') return texts.t('talk.whispering', { name: texts.person(whisper.value.to) });
  if (talk.value !== null) return texts.talk(talk.value);
  if (attending.value !== null) return texts.t('panels.inSession', { title: attending.value.title });
  if (microphone.state.value === 'off') return texts.t('announce.mic.off');
  if (microphone.state.value === 'muted') return texts.t('announce.mic.muted');
  return texts.hearers(hearers.value.count);
}

/** In public or in private: never to be mistaken. Its whole ground has the one colour that nothing else has. */
export function audienceSign(kit: Kit, id: string, press: () => void): Node {
  const { t } = kit.deps.texts;
  const hidden = isPrivate(kit);
  const attending = kit.deps.venue.store.attending.value !== null;
  const ink = hidden ? 'onPrivate' : 'text';
  const { count } = kit.deps.venue.store.hearers.value;
  const live = kit.microphone.state.value === 'live';
  return row([
    icon(hidden ? 'lock' : attending ? 'gavel' : 'open', { tone: ink, pixels: 48 }),
    column([text(t(hidden ? 'talk.private' : attending ? 'panels.session' : 'panels.public'), { weight: 700, size: 'large', tone: ink }), text(audienceText(kit), { tone: hidden ? ink : 'quiet' })], { gap: 0, grow: 1 }),
    live && count > 0 && !hidden && !attending && badge(count),
  ], { padding: [14, 18], gap: 16, radius: RADIUS, fill: hidden ? 'private' : 'raised', outline: hidden ? 'private' : 'control', press: { id, run: press } });
}
