import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { StaffScene, StaffUpload } from '../../../shared/protocol/staff.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Dialog } from '../../ui/components/Dialog.tsx';
import { t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';

interface QuestionProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly act: () => Promise<boolean>;
  readonly onClose: () => void;
}

/** A question with what will happen; the safe answer first. It closes when the deed is done, or has failed and said so. */
function Question({ title, children, confirm, danger = false, act, onClose }: QuestionProps) {
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await act();
    onClose();
  };
  const footer = (
    <>
      <Button onClick={onClose} autoFocus>{t('common.cancel')}</Button>
      <Button tone={danger ? 'danger' : 'primary'} busy={busy} disabled={busy} onClick={() => void run()}>{confirm}</Button>
    </>
  );
  return <Dialog title={title} footer={footer} onClose={onClose}><div class="stack">{children}</div></Dialog>;
}

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
