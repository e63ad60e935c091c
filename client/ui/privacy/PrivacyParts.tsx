import { useState } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { t } from '../i18n.ts';
import { createPart } from '../part.tsx';
import { Panel } from '../venue/Panel.tsx';

const part = createPart(() => import('./PrivacyText.tsx'));

function Text() {
  const ui = part.use(true);
  return ui === null ? <part.Missing /> : <ui.PrivacyText />;
}

export function PrivacyPanel() {
  return <Panel name="privacy" title={t('privacy.title')} reading><Text /></Panel>;
}

/** On the pages outside the venue: to be read before one enters. */
export function PrivacyLink() {
  const [open, setOpen] = useState(false);
  const close = (): void => { setOpen(false); };
  return (
    <>
      <button type="button" class="link" onClick={() => { setOpen(true); }}>{t('privacy.short')}</button>
      {open && <Dialog title={t('privacy.title')} onClose={close} footer={<Button onClick={close}>{t('common.close')}</Button>}><Text /></Dialog>}
    </>
  );
}
