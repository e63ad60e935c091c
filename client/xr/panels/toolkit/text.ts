import type { Language } from '../../../../shared/protocol/vocabulary.ts';

export type Direction = 'ltr' | 'rtl';

export interface Line {
  readonly text: string;
  /** Pixels. */
  readonly width: number;
}

export interface Font {
  readonly pixels: number;
  readonly weight: number;
}

/** What of a canvas measures text. */
export type TextMeter = Pick<CanvasRenderingContext2D, 'font' | 'measureText'>;

/** Scripts in which a line may end between two words without a space between them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Never first in a line: closing brackets, stops, the end of an isolate. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}\u2069…～ー%]/u;
/** Never last in a line. */
const OPENING = /[\p{Ps}\p{Pi}\u2068¿¡]$/u;
const AFTER_HYPHEN = /\p{L}[-‐–/]$/u;
const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Chinese fonts of the device before its general one, which may have other forms of the same characters. */
const FAMILY = "'Noto Sans Variable', 'Noto Sans Arabic Variable', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', system-ui, -apple-system, 'Segoe UI', sans-serif";
const ARABIC_FAMILY = "'Noto Sans Arabic Variable', 'Noto Sans Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";
/** Arabic letters are smaller in their em. */
const ARABIC_SCALE = 1.08;
/** Forgotten all at once beyond so many: a chat of hours must not fill the memory. */
const MOST_KNOWN = 4000;

/** The direction of the first letter (Unicode UAX #9, P2 and P3); that of the interface where there is none. */
export function directionOfText(value: string, otherwise: Direction): Direction {
  const first = STRONG.exec(value)?.[0];
  if (first === undefined) return otherwise;
  return RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
}

function mayBreak(before: string, next: string): boolean {
  if (CLOSING.test(next) || OPENING.test(before)) return false;
  if (AFTER_HYPHEN.test(before) && STRONG.test(next.charAt(0))) return true;
  return UNSPACED.test(before.slice(-1)) || UNSPACED.test(next.charAt(0));
}

/** Pieces between which a line may end; a space stands at the end of its piece. */
export function piecesOf(value: string, words: Intl.Segmenter): readonly string[] {
  const pieces: string[] = [];
  let open = '';
  let ended = false;
  // The beginning of an isolate clings to what stands before it by the rules of words, and belongs to what follows.
  const parts = [...words.segment(value)].flatMap(({ segment }) => segment.split(/(?=\u2068)/u));
  for (const part of parts) {
    const space = part.trim() === '';
    if (open !== '' && !space && (ended || mayBreak(open, part))) {
      pieces.push(open);
      open = '';
    }
    open += part;
    // A space that does not break stays inside.
    ended = space && !/[\u00a0\u202f]$/u.test(part);
  }
  if (open !== '') pieces.push(open);
  return pieces;
}

/** Breaks and measures text of one language, and remembers what it has measured. */
export class Typesetter {
  readonly language: Language;
  readonly direction: Direction;
  private readonly meter: TextMeter;
  private readonly words: Intl.Segmenter;
  private readonly graphemes: Intl.Segmenter;
  private readonly widths = new Map<string, number>();
  private readonly wraps = new Map<string, readonly Line[]>();
  private readonly longest = new Map<string, number>();

  constructor(meter: TextMeter, language: Language) {
    this.meter = meter;
    this.language = language;
    this.direction = language === 'ar' ? 'rtl' : 'ltr';
    this.words = new Intl.Segmenter(language, { granularity: 'word' });
    this.graphemes = new Intl.Segmenter(language, { granularity: 'grapheme' });
  }

  /** As a canvas takes it. */
  fontOf({ pixels, weight }: Font): string {
    return this.language === 'ar' ? `${weight} ${(pixels * ARABIC_SCALE).toFixed(1)}px ${ARABIC_FAMILY}` : `${weight} ${pixels}px ${FAMILY}`;
  }

  /** Other fonts have been loaded: what was measured is not so any more. */
  forget(): void {
    this.widths.clear();
    this.wraps.clear();
    this.longest.clear();
  }

  width(value: string, font: Font): number {
    const key = `${font.weight} ${font.pixels} ${value}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (this.widths.size > MOST_KNOWN) this.widths.clear();
    this.meter.font = this.fontOf(font);
    const { width } = this.meter.measureText(value);
    this.widths.set(key, width);
    return width;
  }

  /** Width of the widest line if it is broken only where it says so itself. */
  naturalWidth(value: string, font: Font): number {
    return Math.max(0, ...value.split('\n').map((line) => this.width(line, font)));
  }

  /** Width of the widest piece that cannot be broken but between any two letters. */
  longestPiece(value: string, font: Font): number {
    const key = `${font.weight} ${font.pixels} ${value}`;
    const known = this.longest.get(key);
    if (known !== undefined) return known;
    if (this.longest.size > MOST_KNOWN) this.longest.clear();
    const width = Math.max(0, ...piecesOf(value, this.words).map((piece) => this.width(piece.trimEnd(), font)));
    this.longest.set(key, width);
    return width;
  }

  wrap(value: string, font: Font, width: number): readonly Line[] {
    const key = `${font.weight} ${font.pixels} ${width.toFixed(0)} ${value}`;
    const known = this.wraps.get(key);
    if (known !== undefined) return known;
    if (this.wraps.size > MOST_KNOWN) this.wraps.clear();
    const lines = value.split('\n').flatMap((paragraph) => this.wrapParagraph(paragraph, font, width));
    this.wraps.set(key, lines);
    return lines;
  }

  private wrapParagraph(value: string, font: Font, width: number): Line[] {
    const lines: string[] = [];
    let line = '';
    for (const piece of this.fittingPieces(value, font, width)) {
      if (line !== '' && this.width((line + piece).trimEnd(), font) > width) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += piece;
    }
    lines.push(line.trimEnd());
    return lines.map((each) => ({ text: each, width: this.width(each, font) }));
  }

  /** A piece that is longer than a line is cut between letters. */
  private fittingPieces(value: string, font: Font, width: number): readonly string[] {
    return piecesOf(value, this.words).flatMap((piece) => (this.width(piece.trimEnd(), font) <= width ? [piece] : this.cut(piece, font, width)));
  }

  private cut(piece: string, font: Font, width: number): readonly string[] {
    const parts: string[] = [];
    let part = '';
    for (const { segment } of this.graphemes.segment(piece)) {
      if (part !== '' && this.width(part + segment, font) > width) {
        parts.push(part);
        part = '';
      }
      part += segment;
    }
    return [...parts, part];
  }
}
