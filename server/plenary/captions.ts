import type { CaptionLine } from '../../shared/protocol/plenary/messages.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { PlenaryRepository } from '../store/store.ts';
import { encodePlenary } from './connection.ts';
import type { Member } from './member.ts';
import { isIn } from './member.ts';

export interface CaptionsDeps {
  readonly store: Pick<PlenaryRepository, 'addCaption' | 'captions'>;
  readonly session: string;
  readonly members: () => Iterable<Member>;
  readonly now: () => number;
  /** A line could not be written down. */
  readonly failed: (error: unknown) => void;
}

export interface NewCaption {
  readonly language: Language;
  readonly text: string;
  readonly final: boolean;
  /** Who had the floor, or empty. */
  readonly speaker: string;
}

/** Captions of a session: shown at once to those who read the language, and kept, when final, for the transcript. Nothing that was said in a closed part is kept. */
export class Captions {
  private readonly deps: CaptionsDeps;
  private lines: CaptionLine[] = [];
  private counter = 0;

  constructor(deps: CaptionsDeps) {
    this.deps = deps;
  }

  /** Takes up what an earlier process kept. Rejects with a `StoreError`. */
  async load(): Promise<void> {
    const kept = await this.deps.store.captions(this.deps.session);
    this.lines = [...kept, ...this.lines];
    this.counter = Math.max(this.counter, ...kept.map(({ id }) => id));
  }

  add({ language, text, final, speaker }: NewCaption, closed: boolean): void {
    this.counter += 1;
    const line: CaptionLine = { id: this.counter, language, text, final, speaker, at: this.deps.now() };
    const bytes = encodePlenary('caption', line);
    for (const member of this.deps.members()) if (member.reads === language && isIn(member)) member.line?.connection.sendEncoded(bytes);
    if (!final || closed || text === '') return;
    this.lines.push(line);
    this.deps.store.addCaption(this.deps.session, line).catch((error: unknown) => { this.deps.failed(error); });
  }

  /** Sends what there is of a language to somebody who begins to read it. */
  read(member: Member, language: Language | null): void {
    member.reads = language;
    if (language !== null) member.line?.connection.send('transcript', { language, lines: this.transcript(language) });
  }

  transcript(language: Language): readonly CaptionLine[] {
    return this.lines.filter((line) => line.language === language);
  }
}
