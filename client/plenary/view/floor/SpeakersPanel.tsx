import type { ListEntry, Turn } from '../../../../shared/protocol/plenary/state.ts';
import { isOfficer } from '../../../../shared/rules/plenary/rights.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { Named } from '../parts/Named.tsx';
import { Motions } from './Motions.tsx';
import { clockText, speakerText } from '../texts.ts';

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
  const { state, me } = useSession();
  const { list, floor } = state;
  return (
    <>
      {!isOfficer(state, me) && <Motions />}
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
