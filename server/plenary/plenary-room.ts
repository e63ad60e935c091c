import { Room, ServerError } from '@colyseus/core';
import type { AuthContext, Client } from '@colyseus/core';
import { PlenaryJoinOptions } from '../../shared/protocol/plenary/messages.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import { CONSENTED, admit, refusal, takeOverFrames } from '../rooms/entrance.ts';
import type { Admission } from '../rooms/entrance.ts';
import { ColyseusLine } from './connection.ts';
import { PlenaryDoor } from './door.ts';
import type { Line } from './member.ts';
import type { Plenary } from './plenary.ts';

const TICK_MS = 1000;

type PlenaryClient = Client<{ auth: Admission<PlenaryJoinOptions>; userData: Line }>;

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
    takeOverFrames(this, (line: Line, frame) => { door.receive(line, frame); });
    this.stopWatching = plenary.deps.identity.onRevoked((person) => { plenary.expel(person, 'PASS_REVOKED'); });
    plenary.deps.stopping.addEventListener('abort', () => { plenary.announceStop(); });
    this.clock.setInterval(() => { plenary.tick(); }, TICK_MS);
  }

  override async onAuth(_client: PlenaryClient, raw: unknown, context: AuthContext): Promise<Admission<PlenaryJoinOptions>> {
    try {
      return await admit(PlenaryJoinOptions, raw, context, this.wired().deps.identity);
    } catch (cause) {
      throw refusal(cause, this.wired().deps);
    }
  }

  override async onJoin(client: PlenaryClient, _options: unknown, { identity, options }: Admission<PlenaryJoinOptions>): Promise<void> {
    try {
      client.userData = await this.wired().join(identity, options, new ColyseusLine(client));
    } catch (cause) {
      throw refusal(cause, this.wired().deps);
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
}
