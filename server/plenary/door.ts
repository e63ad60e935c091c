import { PlenaryClientMessages } from '../../shared/protocol/plenary/messages.ts';
import type { PlenaryClientMessage, PlenaryClientMessageName } from '../../shared/protocol/plenary/messages.ts';
import { CLOSE_CODES } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { messageBody, messageName } from '../rooms/inbound.ts';
import type { LiveSession } from './live-session.ts';
import type { PlenaryMessageKind } from './limits.ts';
import type { Line } from './member.ts';

interface Told {
  readonly session: LiveSession;
  readonly line: Line;
}

type Handler<K extends PlenaryClientMessageName> = (told: Told, message: PlenaryClientMessage<K>) => Reason | null | Promise<Reason | null>;

const ok = (_done: unknown): null => null;

const HANDLERS: { readonly [K in PlenaryClientMessageName]: Handler<K> } = {
  deed: ({ session, line }, { deed, nonce }) => session.act(line, deed, nonce),
  console: ({ session, line }, { deed }) => session.console(line, deed),
  listen: ({ session, line }, wish) => ok(session.listen(line, wish)),
  chat: ({ session, line }, message) => session.say(line, message),
  caption: ({ session, line }, message) => {
    if (line.member.identity.role !== 'captioner') return 'NOT_CAPTIONER';
    if (line.outside) return 'SESSION_CLOSED';
    return ok(session.caption(message));
  },
  readCaptions: ({ session, line }, { language }) => (line.outside ? 'SESSION_CLOSED' : ok(session.captions.read(line.member, language))),
  mediaOffer: ({ session, line }, { sdp }) => session.audio.offer(line.member, sdp),
  mediaLeave: ({ session, line }) => ok(session.audio.leave(line.member.id)),
  camera: ({ session, line }, { on, sign }) => (line.outside ? 'SESSION_CLOSED' : session.pictures.camera(line.member, on, sign)),
  screen: ({ session, line }, { on }) => (line.outside ? 'SESSION_CLOSED' : session.pictures.screen(line.member, on)),
  pictureOffer: ({ session, line }, offer) => session.pictures.offer(line.member, offer.line, offer.sdp),
  pictureLeave: ({ session, line }, leave) => ok(session.pictures.leaveLine(line.member.id, leave.line)),
  pictureSize: ({ session, line }, { place, size }) => ok(session.pictures.setSize(line.member, place, size)),
  watchPeople: ({ session, line }, { on }) => (line.outside ? 'SESSION_CLOSED' : ok(session.watch(line, on))),
  ping: ({ line }, { at }) => ok(line.connection.send('pong', { at, now: Date.now() })),
};

/** Which of what clients send is answered when it is done. */
const ANSWERED: ReadonlySet<PlenaryClientMessageName> = new Set<PlenaryClientMessageName>(['deed', 'console']);

export interface PlenaryDoorDeps {
  readonly sessionOf: (line: Line) => LiveSession | undefined;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly refused: (what: PlenaryMessageKind, reason: Reason) => void;
}

/** Where everything that clients send to a session comes in: size and rate by kind, decoding, shape, and only then what it asks for. Never throws for what a frame holds. */
export class PlenaryDoor {
  private readonly deps: PlenaryDoorDeps;

  constructor(deps: PlenaryDoorDeps) {
    this.deps = deps;
  }

  receive(line: Line, frame: Uint8Array): void {
    const session = this.deps.sessionOf(line);
    // Frames that were under way when the connection was replaced or given up.
    if (session === undefined || line.member.line !== line) return;
    const kind = messageName(frame, PlenaryClientMessages);
    const refused = line.limits.admit(kind, frame.length, this.deps.clock());
    if (refused !== null) this.offend(line, kind, refused);
    else if (kind === 'unknown') this.offend(line, kind, 'MESSAGE_UNKNOWN');
    else this.dispatch({ session, line }, kind, frame);
  }

  private dispatch<K extends PlenaryClientMessageName>(told: Told, kind: K, frame: Uint8Array): void {
    const message = read(kind, frame);
    if (message === null) {
      this.offend(told.line, kind, 'MESSAGE_INVALID');
      return;
    }
    const outcome = HANDLERS[kind](told, message);
    if (outcome instanceof Promise) void outcome.then((reason) => { this.answer(told.line, kind, message, reason); });
    else this.answer(told.line, kind, message, outcome);
  }

  private answer<K extends PlenaryClientMessageName>(line: Line, kind: K, message: PlenaryClientMessage<K>, reason: Reason | null): void {
    const nonce = 'nonce' in message ? message.nonce : '';
    if (reason === null) {
      if (ANSWERED.has(kind)) line.connection.send('done', { nonce });
      return;
    }
    this.deps.refused(kind, reason);
    line.connection.send('refused', { what: kind, deed: 'deed' in message ? message.deed.kind : '', reason, nonce });
  }

  /** Refuses what no honest client sends, and ends the connection when there is too much of it. */
  private offend(line: Line, what: PlenaryMessageKind, reason: Reason): void {
    if (!line.limits.offend(this.deps.clock())) {
      this.deps.refused(what, reason);
      line.connection.send('refused', { what, deed: '', reason, nonce: '' });
      return;
    }
    this.deps.refused(what, 'FLOOD');
    this.deps.sessionOf(line)?.drop(line, true);
    line.connection.close(CLOSE_CODES.FLOOD, 'FLOOD');
  }
}

/** @returns null for what is no such message */
function read<K extends PlenaryClientMessageName>(kind: K, frame: Uint8Array): PlenaryClientMessage<K> | null {
  try {
    const parsed = PlenaryClientMessages[kind].safeParse(messageBody(frame));
    return parsed.success ? (parsed.data as PlenaryClientMessage<K>) : null;
  } catch {
    return null;
  }
}
