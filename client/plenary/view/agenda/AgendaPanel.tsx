import { useState } from 'preact/hooks';
import { ITEM_GROUPS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import type { ItemGroup } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { agenda } from '../../../../shared/rules/plenary/agenda.ts';
import { isOfficer, presides } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { t } from '../../../ui/i18n.ts';
import { useSession } from '../context.ts';
import { openWindows } from '../selectors.ts';
import { ConcludeDialog } from './ConcludeDialog.tsx';
import { ConclusionList } from './Conclusions.tsx';
import { ItemCard } from './ItemCard.tsx';
import { ItemForm } from './ItemForm.tsx';

function Group({ group }: { readonly group: ItemGroup }) {
  const { state, me } = useSession();
  const [concluding, setConcluding] = useState(false);
  const items = agenda(state).filter((item) => item.group === group);
  const pending = new Set(openWindows(state).flatMap((each) => each.items));
  const open = items.filter(({ id, status }) => status !== 'concluded' && status !== 'deferred' && !pending.has(id));
  const packaged = (group === 'noted' || group === 'approved') && open.length > 1 && presides(state, me) && state.meeting.status === 'open';
  if (items.length === 0) return null;
  const id = `plenary-group-${group}`;
  return (
    <section aria-labelledby={id}>
      <GroupTitle level={3}><span id={id}>{t(`plenary.group.${group}`)}</span></GroupTitle>
      <p class="field__hint">{t(`plenary.groupHint.${group}`)}</p>
      {packaged && <Button size="small" icon="gavel" onClick={() => { setConcluding(true); }}>{t('plenary.conclude.package', { number: open.length })}</Button>}
      <ul class="items">{items.map((item) => <ItemCard key={item.id} item={item} />)}</ul>
      {concluding && <ConcludeDialog items={open} onClose={() => { setConcluding(false); }} />}
    </section>
  );
}

/** The agenda by its four groups, and what was concluded. */
export function AgendaPanel() {
  const { state, me } = useSession();
  const [adding, setAdding] = useState(false);
  const empty = Object.keys(state.items).length === 0;
  return (
    <>
      {isOfficer(state, me) && <Button icon="plus" onClick={() => { setAdding(true); }}>{t('plenary.item.add')}</Button>}
      {empty && <p class="empty">{t('plenary.item.none')}</p>}
      {ITEM_GROUPS.map((group) => <Group key={group} group={group} />)}
      <section aria-labelledby="plenary-conclusions">
        <GroupTitle level={3}><span id="plenary-conclusions">{t('plenary.conclusion.title')}</span></GroupTitle>
        <ConclusionList />
      </section>
      {adding && <ItemForm item={null} onClose={() => { setAdding(false); }} />}
    </>
  );
}
