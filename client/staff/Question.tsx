import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../ui/components/Button.tsx';
import { Dialog } from '../ui/components/Dialog.tsx';
import { t } from '../ui/i18n.ts';

interface QuestionProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly confirm: string;
  /** Instead of "Cancel". */
  readonly refuse?: string;
  readonly danger?: boolean;
  readonly act: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** A question with what will happen; the safe answer first. It closes when the deed is done, or has failed and said so. */
export function Question({ title, children, confirm, refuse, danger = false, act, onClose }: QuestionProps) {
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    await act();
    onClose();
  };
  const footer = (
    <>
      <Button onClick={onClose} autoFocus>{refuse ?? t('common.cancel')}</Button>
      <Button tone={danger ? 'danger' : 'primary'} busy={busy} disabled={busy} onClick={() => void run()}>{confirm}</Button>
    </>
  );
  return <Dialog title={title} footer={footer} onClose={onClose}><div class="stack">{children}</div></Dialog>;
}
