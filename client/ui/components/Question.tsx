import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

interface QuestionProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly confirm: string;
  /** Instead of "Cancel". */
  readonly refuse?: string;
  readonly danger?: boolean;
  /** The deed. One that takes its time keeps the question open until it is done, or has failed and said so. */
  readonly act: () => unknown;
  readonly onClose: () => void;
}

/** A question with what will happen; the safe answer first. */
export function Question({ title, children, confirm, refuse, danger = false, act, onClose }: QuestionProps) {
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    const doing = act();
    if (doing instanceof Promise) {
      setBusy(true);
      await doing;
    }
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
