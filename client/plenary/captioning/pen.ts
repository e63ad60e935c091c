import type { Language } from '../../../shared/protocol/vocabulary.ts';

/** A growing line is sent so often at most: four times a second reads as a flow, and is far from the server's limit. */
export const EVERY_MS = 250;

/** Sends what is being written: at once, then as often as is allowed, and always what was written last. */
export class Pen {
  private readonly send: (language: Language, text: string, final: boolean) => void;
  private sent = '';
  private waiting: { language: Language; text: string } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (language: Language, text: string, final: boolean) => void) {
    this.send = send;
  }

  /** The line so far. */
  write(language: Language, text: string): void {
    if (this.timer !== undefined) {
      this.waiting = { language, text };
      return;
    }
    if (text === this.sent) return;
    this.sent = text;
    this.send(language, text, false);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const { waiting } = this;
      this.waiting = null;
      if (waiting !== null) this.write(waiting.language, waiting.text);
    }, EVERY_MS);
  }

  /** A finished line. What was waiting is in it. */
  finish(language: Language, text: string): void {
    this.stop();
    if (text.trim() !== '') this.send(language, text.trim(), true);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = null;
    this.sent = '';
  }
}
