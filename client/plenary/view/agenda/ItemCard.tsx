import { useState } from 'preact/hooks';
import type { AgendaItem } from '../../../../shared/protocol/plenary/state.ts';
import { ITEM_GROUPS } from '../../../../shared/protocol/plenary/vocabulary.ts';
import type { ItemGroup } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { agenda } from '../../../../shared/rules/plenary/agenda.ts';
import { isActive, isOfficer, presides, speaksForState } from '../../../../shared/rules/plenary/rights.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { formatList } from '../../../ui/format.ts';
import { perform, usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';
import { Flyout } from '../parts/Flyout.tsx';
import { minutesText } from '../texts.ts';
import { ConcludeDialog } from './ConcludeDialog.tsx';
import { Documents } from './Documents.tsx';
import { ItemForm } from './ItemForm.tsx';
import { Questions, Submissions } from './Submissions.tsx';

const TONES = { pending: 'plain', open: 'accent', discussed: 'plain', concluded: 'good', deferred: 'warn' } as const;

type Asking = 'conclude' | 'edit' | ItemGroup | 'deferred' | null;

/** Into another group, or to the next physical session: one state's request is enough, so it is asked about once. */
function MoveQuestion({ item, to, onClose }: { readonly item: AgendaItem; readonly to: ItemGroup | 'deferred'; readonly onClose: () => void }) {
  const { plenary } = useSession();
  const where = to === 'deferred' ? t('plenary.move.deferred') : t(`plenary.group.${to}`);
  return (
    <Question title={t('plenary.move.title', { number: item.number })} confirm={t('plenary.move.confirm')} act={() => perform(plenary, { kind: 'moveItem', item: item.id, to })} onClose={onClose}>
      <p>{t('plenary.move.text', { number: item.number, where })}</p>
    </Question>
  );
}

function MoveMenu({ item, onChoose }: { readonly item: AgendaItem; readonly onChoose: (to: ItemGroup | 'deferred') => void }) {
  const { state, me } = useSession();
  const officer = isOfficer(state, me);
  // A state asks for more attention to a document, never for less.
  const groups = ITEM_GROUPS.filter((group) => group !== item.group && (officer || group === 'discussed' || group === 'approved' || item.group === 'information'));
  return (
    <Flyout triggerClass="button button--plain button--small" trigger={t('plenary.move.menu')} label={t('plenary.move.menu')}>
      {(close) => (
        <ul class="choices">
          {([...groups, 'deferred'] as const).map((to) => (
            <li key={to}><button type="button" class="choice" onClick={() => { close(); onChoose(to); }}>{to === 'deferred' ? t('plenary.move.deferred') : t(`plenary.group.${to}`)}</button></li>
          ))}
        </ul>
      )}
    </Flyout>
  );
}

function OfficerDeeds({ item, ask }: { readonly item: AgendaItem; readonly ask: (what: Asking) => void }) {
  const { state, me } = useSession();
  const press = usePress();
  const order = agenda(state);
  const at = order.findIndex(({ id }) => id === item.id);
  const current = state.currentItem === item.id;
  const open = state.meeting.status === 'open';
  const concludes = presides(state, me) && open && item.status !== 'concluded' && item.status !== 'deferred';
  return (
    <>
      {open && !current && <Button size="small" tone="primary" onClick={() => { press({ kind: 'openItem', item: item.id }); }}>{t('plenary.item.open')}</Button>}
      {current && <Button size="small" onClick={() => { press({ kind: 'endItem' }); }}>{t('plenary.item.end')}</Button>}
      {concludes && <Button size="small" icon="gavel" onClick={() => { ask('conclude'); }}>{t('plenary.conclude.menu')}</Button>}
      <IconButton icon="pen" label={t('plenary.item.editOne', { number: item.number })} onClick={() => { ask('edit'); }} />
      <IconButton icon="up" label={t('plenary.item.up', { number: item.number })} disabled={at === 0} onClick={() => { press({ kind: 'placeItem', item: item.id, before: order[at - 1]?.id ?? null }); }} />
      <IconButton icon="chevron" label={t('plenary.item.down', { number: item.number })} disabled={at === order.length - 1} onClick={() => { press({ kind: 'placeItem', item: item.id, before: order[at + 2]?.id ?? null }); }} />
      {item.status === 'pending' && <IconButton icon="close" tone="danger" label={t('plenary.item.drop', { number: item.number })} onClick={() => { press({ kind: 'dropItem', item: item.id }); }} />}
    </>
  );
}

/** One item of the agenda, unfolded for its documents and what can be done about it. */
export function ItemCard({ item }: { readonly item: AgendaItem }) {
  const { state, me } = useSession();
  const press = usePress();
  const [asking, ask] = useState<Asking>(null);
  const close = (): void => { ask(null); };
  const movable = item.status !== 'concluded' && item.status !== 'deferred';
  const missed = isActive(state, me) && item.status !== 'pending' && item.status !== 'open' && !item.returns.includes(me.entity);
  return (
    <li class={`item ${state.currentItem === item.id ? 'item--current' : ''}`}>
      <details class="item__details" open={state.currentItem === item.id}>
        <summary class="item__summary">
          <span class="item__number">{item.number}</span>
          <span class="item__title"><bdi>{item.title}</bdi></span>
          <span class="item__marks">
            {item.minutes > 0 && <span class="muted">{minutesText(item.minutes)}</span>}
            {item.closed && <Chip tone="private" icon="lock">{t('plenary.closed.mark')}</Chip>}
            <Chip tone={TONES[item.status]}>{t(`plenary.itemStatus.${item.status}`)}</Chip>
          </span>
        </summary>
        <div class="item__body stack">
          <Documents item={item} />
          {item.returns.length > 0 && <p class="note note--info">{t('plenary.item.returns', { entities: formatList(item.returns, shownLanguage.value) })}</p>}
          <div class="button-row">
            {isOfficer(state, me) && <OfficerDeeds item={item} ask={ask} />}
            {movable && (isOfficer(state, me) || speaksForState(state, me)) && <MoveMenu item={item} onChoose={ask} />}
            {missed && <Button size="small" icon="back" onClick={() => { press({ kind: 'askReturn', item: item.id }); }}>{t('plenary.item.askReturn')}</Button>}
          </div>
          <Submissions item={item} />
          <Questions item={item} />
        </div>
      </details>
      {asking === 'conclude' && <ConcludeDialog items={[item]} onClose={close} />}
      {asking === 'edit' && <ItemForm item={item} onClose={close} />}
      {asking !== null && asking !== 'conclude' && asking !== 'edit' && <MoveQuestion item={item} to={asking} onClose={close} />}
    </li>
  );
}
