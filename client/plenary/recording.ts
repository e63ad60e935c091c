/** Consent to being recorded, and the recordings of a session over HTTP. */
import type { RecordingsResponse, RecordingSummary } from '../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { isReason } from '../net/session.ts';
import type { Plenary, PlenaryStore } from './contract.ts';

/** Whether one's microphone may open as far as recordings go: none runs, or one has agreed to the one that does. Another recording is asked about again. */
export function mayBeRecorded({ state, consent }: Pick<PlenaryStore, 'state' | 'consent'>): boolean {
  const since = state.value?.meeting.recordingSince ?? null;
  return since === null || (consent.value?.since === since && consent.value.agreed);
}

async function call(plenary: Pick<Plenary, 'identify' | 'store'>, method: string, path: string): Promise<unknown> {
  const { token } = await plenary.identify();
  let response: Response;
  try {
    response = await fetch(recordingAddress(plenary, path), { method, headers: { authorization: `Bearer ${token}` } });
  } catch (cause) {
    throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
  }
  if (response.ok) return response.status === 204 ? null : await response.json() as unknown;
  const body = (await response.json().catch(() => null)) as { readonly reason?: unknown } | null;
  throw new ReasonedError(isReason(body?.reason) ? body.reason : 'INTERNAL');
}

export function recordingAddress({ store }: Pick<Plenary, 'store'>, path: string): string {
  return `/api/sessions/${store.session.peek()}/recordings${path}`;
}

/** For the secretariat: the latest first. Rejects with a `ReasonedError`. */
export async function listRecordings(plenary: Pick<Plenary, 'identify' | 'store'>): Promise<readonly RecordingSummary[]> {
  return ((await call(plenary, 'GET', '')) as RecordingsResponse).recordings;
}

/** Removes one for good. Rejects with a `ReasonedError`. */
export async function removeRecording(plenary: Pick<Plenary, 'identify' | 'store'>, start: number): Promise<void> {
  await call(plenary, 'DELETE', `/${start}`);
}
