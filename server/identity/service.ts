import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Log } from '../log.ts';
import type { PassRecord, PersonRecord, Store } from '../store/store.ts';
import type { Identity, IdentityService } from './identity.ts';
import { findPass, requireInForce } from './passes.ts';
import { openTokens } from './tokens.ts';

/** The roster command writes to the same store while the server runs; this is how long a revoked person may still be inside. */
const REVOCATION_POLL_MS = 1000;

export interface IdentityOptions {
  readonly store: Store;
  readonly tokenMinutes: number;
  readonly log: Log;
  /** Milliseconds since the epoch; the system's clock if absent. */
  readonly now?: () => number;
  readonly pollMs?: number;
}

export interface RunningIdentityService extends IdentityService {
  /** Ends the watch for revocations. */
  stop(): void;
}

function toIdentity({ id, name, entity, entityType, country, role, language }: PersonRecord, { expiresAt }: PassRecord): Identity {
  return { id, name, entity, entityType, country, role, language, passExpiresAt: expiresAt };
}

/** Follows the store's log of revocations and tells of each once. @returns how to end it. */
async function watchRevocations(options: IdentityOptions, tell: (person: string) => void): Promise<() => void> {
  const { store, log, pollMs = REVOCATION_POLL_MS } = options;
  let seen = await store.passes.lastRevocation();
  let timer: NodeJS.Timeout;
  let ended = false;
  const look = async (): Promise<void> => {
    try {
      for (const { seq, person } of await store.passes.revocationsAfter(seen)) {
        seen = seq;
        log.info({ person }, 'passes revoked');
        tell(person);
      }
    } catch (error) {
      if (!ended) log.error({ err: error }, 'cannot read revocations');
    }
    if (!ended) timer = setTimeout(() => void look(), pollMs);
  };
  timer = setTimeout(() => void look(), pollMs);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/** Passes, tokens and revocations on a store. */
export async function startIdentity(options: IdentityOptions): Promise<RunningIdentityService> {
  const { store, tokenMinutes, log, now = Date.now } = options;
  const tokens = await openTokens(store.secrets, { minutes: tokenMinutes, now });
  const listeners = new Set<(person: string) => void>();
  const stop = await watchRevocations(options, (person) => {
    for (const listener of listeners) {
      try {
        listener(person);
      } catch (error) {
        log.error({ err: error, person }, 'a part failed to put out a person whose pass was revoked');
      }
    }
  });
  return {
    openSession: async (text) => {
      const pass = await findPass(store.passes, text, now());
      const person = await store.people.get(pass.person);
      if (person === null) throw new ReasonedError('PASS_UNKNOWN');
      return { identity: toIdentity(person, pass), ...(await tokens.sign({ person: person.id, pass: pass.id })) };
    },
    identify: async (token) => {
      const content = await tokens.verify(token);
      const [pass, person] = await Promise.all([store.passes.get(content.pass), store.people.get(content.person)]);
      if (pass === null || person === null || pass.person !== person.id) throw new ReasonedError('PASS_REVOKED');
      requireInForce(pass, now());
      return toIdentity(person, pass);
    },
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop,
  };
}
