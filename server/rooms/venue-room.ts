import { Room, ServerError } from '@colyseus/core';
import type { AuthContext, Client } from '@colyseus/core';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import { JoinOptions } from '../../shared/protocol/session.ts';
import { TICK_MS } from '../../shared/protocol/version.ts';
import { ColyseusConnection, POSE_FRAME_PREFIX, encodeMessage } from './colyseus.ts';
import { CONSENTED, admit, refusal, takeOverFrames } from './entrance.ts';
import type { Admission } from './entrance.ts';
import type { Presence } from './person.ts';
import type { VenueServices } from './services.ts';
import { Venue } from './venue.ts';

type VenueClient = Client<{ auth: Admission<JoinOptions>; userData: Presence }>;

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
    takeOverFrames(this, (presence: Presence, frame) => { venue.door.receive(presence, frame); });
    this.stopWatching = services.identity.onRevoked((person) => venue.expel(person, 'PASS_REVOKED'));
    services.stopping.addEventListener('abort', () => {
      for (const { presence } of venue.roster) presence?.connection.send('notice', { kind: 'stopping' });
    });
    this.setTimestep(() => venue.tick(), TICK_MS);
    // Colyseus ticks the room's clock on a timer of its own while there is no patch rate; the time step does it now.
    this.patchRate = null;
  }

  override async onAuth(_client: VenueClient, raw: unknown, context: AuthContext): Promise<Admission<JoinOptions>> {
    try {
      return await admit(JoinOptions, raw, context, this.wired().services.identity);
    } catch (cause) {
      throw refusal(cause, this.wired().services);
    }
  }

  override async onJoin(client: VenueClient, _options: unknown, admission: Admission<JoinOptions>): Promise<void> {
    const { venue, services } = this.wired();
    try {
      client.userData = await venue.join(admission.identity, admission.options, new ColyseusConnection(client, services.diagnostics));
    } catch (cause) {
      throw refusal(cause, this.wired().services);
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
}
