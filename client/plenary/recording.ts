/** Consent to being recorded, and the recordings of a session over HTTP. */
import type { RecordingsResponse, RecordingSummary } from '../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { isReason } from '../net/session.ts';
import type { Plenary, PlenaryStore } from './contract.ts';

/** Where the browser's answer to a form goes: a file, which is stored and not shown. */
const FRAME = 'plenary-recording';

/** Whether one's microphone may open as far as recordings go: none runs, or one has agreed to the one that does. Another recording is asked about again. */
export function mayBeRecorded({ state, consent }: Pick<PlenaryStore, 'state' | 'consent'>): boolean {
  const since = state.value?.meeting.recordingSince ?? null;
  return since === null || (consent.value?.since === since && consent.value.agreed);
}

/** Rejects with a `ReasonedError` if it is refused. */
async function ask(address: string, token: string, init: { readonly method?: string; readonly range?: string } = {}): Promise<Response> {
  const { method = 'GET', range } = init;
  let response: Response;
  try {
    response = await fetch(address, { method, headers: { authorization: `Bearer ${token}`, ...(range === undefined ? {} : { range }) } });
  } catch (cause) {
    throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
  }
  if (response.ok) return response;
  const body = (await response.json().catch(() => null)) as { readonly reason?: unknown } | null;
  throw new ReasonedError(isReason(body?.reason) ? body.reason : 'INTERNAL');
}

function addressOf({ store }: Pick<Plenary, 'store'>, path: string): string {
  return `/api/sessions/${store.session.peek()}/recordings${path}`;
}

/**
 * Has the browser store a file of a recording, as it comes: hours of sound do not pass through the page. The browser takes no header along, so that the token goes in a form; into a frame,
 * so that the page stays whatever is answered. Rejects with a `ReasonedError` if there is nothing to be had.
 * @param path from {@link listRecordings}: `/<start>/<name>`. @param name of the file to be stored
 */
export async function saveRecording(plenary: Pick<Plenary, 'identify' | 'store'>, path: string, name: string): Promise<void> {
  const { token } = await plenary.identify();
  const action = addressOf(plenary, path);
  // Whether it will be answered: a form cannot tell.
  await (await ask(action, token, { range: 'bytes=0-0' })).arrayBuffer();
  const frame = Object.assign(document.createElement('iframe'), { name: FRAME, hidden: true });
  const form = Object.assign(document.createElement('form'), { method: 'post', action, target: FRAME, hidden: true });
  for (const [field, value] of Object.entries({ token, name })) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: field, value }));
  document.querySelector(`iframe[name="${FRAME}"]`)?.remove();
  document.body.append(frame, form);
  form.submit();
  form.remove();
}

/** For the secretariat: the latest first. Rejects with a `ReasonedError`. */
export async function listRecordings(plenary: Pick<Plenary, 'identify' | 'store'>): Promise<readonly RecordingSummary[]> {
  const { token } = await plenary.identify();
  return ((await (await ask(addressOf(plenary, ''), token)).json()) as RecordingsResponse).recordings;
}

/** Removes one for good. Rejects with a `ReasonedError`. */
export async function removeRecording(plenary: Pick<Plenary, 'identify' | 'store'>, start: number): Promise<void> {
  const { token } = await plenary.identify();
  await ask(addressOf(plenary, `/${start}`), token, { method: 'DELETE' });
}
