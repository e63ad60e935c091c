import { useRef, useState } from 'preact/hooks';
import type { AgendaItem, DocumentRef } from '../../../../shared/protocol/plenary/state.ts';
import { ITEM_GROUPS, TITLE_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import type { ItemGroup } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { Select } from '../../../ui/components/fields.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { t } from '../../../ui/i18n.ts';
import { perform, useSession } from '../context.ts';
import { LineBox } from '../parts/TextBox.tsx';
import { DocumentsField } from './DocumentsField.tsx';

/** Adds an item to the agenda, or changes one. */
export function ItemForm({ item, onClose }: { readonly item: AgendaItem | null; readonly onClose: () => void }) {
  const { plenary } = useSession();
  const [number, setNumber] = useState(item?.number ?? '');
  const [title, setTitle] = useState(item?.title ?? '');
  const [group, setGroup] = useState<ItemGroup>(item?.group ?? 'discussed');
  const [minutes, setMinutes] = useState(String(item?.minutes ?? 0));
  const [documents, setDocuments] = useState<readonly DocumentRef[]>(item?.documents ?? []);
  const latest = useRef(documents);
  latest.current = documents;
  const uploads = useRef<Promise<void>[]>([]);
  const act = async (): Promise<void> => {
    await Promise.all(uploads.current);
    await save(latest.current);
  };
  const save = (chosen: readonly DocumentRef[]): Promise<boolean> => perform(plenary, {
    kind: 'putItem', item: item?.id ?? null, number: number.trim(), title: title.trim(), group, minutes: Math.max(0, Math.min(600, Math.round(Number(minutes)) || 0)),
    documents: chosen.filter(({ symbol }) => symbol.trim() !== '').map((each) => ({ ...each, symbol: each.symbol.trim(), title: each.title.trim(), files: { ...each.files } })),
  });
  return (
    <Question title={t(item === null ? 'plenary.item.add' : 'plenary.item.edit')} confirm={t('plenary.save')} act={act} onClose={onClose}>
      <LineBox label={t('plenary.item.number')} value={number} most={20} onInput={setNumber} required />
      <LineBox label={t('plenary.item.title')} value={title} most={TITLE_MAX_LENGTH} onInput={setTitle} required />
      <Select label={t('plenary.item.group')} value={group} choices={ITEM_GROUPS.map((value) => ({ value, text: t(`plenary.group.${value}`) }))} onChange={setGroup} />
      <LineBox label={t('plenary.item.minutes')} type="number" most={3} value={minutes} onInput={setMinutes} />
      <DocumentsField documents={documents} onChange={setDocuments} onSending={(upload) => { uploads.current.push(upload); }} />
    </Question>
  );
}
