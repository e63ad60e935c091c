/** Deeds that wait for the server's word. */
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { OfflineError } from './errors.ts';

/** A line that is back later than this after the press finds its owner elsewhere in their thoughts: better to say that the deed is uncertain than to do it now. Milliseconds. */
export const REPEAT_MS = 15_000;

interface Waiting {
  readonly send: () => void;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: ReasonedError) => void;
}

/** Knows answers by their nonces. What was sent into a line that broke is sent again on the next one: the server does no nonce twice. */
export class Answers {
  private readonly waiting = new Map<string, Waiting>();
  private last = 0;
  private readonly prefix: string;

  /** `prefix`: random per page, as nonces are a person's. */
  constructor(prefix: string) {
    this.prefix = prefix;
  }

  nonce(): string {
    this.last += 1;
    return `${this.prefix}${this.last}`;
  }

  /** `now`: milliseconds of any clock that only runs forwards. `send` is called at once, and again on a new line. */
  wait(nonce: string, now: number, send: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.set(nonce, { send, since: now, resolve, reject });
      send();
    });
  }

  done(nonce: string): void {
    this.waiting.get(nonce)?.resolve();
    this.waiting.delete(nonce);
  }

  /** @returns whether somebody waited for it */
  refused(nonce: string, reason: Reason): boolean {
    const found = this.waiting.get(nonce);
    found?.reject(new ReasonedError(reason));
    this.waiting.delete(nonce);
    return found !== undefined;
  }

  /** There is a line again. */
  repeat(now: number): void {
    for (const [nonce, each] of [...this.waiting]) {
      if (now - each.since <= REPEAT_MS) each.send();
      else this.giveUp(nonce, each);
    }
  }

  /** There will be none. */
  end(): void {
    for (const [nonce, each] of [...this.waiting]) this.giveUp(nonce, each);
  }

  private giveUp(nonce: string, { reject }: Waiting): void {
    this.waiting.delete(nonce);
    reject(new OfflineError(true));
  }
}
