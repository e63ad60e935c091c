import type { PlenaryJoinOptions } from '../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import type { Identity } from '../identity/identity.ts';
import type { PlenaryConnection } from './connection.ts';
import { LiveSession } from './live-session.ts';
import type { Line } from './member.ts';
import type { PlenaryServices } from './services.ts';

/** The sessions that anybody has been in since the server started. */
export class Plenary {
  readonly deps: PlenaryServices;
  private readonly live = new Map<string, Promise<LiveSession>>();
  private readonly ready = new Map<string, LiveSession>();
  private readonly byLine = new WeakMap<Line, LiveSession>();

  constructor(deps: PlenaryServices) {
    this.deps = deps;
  }

  /** Rejects with a `ReasonedError` SESSION_UNKNOWN, SESSION_FULL or ALREADY_HERE. */
  async join(identity: Identity, options: PlenaryJoinOptions, connection: PlenaryConnection): Promise<Line> {
    const session = await this.open(options.session);
    const line = await session.join(identity, options, connection);
    this.byLine.set(line, session);
    return line;
  }

  sessionOf(line: Line): LiveSession | undefined {
    return this.byLine.get(line);
  }

  /** The session, opened if nobody has been in it yet. Rejects with a `ReasonedError` SESSION_UNKNOWN. */
  open(id: string): Promise<LiveSession> {
    const known = this.live.get(id);
    if (known !== undefined) return known;
    const opening = this.begin(id);
    this.live.set(id, opening);
    opening.catch(() => this.live.delete(id));
    return opening;
  }

  /** Opens the sessions that an earlier process was recording: their recordings go on, whether anybody comes or not. */
  resume(): void {
    for (const { id, state: { meeting } } of this.deps.sessions.all()) {
      if (meeting.recordingSince !== null) this.open(id).catch((error: unknown) => { this.deps.log.error({ err: error, session: id }, 'a recording could not be taken up'); });
    }
  }

  expel(person: string, reason: keyof typeof CLOSE_CODES): void {
    for (const session of this.ready.values()) session.expel(person, reason);
  }

  tick(): void {
    for (const session of this.ready.values()) session.tick().catch((error: unknown) => { this.deps.log.error({ err: error, session: session.id }, 'a session could not be looked after'); });
  }

  announceStop(): void {
    for (const session of this.ready.values()) session.announceStop();
  }

  stop(): void {
    for (const session of this.ready.values()) session.stop();
  }

  private async begin(id: string): Promise<LiveSession> {
    const book = this.deps.sessions.get(id);
    if (book === undefined) throw new ReasonedError('SESSION_UNKNOWN');
    const session = new LiveSession(this.deps, book);
    await session.captions.load();
    this.ready.set(id, session);
    return session;
  }
}
