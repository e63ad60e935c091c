import type { ListEntry, Motion, Turn } from '../../../../shared/protocol/plenary/state.ts';
import { isOfficer, presides } from '../../../../shared/rules/plenary/rights.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { Named } from '../parts/Named.tsx';
import { clockText, speakerText } from '../texts.ts';

function MotionRow({ motion }: { readonly motion: Motion }) {
  const { state, me } = useSession();
  const press = usePress();
  const officer = isOfficer(state, me);
  const settle = (outcome: 'upheld' | 'rejected' | 'withdrawn'): void => { press({ kind: 'settle', motion: motion.id, outcome }); };
  return (
    <li class="entry entry--motion">
      <p class="entry__kind">{t(`plenary.motion.${motion.kind}`)} {motion.heard && <Chip tone="good" icon="check">{t('plenary.motions.heard')}</Chip>}</p>
      <Named speaker={motion.speaker} />
      {motion.text !== '' && <p class="entry__text" dir="auto">{motion.text}</p>}
      <div class="button-row">
        {officer && !motion.heard && <Button size="small" tone="primary" icon="mic" onClick={() => { press({ kind: 'hear', motion: motion.id }); }}>{t('plenary.motions.hear')}</Button>}
        {presides(state, me) && <Button size="small" onClick={() => { settle('upheld'); }}>{t('plenary.motions.uphold')}</Button>}
        {presides(state, me) && <Button size="small" onClick={() => { settle('rejected'); }}>{t('plenary.motions.reject')}</Button>}
        {motion.speaker.person === me.person && <Button size="small" onClick={() => { settle('withdrawn'); }}>{t('plenary.motions.withdraw')}</Button>}
      </div>
    </li>
  );
}

interface EntryRowProps {
  readonly entry: ListEntry;
  readonly index: number;
}

/** What chair and secretariat do with somebody on the list. */
function EntryDeeds({ entry, index }: EntryRowProps) {
  const { state } = useSession();
  const press = usePress();
  const { entries } = state.list;
  const name = speakerText(entry.speaker);
  return (
    <div class="entry__deeds">
      <Button size="small" tone={index === 0 ? 'primary' : 'plain'} icon="mic" label={`${t('plenary.floor.give')}: ${name}`} onClick={() => { press({ kind: 'give', entry: entry.id }); }}>{t('plenary.floor.give')}</Button>
      <IconButton icon="up" label={t('plenary.list.up', { name })} disabled={index === 0} onClick={() => { press({ kind: 'place', entry: entry.id, before: entries[index - 1]?.id ?? null }); }} />
      <IconButton icon="chevron" label={t('plenary.list.down', { name })} disabled={index === entries.length - 1} onClick={() => { press({ kind: 'place', entry: entry.id, before: entries[index + 2]?.id ?? null }); }} />
      <IconButton icon="close" tone="danger" label={t('plenary.list.remove', { name })} onClick={() => { press({ kind: 'remove', entry: entry.id }); }} />
    </div>
  );
}

function EntryRow({ entry, index }: EntryRowProps) {
  const { state, me } = useSession();
  const mine = entry.speaker.person === me.person;
  return (
    <li class={`entry ${mine ? 'entry--mine' : ''}`}>
      <span class="entry__place" aria-hidden="true">{index + 1}</span>
      <Named speaker={entry.speaker} as={entry} />
      {entry.kind === 'reply' && <Chip tone="accent">{t('plenary.raise.reply')}</Chip>}
      {mine && <Chip tone="good">{t('plenary.list.you')}</Chip>}
      {isOfficer(state, me) && <EntryDeeds entry={entry} index={index} />}
    </li>
  );
}

function InterruptedRow({ turn }: { readonly turn: Turn }) {
  return (
    <li class="entry">
      <Named speaker={turn.speaker} as={turn} />
      <span class="muted">{t('plenary.list.left', { time: clockText(turn.allottedMs - turn.usedMs, shownLanguage.value) })}</span>
    </li>
  );
}

/** Motions first, as they go before everything; whoever waits to go on; then the list. */
export function SpeakersPanel() {
  const { state } = useSession();
  const { motions, list, floor } = state;
  return (
    <>
      {motions.length > 0 && (
        <section aria-labelledby="plenary-motions">
          <GroupTitle level={3}><span id="plenary-motions">{t('plenary.motions.title')}</span></GroupTitle>
          <ol class="entries">{motions.map((motion) => <MotionRow key={motion.id} motion={motion} />)}</ol>
        </section>
      )}
      {floor.interrupted.length > 0 && (
        <section aria-labelledby="plenary-interrupted">
          <GroupTitle level={3}><span id="plenary-interrupted">{t('plenary.list.interrupted')}</span></GroupTitle>
          <ol class="entries">{floor.interrupted.map((turn) => <InterruptedRow key={turn.record + turn.speaker.person} turn={turn} />)}</ol>
        </section>
      )}
      <section aria-labelledby="plenary-list">
        <GroupTitle level={3}><span id="plenary-list">{t('plenary.list.title')}</span> <Chip tone={list.open ? 'good' : 'warn'} icon={list.open ? 'check' : 'lock'}>{t(list.open ? 'plenary.list.open' : 'plenary.list.closed')}</Chip></GroupTitle>
        {list.entries.length === 0 && <p class="empty">{t('plenary.list.empty')}</p>}
        <ol class="entries">{list.entries.map((entry, index) => <EntryRow key={entry.id} entry={entry} index={index} />)}</ol>
      </section>
    </>
  );
}
