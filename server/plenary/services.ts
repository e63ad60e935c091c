import type { Reason } from '../../shared/protocol/reasons.ts';
import type { IdentityService } from '../identity/identity.ts';
import type { Relay } from '../relay/relay.ts';
import type { Log } from '../rooms/services.ts';
import type { PlenaryRepository } from '../store/store.ts';
import type { PlenaryMessageKind } from './limits.ts';
import type { RecordingShelf } from './recording/shelf.ts';
import type { Sessions } from './sessions.ts';

/** What formal sessions need from the rest of the server. `server/main.ts` wires the real ones; tests pass small ones. */
export interface PlenaryServices {
  readonly identity: Pick<IdentityService, 'identify' | 'onRevoked'>;
  readonly relay: Relay;
  readonly store: PlenaryRepository;
  readonly sessions: Sessions;
  readonly log: Log;
  readonly diagnostics: { refused(what: PlenaryMessageKind | 'join', reason: Reason): void };
  /** Aborted a few seconds before the server stops. */
  readonly stopping: AbortSignal;
  readonly recordings: Pick<RecordingShelf, 'hasRoom' | 'place'>;
  /** Most people in one session. */
  readonly capacity: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
