import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';

export function reasonOf(error: unknown): Reason {
  return error instanceof ReasonedError ? error.reason : 'INTERNAL';
}

/** The text for what went wrong. Without an answer of the server, the network is to blame. */
export function reasonKey(error: unknown): `reason.${Reason | 'UNREACHABLE'}` {
  const reason = reasonOf(error);
  return reason === 'INTERNAL' && error instanceof ReasonedError && error.message !== reason ? 'reason.UNREACHABLE' : `reason.${reason}`;
}
