// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { showLanguage } from '../../ui/i18n.ts';
import { press } from '../../ui/testing.ts';
import { fakePlenary, participant } from '../testing.ts';
import type { FakePlenary } from '../testing.ts';
import { PlenaryContext } from '../view/context.ts';
import { Workplace } from './index.tsx';
import { changeCaptionerPreferences, parseCaptionerPreferences } from './preferences.ts';

let root: HTMLElement;
let plenary: FakePlenary;

const line = (): HTMLTextAreaElement => root.querySelector('#captioner-line') as HTMLTextAreaElement;
const sent = (): unknown[][] => plenary.calls.filter(({ name }) => name === 'caption').map(({ args }) => [...args]);

/** Writes on at the end of the line. */
async function type(text: string): Promise<void> {
  await act(() => {
    line().value = text;
    line().setSelectionRange(text.length, text.length);
    line().dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}

async function key(name: string): Promise<void> {
  await act(() => { line().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })); });
}

beforeEach(async () => {
  await showLanguage('en');
  changeCaptionerPreferences({ language: 'fr', byPunctuation: false, abbreviations: 'uit = Union internationale des télécommunications' });
  const chair = participant('chair', 'Senegal', { role: 'chair', name: 'Amina Diallo' });
  plenary = fakePlenary([participant('me', 'Captions', { role: 'captioner' }), chair], newSession({ title: 'Council', kind: 'plenary' }));
  for (const deed of [{ kind: 'preside' }, { kind: 'status', status: 'open' }, { kind: 'take' }] as const) plenary.as('chair', deed);
  root = document.createElement('main');
  document.body.append(root);
  await act(() => { render(<PlenaryContext.Provider value={plenary}><Workplace /></PlenaryContext.Provider>, root); });
});
afterEach(async () => {
  await act(() => { render(null, root); });
  root.remove();
});

describe('the captioners’ console', () => {
  it('sends the line as it grows, and ends it with Enter', async () => {
    await type('Merci');
    expect(sent()).toEqual([['fr', 'Merci', false]]);
    await type('Merci, Madame.');
    await key('Enter');
    expect(sent().at(-1)).toEqual(['fr', 'Merci, Madame.', true]);
    expect(line().value).toBe('');
  });

  it('writes abbreviations out, and the name of the speaker', async () => {
    await type('Pour l’uit ');
    expect(line().value).toBe('Pour l’uit ');
    await type('La uit ');
    expect(line().value).toBe('La Union internationale des télécommunications ');
    await key('F2');
    expect(line().value).toMatch(/^Amina Diallo.*Senegal.*: La Union/u);
    expect(line().value).not.toMatch(/[\u2066-\u2069]/u);
  });

  it('ends a line at the end of a sentence, if that is wanted', async () => {
    await act(() => { changeCaptionerPreferences({ byPunctuation: true }); });
    await type('Le point trois est ouvert. La parole');
    expect(sent()[0]).toEqual(['fr', 'Le point trois est ouvert.', true]);
    expect(line().value).toBe('La parole');
  });

  it('does not send what an input method is still composing', async () => {
    await act(() => {
      line().value = 'ni';
      line().dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    });
    expect(sent()).toEqual([]);
  });

  it('reads the language that is written, and shows the last lines', async () => {
    expect(plenary.calls.filter(({ name }) => name === 'readCaptions').at(-1)?.args).toEqual(['fr']);
    await act(() => { plenary.store.captions.value = { language: 'fr', live: null, lines: [{ id: 1, language: 'fr', text: 'La séance est ouverte.', final: true, speaker: 'Amina Diallo', at: 0 }] }; });
    expect(root.textContent).toContain('La séance est ouverte.');
  });

  it('has the name of the speaker a press away', async () => {
    await press(root, 'Write “Amina Diallo”');
    expect(line().value).toContain('Amina Diallo');
  });
});

describe('what is kept on the device', () => {
  it('drops what may not stand there', () => {
    expect(parseCaptionerPreferences('{"language":"xx","byPunctuation":true,"abbreviations":7}')).toEqual({ language: null, byPunctuation: true, abbreviations: '' });
  });
});
