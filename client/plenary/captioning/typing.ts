/** Writing captions: where lines end, and what abbreviations stand for. Pure. */
import { CAPTION_MAX_LENGTH } from '../../../shared/protocol/plenary/vocabulary.ts';

/** Signs that end a sentence, those of Chinese and Arabic too, with what may close after them. */
const SENTENCE = /^([\s\S]*?(?:[.!?…؟](?=["»”’)\]]*\s)|[。！？])["»”’)\]」』]*)\s*([\s\S]*)$/u;
/** Not a sentence yet: "M. Diallo", "No. 7". */
const SHORTEST_SENTENCE = 12;

export interface Settled {
  /** Lines that are finished, in their order. */
  readonly lines: readonly string[];
  /** What is still being written. */
  readonly rest: string;
}

/** `rest` and what comes before its first end of a sentence, or null. */
function firstSentence(text: string): { readonly line: string; readonly rest: string } | null {
  const [, line, rest] = SENTENCE.exec(text) ?? [];
  if (line === undefined || rest === undefined) return null;
  if (line.trim().length >= SHORTEST_SENTENCE) return { line: line.trim(), rest };
  const after = firstSentence(rest);
  return after === null ? null : { line: `${line.trim()} ${after.line}`, rest: after.rest };
}

/** What of a text is finished: what is too long for a caption, cut between words, and if wanted every sentence that has ended. */
export function settle(text: string, byPunctuation: boolean): Settled {
  const lines: string[] = [];
  let rest = text;
  for (;;) {
    const sentence = byPunctuation ? firstSentence(rest) : null;
    if (sentence !== null && sentence.line.length <= CAPTION_MAX_LENGTH) {
      lines.push(sentence.line);
      rest = sentence.rest;
    } else if (rest.length > CAPTION_MAX_LENGTH) {
      const space = rest.lastIndexOf(' ', CAPTION_MAX_LENGTH);
      const end = space > 0 ? space : CAPTION_MAX_LENGTH;
      lines.push(rest.slice(0, end).trim());
      rest = rest.slice(end).trimStart();
    } else {
      return { lines, rest };
    }
  }
}

/** Abbreviations as they are written down: `abbreviation = text`, one a line. Lines without both are left out. */
export function parseAbbreviations(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    const [short, long] = [line.slice(0, Math.max(0, at)).trim(), line.slice(at + 1).trim()];
    if (at > 0 && short !== '' && !/\s/u.test(short) && long !== '') found.set(short, long);
  }
  return found;
}

export interface Typed {
  readonly text: string;
  /** Where one writes on. */
  readonly caret: number;
}

/** After a sign that ends a word, the word before it is written out if it is an abbreviation. @returns null if it is none */
export function expand({ text, caret }: Typed, abbreviations: ReadonlyMap<string, string>): Typed | null {
  const [, word, end] = /(\S+?)([\s.,;:!?…，。；：！？،؛؟])$/u.exec(text.slice(0, caret)) ?? [];
  const long = word === undefined ? undefined : abbreviations.get(word);
  if (word === undefined || end === undefined || long === undefined) return null;
  const start = caret - word.length - end.length;
  const written = `${text.slice(0, start)}${long}${end}`;
  return { text: written + text.slice(caret), caret: written.length };
}
