/**
 * Files of the agenda's documents. They are fetched with the token in a header and handed to the browser as files of the page: an address with a signature would let anybody read who
 * comes by it, and would stand in histories and logs.
 */
import { isReason } from '../net/session.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Plenary } from './contract.ts';

const REVOKED_MS = 60_000;

function reasonIn(text: string): Reason {
  try {
    const { reason } = JSON.parse(text) as { readonly reason?: unknown };
    return isReason(reason) ? reason : 'INTERNAL';
  } catch {
    // A page of some proxy.
    return 'INTERNAL';
  }
}

/**
 * Uploads a file. XMLHttpRequest, as `fetch` does not tell of progress.
 * @param progress is told the fraction that has been sent
 * @returns its address. Rejects with a `ReasonedError`; INTERNAL without an answer.
 */
export async function uploadDocument(plenary: Pick<Plenary, 'identify' | 'store'>, file: Blob, progress: (fraction: number) => void): Promise<string> {
  const { token } = await plenary.identify();
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open('POST', `/api/sessions/${plenary.store.session.peek()}/documents`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    // What it is, its first bytes say; a type guessed from its name is not worth more.
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => { progress(total === 0 ? 0 : loaded / total); };
    request.onerror = () => { reject(new ReasonedError('INTERNAL', 'the server does not answer')); };
    request.onload = () => {
      if (request.status < 300) resolve((JSON.parse(request.responseText) as { readonly address: string }).address);
      else reject(new ReasonedError(reasonIn(request.responseText)));
    };
    request.send(file);
  });
}

/** "pdf" or "docx". */
export function kindOf(address: string): string {
  return address.slice(address.lastIndexOf('.') + 1);
}

/** Fetches what only people of the event may read, and has the browser store it. Rejects with a `ReasonedError`. */
export async function saveFrom(plenary: Pick<Plenary, 'identify'>, address: string, name: string): Promise<void> {
  const { token } = await plenary.identify();
  let response: Response;
  try {
    response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  } catch (cause) {
    throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
  }
  if (!response.ok) throw new ReasonedError(reasonIn(await response.text()));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, '-');
  link.click();
  // The browser reads it after the click has returned.
  setTimeout(() => { URL.revokeObjectURL(link.href); }, REVOKED_MS);
}
