import { useState } from 'preact/hooks';
import type { StaffScene, StaffUpload } from '../../../shared/protocol/staff.ts';
import { t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { Question } from '../../ui/components/Question.tsx';

/** Names how many people are in what is replaced: they will notice. */
export function PublishDialog({ upload, onClose }: { readonly upload: StaffUpload; readonly onClose: () => void }) {
  const desk = useDesk();
  const shown = desk.overview.value?.scenes.find(({ id }) => id === upload.scene) ?? null;
  // What the person was told is what they agree to: if it changes meanwhile, the server asks them to look again.
  const [replaces] = useState(shown?.revision ?? null);
  const scene = desk.nameOf(upload);
  return (
    <Question title={t('staff.publish.title', { scene })} confirm={t('staff.action.publish')} act={() => desk.publish(upload, replaces)} onClose={onClose}>
      <p>{shown === null ? t('staff.publish.new') : t('staff.publish.replaces', { scene: desk.nameOf(shown) })}</p>
      {shown !== null && <p>{shown.people === 0 ? t('staff.publish.empty') : t('staff.publish.inside', { people: t('places.people', { count: shown.people }) })}</p>}
    </Question>
  );
}

export function WithdrawDialog({ scene, onClose }: { readonly scene: StaffScene; readonly onClose: () => void }) {
  const desk = useDesk();
  const [asked] = useState(scene);
  const people = t('places.people', { count: scene.people });
  return (
    <Question danger title={t('staff.withdraw.title', { scene: desk.nameOf(scene) })} confirm={t('staff.action.withdraw')} act={() => desk.withdraw(asked)} onClose={onClose}>
      <p>{scene.builtIn ? t('staff.withdraw.back') : t('staff.withdraw.gone')}</p>
      <p>{scene.people === 0 ? t('staff.publish.empty') : scene.builtIn ? t('staff.publish.inside', { people }) : t('staff.withdraw.inside', { people })}</p>
    </Question>
  );
}

export function RemoveDialog({ upload, onClose }: { readonly upload: StaffUpload; readonly onClose: () => void }) {
  const desk = useDesk();
  return (
    <Question danger title={t('staff.remove.title', { file: upload.file })} confirm={t('staff.action.remove')} act={() => desk.remove(upload)} onClose={onClose}>
      <p>{t('staff.remove.text')}</p>
    </Question>
  );
}
