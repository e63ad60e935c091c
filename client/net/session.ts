import type { ProblemResponse, SessionResponse } from '../../shared/protocol/session.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { REASONS, ReasonedError } from '../../shared/protocol/reasons.ts';

/** The pass stays in this tab only: the link's fragment never reaches a server log, and a shared computer keeps nothing. */
const PASS_KEY = 'plenum.pass';
const TAB_KEY = 'plenum.tab';

/** Takes the pass from the address (`#pass=...`), removes it from there, and remembers it for reloads of this tab. */
export function takePass(): string {
  const fromLink = new URLSearchParams(location.hash.slice(1)).get('pass');
  if (fromLink !== null) {
    sessionStorage.setItem(PASS_KEY, fromLink);
    history.replaceState(null, '', location.pathname + location.search);
    return fromLink;
  }
  return sessionStorage.getItem(PASS_KEY) ?? '';
}

/** Random name of this browser tab, so that the same tab takes its own place back without a question. */
export function tabKey(): string {
  const known = sessionStorage.getItem(TAB_KEY);
  if (known !== null) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  sessionStorage.setItem(TAB_KEY, key);
  return key;
}

export function isReason(value: unknown): value is Reason {
  return (REASONS as readonly unknown[]).includes(value);
}

/**
 * Exchanges a pass for a token.
 * @throws ReasonedError with the server's reason, or `INTERNAL` when no usable answer came (then `cause` is the network error).
 */
export async function openSession(pass: string, signal?: AbortSignal): Promise<SessionResponse> {
  if (pass === '') throw new ReasonedError('PASS_MISSING');
  let response: Response;
  try {
    response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ pass }),
      signal: signal ?? null,
    });
  } catch (cause) {
    throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
  }
  const body = (await response.json().catch(() => null)) as SessionResponse | ProblemResponse | null;
  if (response.ok && body !== null && 'token' in body) return body;
  throw new ReasonedError(body !== null && 'reason' in body && isReason(body.reason) ? body.reason : 'INTERNAL');
}
