import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icons.tsx';
import { t } from '../../../ui/i18n.ts';
import { raiseToast } from '../../../ui/toasts.ts';
import { usePlenary } from '../context.ts';
import { Flyout } from '../parts/Flyout.tsx';
import { recordText } from './facts.ts';

const FORMATS = ['docx', 'html'] as const;
const FORMAT_TEXTS = { docx: 'plenary.export.docx', html: 'plenary.export.html' } as const;

/** Exports the record as it stands, in the shown language. What makes the files is downloaded when it is asked for. */
export function ExportMenu() {
  const plenary = usePlenary();
  const [busy, setBusy] = useState(false);
  const run = async (format: (typeof FORMATS)[number]): Promise<void> => {
    setBusy(true);
    try {
      const { exportRecord } = await import('../../export/index.ts');
      await exportRecord(plenary, format, recordText);
    } catch {
      raiseToast({ key: 'plenary.export.failed', tone: 'warning' });
    }
    setBusy(false);
  };
  return (
    <Flyout triggerClass="button button--plain button--small" trigger={<><Icon name="download" />{t('plenary.export.menu')}</>} label={t('plenary.export.menu')}>
      {(close) => (
        <ul class="choices">
          {FORMATS.map((format) => (
            <li key={format}><button type="button" class="choice" disabled={busy} onClick={() => { close(); void run(format); }}>{t(FORMAT_TEXTS[format])}</button></li>
          ))}
        </ul>
      )}
    </Flyout>
  );
}
