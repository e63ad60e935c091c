import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { ConnectionStatus } from '../app/contracts.ts';

/** First retry at once (a short drop), then with growing pauses, never longer than this: a server that is back should find everybody within 10 s. */
const PAUSES_MS = [0, 500, 1000, 2000, 3000] as const;
/** A try that gets no answer in this time is given up: a half-open network would hang it for minutes. */
const TRY_MS = 8000;

/** Reasons that another try cannot mend; everything else is worth one. */
const FINAL: ReadonlySet<Reason> = new Set<Reason>([
  'PASS_MISSING', 'PASS_MALFORMED', 'PASS_UNKNOWN', 'PASS_EXPIRED', 'PASS_REVOKED', 'ALREADY_HERE', 'MOVED_ELSEWHERE', 'REMOVED', 'FLOOD',
  'PROTOCOL_VERSION', 'ROOM_FULL',
]);

export function isFinal(reason: Reason): boolean {
  return FINAL.has(reason);
}

export interface ReconnectorDeps {
  /** Makes a new connection; rejects with a `ReasonedError`. */
  connect(): Promise<void>;
  onStatus(status: ConnectionStatus): void;
  /** No more tries: the server said no. */
  onEnd(reason: Reason): void;
}

/** Brings a lost connection back: tries at once, then with pauses; the browser's `online` and becoming visible cut a pause short. */
export class Reconnector {
  private readonly deps: ReconnectorDeps;
  private running = false;
  private stopped = false;
  private wake: (() => void) | null = null;

  constructor(deps: ReconnectorDeps) {
    this.deps = deps;
    addEventListener('online', this.retryNow);
    document.addEventListener('visibilitychange', this.onVisible);
  }

  /** Call when the connection dropped. Does nothing while already at it. */
  start(): void {
    if (this.running || this.stopped) return;
    this.running = true;
    void this.run(Date.now());
  }

  /** Ends the pause between two tries. */
  readonly retryNow = (): void => {
    this.wake?.();
  };

  stop(): void {
    this.stopped = true;
    this.retryNow();
    removeEventListener('online', this.retryNow);
    document.removeEventListener('visibilitychange', this.onVisible);
  }

  private readonly onVisible = (): void => {
    if (!document.hidden) this.retryNow();
  };

  private async run(since: number): Promise<void> {
    for (let attempt = 1; !this.stopped; attempt += 1) {
      this.deps.onStatus({ kind: 'reconnecting', since, attempt, why: navigator.onLine ? 'server' : 'network' });
      await this.pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length) - 1] ?? 0);
      if (this.stopped) break;
      const failure = await this.attempt();
      if (failure === null) {
        this.running = false;
        this.deps.onStatus({ kind: 'online' });
        return;
      }
      if (isFinal(failure)) {
        this.running = false;
        this.deps.onEnd(failure);
        return;
      }
    }
    this.running = false;
  }

  private async attempt(): Promise<Reason | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new ReasonedError('INTERNAL', 'no answer in time')), TRY_MS);
    });
    try {
      await Promise.race([this.deps.connect(), late]);
      return null;
    } catch (error) {
      return error instanceof ReasonedError ? error.reason : 'INTERNAL';
    } finally {
      clearTimeout(timer);
    }
  }

  private pause(ms: number): Promise<void> {
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
    });
  }
}
