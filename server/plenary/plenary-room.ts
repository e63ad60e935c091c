import { ErrorCode, Room, ServerError } from '@colyseus/core';
import type { AuthContext, Client } from '@colyseus/core';
import { PlenaryJoinOptions } from '../../shared/protocol/plenary/messages.ts';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Identity } from '../identity/identity.ts';
import { ColyseusLine } from './connection.ts';
import { PlenaryDoor } from './door.ts';
import type { Line } from './member.ts';
import type { Plenary } from './plenary.ts';

/** Colyseus frame types that its own room code answers: join acknowledgement and leave. Everything else is the session's. */
const JOIN_ROOM = 10;
const LEAVE_ROOM = 12;
const CONSENTED = 4000;
const TICK_MS = 1000;

interface Admission {
  readonly identity: Identity;
  readonly options: PlenaryJoinOptions;
}

type PlenaryClient = Client<{ auth: Admission; userData: Line }>;

/**
 * The room of all formal sessions: what knows Colyseus, and nothing else. Which session somebody is in is said on joining; a session is a `LiveSession`. There is no Colyseus state, for the reasons
 * in `server/rooms/README.md`.
 */
export class PlenaryRoom extends Room<{ client: PlenaryClient }> {
  override autoDispose = false;
  override maxClients = Infinity;
  private plenary: Plenary | null = null;
  private stopWatching: () => void = () => undefined;

  /** `options`: what `define` was given. */
  override onCreate({ plenary }: { plenary: Plenary }): void {
    this.plenary = plenary;
    this.patchRate = null;
    const door = new PlenaryDoor({ sessionOf: (line) => plenary.sessionOf(line), clock: () => performance.now(), refused: (what, reason) => { plenary.deps.diagnostics.refused(what, reason); } });
    this.takeOverFrames(door);
    this.stopWatching = plenary.deps.identity.onRevoked((person) => { plenary.expel(person, 'PASS_REVOKED'); });
    plenary.deps.stopping.addEventListener('abort', () => { plenary.announceStop(); });
    this.clock.setInterval(() => { plenary.tick(); }, TICK_MS);
  }

  override async onAuth(_client: PlenaryClient, raw: unknown, context: AuthContext): Promise<Admission> {
    try {
      const parsed = PlenaryJoinOptions.safeParse(raw);
      if (!parsed.success) throw new ReasonedError('MESSAGE_INVALID');
      if (parsed.data.protocol !== PROTOCOL_VERSION) throw new ReasonedError('PROTOCOL_VERSION');
      if (context.token === undefined || context.token === '') throw new ReasonedError('TOKEN_INVALID');
      return { identity: await this.wired().deps.identity.identify(context.token), options: parsed.data };
    } catch (cause) {
      throw this.refused(cause);
    }
  }

  override async onJoin(client: PlenaryClient, _options: unknown, { identity, options }: Admission): Promise<void> {
    try {
      client.userData = await this.wired().join(identity, options, new ColyseusLine(client));
    } catch (cause) {
      throw this.refused(cause);
    }
  }

  override onLeave(client: PlenaryClient, code?: number): void {
    if (client.userData !== undefined) this.plenary?.sessionOf(client.userData)?.drop(client.userData, code === CONSENTED);
  }

  override onDispose(): void {
    this.stopWatching();
    this.plenary?.stop();
  }

  override onBeforeShutdown(): void {
    void this.disconnect(CLOSE_CODES.SERVER_STOPPING);
  }

  override onUncaughtException(error: Error, method: string): void {
    if (error.cause instanceof ServerError) return;
    this.plenary?.deps.log.error({ err: error.cause ?? error, method }, 'a room method failed');
  }

  private wired(): Plenary {
    if (this.plenary === null) throw new Error('the room has not been created yet');
    return this.plenary;
  }

  private refused(cause: unknown): ServerError {
    const reason: Reason = cause instanceof ReasonedError ? cause.reason : 'INTERNAL';
    this.plenary?.deps.diagnostics.refused('join', reason);
    if (reason === 'INTERNAL') this.plenary?.deps.log.error({ err: cause }, 'a join failed');
    const code = reason in CLOSE_CODES ? CLOSE_CODES[reason as keyof typeof CLOSE_CODES] : ErrorCode.AUTH_FAILED;
    return new ServerError(code, reason, { cause });
  }

  /** As in the venue's room: Colyseus' own decoding ends a connection at the first message that it cannot read, before any limit. */
  private takeOverFrames(door: PlenaryDoor): void {
    const colyseus = (this['_onMessage'] as (client: PlenaryClient, frame: Buffer) => void).bind(this);
    const guarded = (client: PlenaryClient, frame: Buffer): void => {
      const own = frame.length === 1 && (frame[0] === JOIN_ROOM || frame[0] === LEAVE_ROOM);
      if (own) colyseus(client, frame);
      else if (client.userData !== undefined) door.receive(client.userData, frame);
    };
    Object.defineProperty(this, '_onMessage', { value: guarded });
  }
}
