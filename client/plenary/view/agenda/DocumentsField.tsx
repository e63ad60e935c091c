import { useId, useRef, useState } from 'preact/hooks';
import type { DocumentRef } from '../../../../shared/protocol/plenary/state.ts';
import { DOCUMENT_MAX_BYTES, TITLE_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { ReasonedError } from '../../../../shared/protocol/reasons.ts';
import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { Select } from '../../../ui/components/fields.tsx';
import { formatPercent } from '../../../ui/format.ts';
import { shownLanguage, t, textOf } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { uploadDocument } from '../../documents.ts';
import { failureKey, useSession } from '../context.ts';
import { LineBox } from '../parts/TextBox.tsx';
import { versionText, versions } from './Documents.tsx';

interface DocumentsFieldProps {
  readonly documents: readonly DocumentRef[];
  /** Takes the documents as they are by then: uploads end while others are being edited. */
  readonly onChange: (change: (documents: readonly DocumentRef[]) => readonly DocumentRef[]) => void;
  /** An upload has begun: what is edited is not to be saved before it has ended. */
  readonly onSending: (upload: Promise<void>) => void;
}

interface VersionsProps {
  readonly document: DocumentRef;
  readonly onFile: (language: Language, address: string | null) => void;
  readonly onSending: (upload: Promise<void>) => void;
}

/** The files of a document, one a language: chosen, sent, taken away. For the secretariat. */
function Versions({ document, onFile, onSending }: VersionsProps) {
  const { plenary } = useSession();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [language, setLanguage] = useState<Language>(shownLanguage.peek());
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (file: File): Promise<void> => {
    setFault(null);
    setSent(0);
    try {
      if (file.size > DOCUMENT_MAX_BYTES) throw new ReasonedError('DOCUMENT_TOO_LARGE');
      onFile(language, await uploadDocument(plenary, file, setSent));
    } catch (error) {
      setFault(failureKey(error));
    }
    setSent(null);
  };
  return (
    <div class="stack">
      {versions(document).map((version) => (
        <span key={version.language} class="button-row native-names">
          {versionText(version)}
          <IconButton icon="close" tone="danger" label={t('plenary.documents.removeVersion', { language: LANGUAGE_NAMES[version.language] })} onClick={() => { onFile(version.language, null); }} />
        </span>
      ))}
      <Select label={t('plenary.documents.language')} value={language} choices={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))} onChange={setLanguage} disabled={sent !== null} />
      <Button size="small" disabled={sent !== null} onClick={() => { input.current?.click(); }}>{t('plenary.documents.upload')}</Button>
      <input
        ref={input}
        type="file"
        accept=".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onSending(send(file));
          // So that the same file can be chosen again.
          event.currentTarget.value = '';
        }}
      />
      {sent !== null && <label class="stack">{t('plenary.documents.uploading', { percent: formatPercent(sent, shownLanguage.value) })}<progress id={`${id}-sent`} class="upload-progress" max={1} value={sent} /></label>}
      {fault !== null && <p class="field__fault" role="alert"><Icon name="warning" /> <span>{textOf(fault)}</span></p>}
    </div>
  );
}

function withFile(document: DocumentRef, language: Language, address: string | null): DocumentRef {
  const others = Object.fromEntries(Object.entries(document.files).filter(([each]) => each !== language));
  return { ...document, files: address === null ? others : { ...others, [language]: address } };
}

export function DocumentsField({ documents, onChange, onSending }: DocumentsFieldProps) {
  const { me } = useSession();
  const [uploads, setUploads] = useState(0);
  const sending = (upload: Promise<void>): void => {
    setUploads((count) => count + 1);
    onSending(upload.finally(() => { setUploads((count) => count - 1); }));
  };
  const change = (index: number, make: (document: DocumentRef) => DocumentRef): void => { onChange((all) => all.map((each, at) => (at === index ? make(each) : each))); };
  return (
    <fieldset class="stack">
      <legend class="field__label">{t('plenary.documents.title')}</legend>
      {documents.map((document, index) => (
        <div key={index} class="stack">
          <div class="document-row">
            <LineBox label={t('plenary.documents.symbol')} value={document.symbol} most={40} onInput={(symbol) => { change(index, (each) => ({ ...each, symbol })); }} />
            <LineBox label={t('plenary.item.title')} value={document.title} most={TITLE_MAX_LENGTH} onInput={(title) => { change(index, (each) => ({ ...each, title })); }} />
            <IconButton icon="close" tone="danger" label={t('plenary.documents.remove', { symbol: document.symbol })} disabled={uploads > 0} onClick={() => { onChange((all) => all.filter((_, at) => at !== index)); }} />
          </div>
          {me.role === 'secretariat' && <Versions document={document} onFile={(language, address) => { change(index, (each) => withFile(each, language, address)); }} onSending={sending} />}
        </div>
      ))}
      <Button size="small" icon="plus" onClick={() => { onChange((all) => [...all, { symbol: '', title: '', files: {} }]); }}>{t('plenary.documents.add')}</Button>
    </fieldset>
  );
}
