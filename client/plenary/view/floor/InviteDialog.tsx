import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../ui/components/Button.tsx';
import { Dialog } from '../../../ui/components/Dialog.tsx';
import { Select } from '../../../ui/components/fields.tsx';
import { t } from '../../../ui/i18n.ts';
import { CapacityFields } from '../dock/CapacityFields.tsx';
import { perform, useSession } from '../context.ts';
import { speakerText } from '../texts.ts';

/** The floor to anybody inside, whether they have asked or not: an opening address, an answer of the secretariat. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { plenary } = useSession();
  useEffect(() => {
    plenary.watchPeople(true);
    return () => { plenary.watchPeople(false); };
  }, [plenary]);
  const people = plenary.store.attendance.value.people.filter(({ connected }) => connected).toSorted((a, b) => a.entity.localeCompare(b.entity) || a.name.localeCompare(b.name));
  const [chosen, choose] = useState('');
  const person = people.some(({ id }) => id === chosen) ? chosen : (people[0]?.id ?? '');
  return (
    <Dialog title={t('plenary.floor.invite')} footer={<Button onClick={onClose} autoFocus>{t('common.cancel')}</Button>} onClose={onClose}>
      <div class="stack">
        <Select label={t('plenary.floor.who')} value={person} choices={people.map((each) => ({ value: each.id, text: speakerText(each) }))} onChange={choose} />
        <CapacityFields legend={t('plenary.raise.capacity')} confirm={t('plenary.floor.give')} onChoose={(as) => { void perform(plenary, { kind: 'giveTo', person, ...as }).then((done) => { if (done) onClose(); }); }} />
      </div>
    </Dialog>
  );
}
