import type { ChatEntry } from '../../../app/contracts.ts';
import { CHAT_MAX_LENGTH } from '../../../../shared/protocol/vocabulary.ts';
import { fieldLine, openField } from '../keyboard/field.ts';
import { button, hint, RADIUS, tabs } from '../toolkit/controls.ts';
import { column, flow, row, scroll, text } from '../toolkit/nodes.ts';
import type { Node } from '../toolkit/nodes.ts';
import { closeField } from '../state.ts';
import type { Kit } from '../state.ts';

const GROUP_ICONS: Readonly<Record<string, string>> = { near: 'people', venue: 'globe', talk: 'lock' };

function message({ deps: { texts, actions } }: Kit, entry: ChatEntry): Node {
  const { t } = texts;
  const failed = typeof entry.status === 'object' ? entry.status.failed : null;
  return column([
    row([text(entry.mine ? t('chat.me') : entry.fromName, { weight: 600, tone: entry.mine ? 'accent' : 'text', own: true, grow: 1 }), text(texts.time(entry.at, texts.language.value), { tone: 'quiet' })]),
    text(entry.text, { own: true }),
    entry.status === 'sending' && text(t('chat.sending'), { tone: 'quiet' }),
    failed !== null && text(`${t('chat.failed')} ${t(`reason.${failed}`)}`, { tone: 'bad' }),
    failed !== null && flow([button(`resend:${entry.key}`, t('chat.resend'), () => { actions.resend(entry.key); }, { icon: 'refresh' })]),
  ], { padding: [12, 18], gap: 4, radius: RADIUS, fill: entry.mine ? 'accentSoft' : 'raised' });
}

/** Answers that need no typing, in the language of whoever sends them. */
function quickAnswers(kit: Kit, send: (text: string) => void, write: Node): Node {
  const { t } = kit.deps.texts;
  const answers = [t('panels.quick.yes'), t('panels.quick.no'), t('panels.quick.thanks'), t('panels.quick.moment'), t('panels.quick.coming'), t('panels.quick.later'), t('panels.quick.agree'), t('panels.quick.unheard')];
  return flow([write, ...answers.map((answer, index) => button(`quick:${index}`, answer, () => { send(answer); }))], { gap: 10, stretch: true });
}

function hintOf({ deps: { texts } }: Kit, thread: string): string {
  const { t } = texts;
  if (thread === 'near') return t('chat.nearHint');
  if (thread === 'venue') return t('chat.venueHint');
  return thread === 'talk' ? t('chat.talkHint') : t('chat.personHint', { name: texts.person(thread) });
}

/** The conversation that is shown: the group's own goes with the talk. */
function currentThread({ state, deps: { venue } }: Kit): string {
  return state.thread.value === 'talk' && venue.store.talk.value === null ? 'near' : state.thread.value;
}

/** Text chat: conversations, messages, quick answers, and typing. */
export function chatPage(kit: Kit): Node {
  const { state, deps: { texts, venue, actions } } = kit;
  const { t } = texts;
  const current = currentThread(kit);
  const known = venue.chat.threads.value;
  const ids = [...known.keys(), ...(known.has(current) ? [] : [current])];
  const here = current in GROUP_ICONS || venue.store.people.value.has(current);
  const send = (value: string): void => { if (value.trim() !== '') actions.say(venue.chat.scopeOf(current), value.trim()); };
  const entries = known.get(current) ?? [];
  const typing = state.field.value?.id === `chat:${current}`;
  const write = (): void => { openField(kit, { id: `chat:${current}`, title: t('chat.write'), text: '', most: CHAT_MAX_LENGTH, submit: send, change: null }); };
  return column([
    tabs('thread', current, ids.map((value) => ({ value, text: texts.thread(value), icon: GROUP_ICONS[value] ?? 'person', badge: venue.chat.unread.value.get(value) ?? 0 })), (value) => {
      closeField(state);
      state.thread.value = value;
    }),
    scroll(`chat:${current}`, [hint(hintOf(kit, current)), ...entries.map((entry) => message(kit, entry))], { fromEnd: true }),
    !here && hint(t('chat.gone')),
    here && (typing ? row([fieldLine(kit)]) : quickAnswers(kit, send, button('write', t('chat.write'), write, { icon: 'keyboard', tone: 'primary' }))),
  ], { gap: 16, grow: 1 });
}
