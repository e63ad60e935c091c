import { describe, expect, it } from 'vitest';
import { directionOfText, piecesOf, Typesetter } from './text.ts';
import type { TextMeter } from './text.ts';

const LETTER = 14;
const FONT = { pixels: 28, weight: 400 } as const;
let measured = 0;
const meter: TextMeter = {
  font: '',
  measureText: (text) => {
    measured += 1;
    return { width: [...text].length * LETTER } as TextMetrics;
  },
};
const words = (language: string): Intl.Segmenter => new Intl.Segmenter(language, { granularity: 'word' });
const linesOf = (text: string, letters: number, language: 'en' | 'zh' | 'ar' = 'en'): readonly string[] => new Typesetter(meter, language).wrap(text, FONT, letters * LETTER).map((line) => line.text);

describe('where a line may end', () => {
  it('is after a space and after a hyphen, and not within a time, a number or an address', () => {
    expect(piecesOf('At 14:30, Jean-Baptiste has 3.5 m.', words('en'))).toEqual(['At ', '14:30, ', 'Jean-', 'Baptiste ', 'has ', '3.5 ', 'm.']);
  });

  it('is between Chinese words, never before a stop or after an opening bracket', () => {
    const pieces = piecesOf('谢谢主席。我国代表团（日内瓦）欢迎这份报告，', words('zh'));
    expect(pieces.join('')).toBe('谢谢主席。我国代表团（日内瓦）欢迎这份报告，');
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.filter((piece) => /^[。，）]/u.test(piece) || /（$/u.test(piece))).toEqual([]);
  });

  it('is not at a space that does not break', () => {
    expect(piecesOf('20\u00a0km away', words('en'))).toEqual(['20\u00a0km ', 'away']);
  });

  it('keeps the marks around a name with the name', () => {
    expect(piecesOf('مع \u2068Amina Diallo\u2069 الآن', words('ar'))).toEqual(['مع ', '\u2068Amina ', 'Diallo\u2069 ', 'الآن']);
  });
});

describe('breaking', () => {
  it('fills lines and loses nothing', () => {
    expect(linesOf('The Council takes note of the report', 12)).toEqual(['The Council', 'takes note', 'of the', 'report']);
  });

  it('begins a new line where the text does', () => {
    expect(linesOf('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  });

  it('cuts a word that is longer than a line between letters', () => {
    expect(linesOf('a Donaudampfschiff', 6)).toEqual(['a', 'Donaud', 'ampfsc', 'hiff']);
  });

  it('never cuts a letter from its accents', () => {
    expect(linesOf('e\u0301e\u0301e\u0301e\u0301', 4).join('|')).toBe('e\u0301e\u0301|e\u0301e\u0301');
  });

  it('breaks Chinese without spaces', () => {
    const lines = linesOf('我们希望强调每一所学校都有权接入互联网', 8, 'zh');
    expect(lines.join('')).toBe('我们希望强调每一所学校都有权接入互联网');
    expect(lines.every((line) => line.length <= 8)).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(4);
  });

  it('measures a text once', () => {
    const typesetter = new Typesetter(meter, 'en');
    typesetter.wrap('twice the same', FONT, 200);
    const before = measured;
    typesetter.wrap('twice the same', FONT, 200);
    expect(measured).toBe(before);
  });
});

describe('direction', () => {
  it('is that of the first letter', () => {
    expect(directionOfText('… خالد and others', 'ltr')).toBe('rtl');
    expect(directionOfText('2027 Amina', 'rtl')).toBe('ltr');
    expect(directionOfText('12:30', 'rtl')).toBe('rtl');
  });
});
