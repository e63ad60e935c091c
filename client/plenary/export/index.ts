/** Export of the summary record: what is shown becomes a file that the browser stores. Nothing is sent anywhere. */
import type { SessionsResponse } from '../../../shared/protocol/plenary/messages.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';
import type { Plenary } from '../contract.ts';
import { recordHtml } from './html.ts';
import { recordDocument } from './model.ts';
import type { RecordDocument } from './model.ts';
import type { Words } from './words.ts';

export type RecordFormat = 'docx' | 'html';

const REVOKED_MS = 60_000;

/** The event's time zone; the reader's own where the server does not say: the document names it. */
async function zoneOf(plenary: Plenary): Promise<string> {
  try {
    const { token } = await plenary.identify();
    const response = await fetch('/api/sessions', { headers: { authorization: `Bearer ${token}` } });
    if (response.ok) return ((await response.json()) as SessionsResponse).zone;
  } catch {
    // Without a line the record can still be exported.
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Without what file systems refuse, or hide. */
function fileName({ title, kind, language }: RecordDocument, format: RecordFormat): string {
  const name = `${title} – ${kind}`.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ').replace(/^[. ]+/, '').slice(0, 120).trim();
  return `${name} (${language}).${format}`;
}

async function fileOf(record: RecordDocument, format: RecordFormat): Promise<Blob> {
  if (format === 'html') return new Blob([recordHtml(record)], { type: 'text/html;charset=utf-8' });
  // Nine tenths of the library's weight is for those who want this format.
  const { recordDocx } = await import('./docx.ts');
  return recordDocx(record);
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => { URL.revokeObjectURL(address); }, REVOKED_MS);
}

/**
 * Stores the record as it stands now. Rejects if the library cannot be downloaded.
 * @param tell an entry of the record in the shown language
 */
export async function exportRecord(plenary: Plenary, format: RecordFormat, tell: Words['tell']): Promise<void> {
  const zone = await zoneOf(plenary);
  const state = plenary.store.state.peek();
  if (state === null) return;
  const { delegations } = plenary.store.attendance.peek();
  const source = { state, present: delegations.filter(({ present }) => present > 0), zone, now: plenary.now() };
  const record = recordDocument(source, { language: shownLanguage.peek(), text: t, tell });
  save(await fileOf(record, format), fileName(record, format));
}
