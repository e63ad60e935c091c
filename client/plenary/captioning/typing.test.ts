import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERY_MS, Pen } from './pen.ts';
import { expand, parseAbbreviations, settle } from './typing.ts';

describe('where lines end', () => {
  it('ends sentences if wanted, and keeps what has begun', () => {
    expect(settle('The floor is yours. Thank you, Madam Chair! We', true)).toEqual({ lines: ['The floor is yours.', 'Thank you, Madam Chair!'], rest: 'We' });
    expect(settle('The floor is yours. Thank you', false)).toEqual({ lines: [], rest: 'The floor is yours. Thank you' });
    expect(settle('The floor is yours.', true)).toEqual({ lines: [], rest: 'The floor is yours.' });
  });

  it('does not end a line at an abbreviation', () => {
    expect(settle('M. Diallo a la parole. Merci', true)).toEqual({ lines: ['M. Diallo a la parole.'], rest: 'Merci' });
    expect(settle('No. 7 is', true)).toEqual({ lines: [], rest: 'No. 7 is' });
  });

  it('knows the signs of Chinese and Arabic, and what closes after them', () => {
    expect(settle('我们现在开始讨论议程项目三。下', true)).toEqual({ lines: ['我们现在开始讨论议程项目三。'], rest: '下' });
    expect(settle('هل يوافق المجلس على ذلك؟ شكرا', true)).toEqual({ lines: ['هل يوافق المجلس على ذلك؟'], rest: 'شكرا' });
    expect(settle('He said: “The list is closed.” Then', true)).toEqual({ lines: ['He said: “The list is closed.”'], rest: 'Then' });
  });

  it('cuts what is too long between words', () => {
    const { lines, rest } = settle('word '.repeat(150), false);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThanOrEqual(500);
    expect(`${lines[0] ?? ''} ${rest}`).toBe('word '.repeat(150));
    expect(settle('x'.repeat(1100), false).lines.map(({ length }) => length)).toEqual([500, 500]);
  });
});

describe('abbreviations', () => {
  const list = parseAbbreviations('itu = International Telecommunication Union\n mc=Madam Chair\nno equals sign\n= nothing\ntwo words = no\nempty =');

  it('are read line by line', () => {
    expect([...list]).toEqual([['itu', 'International Telecommunication Union'], ['mc', 'Madam Chair']]);
  });

  it('are written out when the word ends, wherever one writes', () => {
    expect(expand({ text: 'Thank you, mc.', caret: 14 }, list)).toEqual({ text: 'Thank you, Madam Chair.', caret: 23 });
    expect(expand({ text: 'the itu has', caret: 8 }, list)).toEqual({ text: 'the International Telecommunication Union has', caret: 42 });
    expect(expand({ text: 'the itu', caret: 7 }, list)).toBeNull();
    expect(expand({ text: 'situ ', caret: 5 }, list)).toBeNull();
  });
});

describe('the pen', () => {
  const sent: { text: string; final: boolean; at: number }[] = [];
  let pen: Pen;
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    sent.length = 0;
    pen = new Pen((_language, text, final) => sent.push({ text, final, at: Date.now() }));
  });
  afterEach(() => { vi.useRealTimers(); });

  it('sends the first word at once, then at most four times a second, and the last state always', () => {
    for (let i = 1; i <= 40; i += 1) {
      pen.write('en', 'x'.repeat(i));
      vi.advanceTimersByTime(50);
    }
    vi.advanceTimersByTime(EVERY_MS);
    expect(sent[0]).toEqual({ text: 'x', final: false, at: 0 });
    expect(sent.at(-1)?.text).toBe('x'.repeat(40));
    for (let i = 1; i < sent.length; i += 1) expect((sent[i]?.at ?? 0) - (sent[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(EVERY_MS);
  });

  it('finishes a line once, without what was waiting after it', () => {
    pen.write('en', 'Than');
    pen.write('en', 'Thank you');
    pen.finish('en', 'Thank you. ');
    vi.advanceTimersByTime(5 * EVERY_MS);
    expect(sent).toEqual([{ text: 'Than', final: false, at: 0 }, { text: 'Thank you.', final: true, at: 0 }]);
    pen.finish('en', '  ');
    expect(sent).toHaveLength(2);
  });

  it('takes back what was shown when everything is deleted', () => {
    pen.write('fr', 'Faux');
    vi.advanceTimersByTime(EVERY_MS);
    pen.write('fr', '');
    expect(sent.at(-1)).toMatchObject({ text: '', final: false });
  });
});
