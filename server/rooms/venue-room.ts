import { ErrorCode, Room, ServerError } from '@colyseus/core';
import type { AuthContext, Client } from '@colyseus/core';
import { CLOSE_CODES, ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { JoinOptions } from '../../shared/protocol/session.ts';
import { PROTOCOL_VERSION, TICK_MS } from '../../shared/protocol/version.ts';
import type { Identity } from '../identity/identity.ts';
import { ColyseusConnection, POSE_FRAME_PREFIX, encodeMessage } from './colyseus.ts';
import type { Presence } from './person.ts';
import type { VenueServices } from './services.ts';
import { Venue } from './venue.ts';

/** Colyseus frame types that its own room code answers: join acknowledgement and leave. Everything else is the venue's. */
const JOIN_ROOM = 10;
const LEAVE_ROOM = 12;
const CONSENTED = 4000;

interface Admission {
  readonly identity: Identity;
  readonly options: JoinOptions;
}

type VenueClient = Client<{ auth: Admission; userData: Presence }>;

function codeOf(reason: Reason): number {
  return reason in CLOSE_CODES ? CLOSE_CODES[reason as keyof typeof CLOSE_CODES] : ErrorCode.AUTH_FAILED;
}

/** A refused join, as the SDK hands it on: the message is the reason. */
function refusal(cause: unknown): ServerError {
  const reason = cause instanceof ReasonedError ? cause.reason : 'INTERNAL';
  return new ServerError(codeOf(reason), reason, { cause });
}

/**
 * The room of the event: all its scenes, and the people who walk in them.
 *
 * **Authority.** The server owns where everybody is, who sits where, who is hidden from whom and who hears whom. Clients propose steps and ask
 * for things; nothing that a client sent is handed on as it came, but only what the rules made of it. Name, entity and role come from the
 * roster through the token. A connection speaks for its own person only: no message carries the id of its sender.
 *
 * **Coming and going.** A drop keeps the person, `away`, with place, appearance and seat for two minutes; whoever joins with the same pass takes
 * it up, be it after a drop, from another window (after asking; the same tab is not asked) or after a restart of the server (from the
 * store). Colyseus' own reconnection is not used: one mechanism serves all of these.
 *
 * **Messages** are acted on as they arrive, walk steps included, each against the real time since the last. **The tick**, every 50 ms:
 * 1. what has run out: held places, passes, gestures, strides without steps;
 * 2. the directory: who came, changed or left, before any frame that tells of them;
 * 3. poses: who has moved is encoded, once;
 * 4. frames: a fifth of the viewers is ranked anew, each viewer gets the records that are due and new to them;
 * 5. hearing: a quarter of the listeners is planned anew; routes go to the relay, slots and hearers to those concerned;
 * 6. every ten seconds, places are saved.
 */
export class VenueRoom extends Room<{ client: VenueClient }> {
  override autoDispose = false;
  override patchRate = null;
  private venue: Venue | null = null;
  private services: VenueServices | null = null;
  private stopWatching: () => void = () => undefined;

  /** `options`: what `define` was given (`services`); what the first client asks for has no say. */
  override onCreate({ services }: { services: VenueServices }): void {
    this.services = services;
    const venue = new Venue({ services, encode: encodeMessage, framePrefix: POSE_FRAME_PREFIX, clock: () => performance.now() });
    this.venue = venue;
    this.takeOverFrames(venue);
    this.stopWatching = services.identity.onRevoked((person) => venue.expel(person, 'PASS_REVOKED'));
    services.stopping.addEventListener('abort', () => {
      for (const { presence } of venue.roster) presence?.connection.send('notice', { kind: 'stopping' });
    });
    this.setTimestep(() => venue.tick(), TICK_MS);
    // Colyseus ticks the room's clock on a timer of its own while there is no patch rate; the time step does it now.
    this.patchRate = null;
  }

  override async onAuth(_client: VenueClient, raw: unknown, context: AuthContext): Promise<Admission> {
    try {
      const parsed = JoinOptions.safeParse(raw);
      if (!parsed.success) throw new ReasonedError('MESSAGE_INVALID');
      if (parsed.data.protocol !== PROTOCOL_VERSION) throw new ReasonedError('PROTOCOL_VERSION');
      if (context.token === undefined || context.token === '') throw new ReasonedError('TOKEN_INVALID');
      return { identity: await this.wired().services.identity.identify(context.token), options: parsed.data };
    } catch (cause) {
      throw this.refused(cause);
    }
  }

  override async onJoin(client: VenueClient, _options: unknown, admission: Admission): Promise<void> {
    const { venue, services } = this.wired();
    try {
      client.userData = await venue.join(admission.identity, admission.options, new ColyseusConnection(client, services.diagnostics));
    } catch (cause) {
      throw this.refused(cause);
    }
  }

  override onLeave(client: VenueClient, code?: number): void {
    if (client.userData !== undefined) this.venue?.drop(client.userData, code === CONSENTED);
  }

  override async onDispose(): Promise<void> {
    this.stopWatching();
    await this.venue?.stop();
  }

  override onBeforeShutdown(): void {
    void this.disconnect(CLOSE_CODES.SERVER_STOPPING);
  }

  override onUncaughtException(error: Error, method: string): void {
    if (error.cause instanceof ServerError) return;
    this.services?.log.error({ err: error.cause ?? error, method }, 'a room method failed');
  }

  private wired(): { venue: Venue; services: VenueServices } {
    if (this.venue === null || this.services === null) throw new Error('the room has not been created yet');
    return { venue: this.venue, services: this.services };
  }

  private refused(cause: unknown): ServerError {
    const error = refusal(cause);
    const reason = cause instanceof ReasonedError ? cause.reason : 'INTERNAL';
    this.services?.diagnostics.refused('join', reason);
    if (reason === 'INTERNAL') this.services?.log.error({ err: cause }, 'a join failed');
    return error;
  }

  /**
   * Puts the venue's door in front of Colyseus' message decoding. That closes a connection at the first message which it cannot read or does not
   * know, decodes before anything is limited, and has no limit a kind; ours refuses with a reason and survives. `_onMessage` is private to
   * Colyseus: `tests/rooms/hostile.test.ts` fails if an update stops calling it.
   */
  private takeOverFrames(venue: Venue): void {
    const colyseus = (this['_onMessage'] as (client: VenueClient, frame: Buffer) => void).bind(this);
    const guarded = (client: VenueClient, frame: Buffer): void => {
      const own = frame.length === 1 && (frame[0] === JOIN_ROOM || frame[0] === LEAVE_ROOM);
      if (own) colyseus(client, frame);
      else if (client.userData !== undefined) venue.door.receive(client.userData, frame);
    };
    Object.defineProperty(this, '_onMessage', { value: guarded });
  }
}
