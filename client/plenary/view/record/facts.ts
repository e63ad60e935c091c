/** What goes on record, told in the shown language. */
import type { RecordEntry, RecordedFact } from '../../../../shared/protocol/plenary/state.ts';
import { formatList } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { capacityText, durationText, speakerText } from '../texts.ts';

type FactOf<K extends RecordedFact['kind']> = Extract<RecordedFact, { kind: K }>;
type Teller = { readonly [K in RecordedFact['kind']]: (fact: FactOf<K>) => string };

const list = (items: readonly string[]): string => formatList(items, shownLanguage.value);

const TELL: Teller = {
  status: ({ status }) => t(`plenary.fact.status.${status}`),
  closedPart: ({ on }) => t(on ? 'plenary.fact.closedBegan' : 'plenary.fact.closedEnded'),
  presiding: ({ speaker }) => t('plenary.fact.presiding', { speaker: speakerText(speaker) }),
  floor: ({ speaker, cause, endedAt, seconds, ...as }) => {
    const values = { speaker: speakerText(speaker), as: capacityText(as, speaker.entity) };
    const text = t(cause === 'reply' ? 'plenary.fact.reply' : 'plenary.fact.floor', values);
    return endedAt === null ? text : `${text} (${durationText(seconds * 1000)})`;
  },
  listClosed: ({ delegations }) => (delegations.length === 0 ? t('plenary.fact.listClosedEmpty') : t('plenary.fact.listClosed', { delegations: list(delegations) })),
  listOpened: () => t('plenary.fact.listOpened'),
  motion: ({ motion, speaker, text, outcome }) => {
    const values = { motion: t(`plenary.motion.${motion}`), speaker: speakerText(speaker) };
    const told = t(outcome === null ? 'plenary.fact.motion' : `plenary.fact.motion.${outcome}`, values);
    return text === '' ? told : `${told} ${text}`;
  },
  item: ({ number, title, status }) => t('plenary.fact.item', { number, title, status: t(`plenary.itemStatus.${status}`) }),
  moved: ({ number, to, speaker }) => t('plenary.fact.moved', { number, to: to === 'deferred' ? t('plenary.move.deferred') : t(`plenary.group.${to}`), speaker: speakerText(speaker) }),
  comment: ({ number, speaker, text }) => `${t('plenary.fact.comment', { number, speaker: speakerText(speaker) })} ${text}`,
  conclusion: ({ numbers, text, status, by, reason }) => {
    const values = { numbers: list(numbers), speaker: by === null ? '' : speakerText(by) };
    const told = t(`plenary.fact.conclusion.${status}`, values);
    return [told, status === 'window' || status === 'standing' ? text : reason].filter((part) => part !== '').join(' ');
  },
  quorum: ({ present, needed }) => t('plenary.fact.quorum', { present, needed }),
  returned: ({ number, entity }) => t('plenary.fact.returned', { number, entity }),
  text: () => '',
};

function tell<K extends RecordedFact['kind']>(kind: K, fact: FactOf<K>): string {
  return TELL[kind](fact);
}

/** The secretariat's wording where there is one. */
export function recordText({ text, fact }: Pick<RecordEntry, 'text' | 'fact'>): string {
  return text === '' ? tell(fact.kind, fact) : text;
}
