import { useId, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/components/Button.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { formatBytes } from '../format.ts';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** Where packages are dropped; the button does the same for everybody else. */
export function DropZone() {
  const desk = useDesk();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <section
      class={`card drop-zone ${over ? 'drop-zone--over' : ''}`}
      aria-labelledby={`${id}-title`}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => { if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false); }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        desk.send(event.dataTransfer?.files ?? []);
      }}
    >
      <h2 id={`${id}-title`} class="staff__heading">{t('staff.upload.title')}</h2>
      <p id={`${id}-text`}>{t('staff.upload.text', { size: formatBytes(desk.packageBytes.value, shownLanguage.value) })}</p>
      <div class="drop-zone__target">
        <span class="drop-zone__hint" aria-hidden="true">{t('staff.upload.drop')}</span>
        <Button tone="primary" describedBy={`${id}-text`} onClick={() => { input.current?.click(); }}>{t('staff.upload.choose')}</Button>
        <input
          ref={input}
          type="file"
          accept=".zip,application/zip"
          multiple
          hidden
          onChange={(event) => {
            desk.send(event.currentTarget.files ?? []);
            // So that the same file can be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </div>
    </section>
  );
}
