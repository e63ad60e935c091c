/** What every Colyseus room of ours does in the same way: who is let in, how a refusal is told, and whose frames are read. */
import { ErrorCode, ServerError } from '@colyseus/core';
import type { AuthContext, Client, Room } from '@colyseus/core';
import type { z } from 'zod';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Identity, IdentityService } from '../identity/identity.ts';
import type { Log } from './services.ts';

/** Colyseus frame types that its own room code answers: join acknowledgement and leave. Everything else is the room's. */
const JOIN_ROOM = 10;
const LEAVE_ROOM = 12;
/** Close code of whoever leaves by their own will. */
export const CONSENTED = 4000;

export interface Admission<Options> {
  readonly identity: Identity;
  readonly options: Options;
}

/** Checks what somebody joins with. Rejects with a `ReasonedError`. */
export async function admit<Options extends { readonly protocol: number }>(schema: z.ZodType<Options>, raw: unknown, { token }: AuthContext, identity: Pick<IdentityService, 'identify'>): Promise<Admission<Options>> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new ReasonedError('MESSAGE_INVALID');
  if (parsed.data.protocol !== PROTOCOL_VERSION) throw new ReasonedError('PROTOCOL_VERSION');
  if (token === undefined || token === '') throw new ReasonedError('TOKEN_INVALID');
  return { identity: await identity.identify(token), options: parsed.data };
}

/** A refused join, as the SDK hands it on: the message is the reason. It is counted, and logged if it is a failure of ours. */
export function refusal(cause: unknown, { diagnostics, log }: { readonly diagnostics: { refused(what: 'join', reason: Reason): void }; readonly log: Log }): ServerError {
  const reason: Reason = cause instanceof ReasonedError ? cause.reason : 'INTERNAL';
  diagnostics.refused('join', reason);
  if (reason === 'INTERNAL') log.error({ err: cause }, 'a join failed');
  const code = reason in CLOSE_CODES ? CLOSE_CODES[reason as keyof typeof CLOSE_CODES] : ErrorCode.AUTH_FAILED;
  return new ServerError(code, reason, { cause });
}

/**
 * Puts a room's door in front of Colyseus' message decoding. That closes a connection at the first message which it cannot read or does not
 * know, decodes before anything is limited, and has no limit a kind; ours refuses with a reason and survives. `_onMessage` is private to
 * Colyseus: `tests/integration/room-hostile.test.ts` fails if an update stops calling it.
 */
export function takeOverFrames<Member>(room: Room, receive: (member: Member, frame: Buffer) => void): void {
  const colyseus = (room['_onMessage'] as (client: Client, frame: Buffer) => void).bind(room);
  const guarded = (client: Client, frame: Buffer): void => {
    const own = frame.length === 1 && (frame[0] === JOIN_ROOM || frame[0] === LEAVE_ROOM);
    if (own) colyseus(client, frame);
    else if (client.userData !== undefined) receive(client.userData as Member, frame);
  };
  Object.defineProperty(room, '_onMessage', { value: guarded });
}
