import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import type { Voice } from '../../audio/voice.ts';

/** What was said last is on its way so long, milliseconds: before it is over, nobody else may hear me. */
export const ECHO_MS = 300;

export interface WhisperingDeps {
  readonly voice: Pick<Voice, 'mic' | 'setMuted' | 'setHushed'>;
  readonly send: (message: ClientMessage<'whisper'>) => void;
}

/**
 * Whispering to one person while a key is held. Not a sound leaves this device between pressing the key and the server's word that only that person hears it, nor, after
 * it was let go, before all that was whispered is over.
 */
export class Whispering {
  private readonly deps: WhisperingDeps;
  private wanted: string | null = null;
  private wasLive = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(deps: WhisperingDeps) {
    this.deps = deps;
  }

  /** Begins, or ends with null. */
  to(person: string | null): void {
    if (person === this.wanted) return;
    if (person === null) this.end();
    else this.begin(person);
  }

  /** The server's word for whom I whisper to now, and did before; empty for nobody. */
  told(to: string, before: string): void {
    if (to !== '' && to === this.wanted) {
      this.deps.voice.setHushed(false);
      this.deps.voice.setMuted(false);
      return;
    }
    // It ended by itself: somebody walked away, or the talk changed. The microphone stays muted.
    if (to === '' && this.wanted !== null && before !== '') this.forget();
  }

  /** The server would not have it. */
  refused(): void {
    if (this.wanted === null) return;
    this.wanted = null;
    this.deps.voice.setHushed(false);
  }

  /** The line is new, or there is none any more. */
  forget(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wanted = null;
    this.wasLive = false;
  }

  private begin(person: string): void {
    const { voice, send } = this.deps;
    if (this.timer === null && this.wanted === null) this.wasLive = voice.mic.peek().state === 'live';
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wanted = person;
    voice.setHushed(true);
    send({ to: person });
  }

  private end(): void {
    const { voice, send } = this.deps;
    this.wanted = null;
    voice.setMuted(true);
    send({ to: null });
    this.timer = setTimeout(() => {
      this.timer = null;
      voice.setHushed(false);
      if (this.wasLive) voice.setMuted(false);
    }, ECHO_MS);
  }
}
