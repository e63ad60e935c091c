// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { SceneFiles, Sponsor } from '../../app/contracts.ts';
import { changeSettings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { DepsContext } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { closePanel, openPanel } from '../state.ts';
import { press, recordingDeps } from '../testing.ts';
import type { Call } from '../testing.ts';
import { Venue } from '../venue/Venue.tsx';

const SCENE = {
  id: 'test', base: '/scenes/test/', layout: { ...EMPTY_LAYOUT, booths: [{ id: 'stall', node: 'stall', aspect: 1, position: [0, 0, 0], yaw: 0 }] },
  venue: { version: 1, id: 'test', names: {}, credits: [] },
} as unknown as SceneFiles;
const none = { en: '', fr: '', es: '', ru: '', zh: '', ar: '' };
const sponsor = (id: string, change: Partial<Sponsor> = {}): Sponsor => ({ id, kind: 'sponsor', tier: null, name: id, logo: null, text: none, textIn: [], link: null, booth: null, ...change });

let root: HTMLElement;
let calls: Call[];

beforeAll(() => showLanguage('en'));
beforeEach(async () => {
  store.phase.value = { kind: 'venue' };
  store.scene.value = SCENE;
  store.world.value = { kind: 'ready' };
  store.sponsors.value = [];
  root = document.body.appendChild(document.createElement('div'));
  const recording = recordingDeps();
  calls = recording.calls;
  await act(() => { render(<DepsContext.Provider value={recording.deps}><Venue /></DepsContext.Provider>, root); });
});
afterEach(async () => {
  await showLanguage('en');
  await act(() => {
    closePanel();
    render(null, root);
  });
  root.remove();
});

const panel = (): HTMLElement | null => root.querySelector('.panel--sponsors');
const button = (): HTMLElement | null => root.querySelector('.icon-button--sponsors');

async function open(...sponsors: readonly Sponsor[]): Promise<HTMLElement> {
  await act(() => { store.sponsors.value = sponsors; });
  await press(root, 'Sponsors and donors');
  await expect.poll(() => panel()?.querySelector('.sponsor')).not.toBeNull();
  const found = panel();
  if (found === null) throw new Error('no panel');
  return found;
}

describe('the panel of sponsors and donors', () => {
  it('is there only while somebody is named', async () => {
    expect(button()).toBeNull();
    await open(sponsor('Atlas'));
    expect(button()?.getAttribute('aria-expanded')).toBe('true');
    await act(() => { store.sponsors.value = []; });
    expect([button(), panel(), openPanel.value]).toEqual([null, null, null]);
  });

  it('names sponsors and donors apart, with logo, tier and website, in the order given', async () => {
    const shown = await open(sponsor('Atlas', { tier: 'gold', logo: '/logos/a.webp', link: 'https://atlas.example/carpets' }), sponsor('Mint'), sponsor('Well', { kind: 'donor' }));
    expect([...shown.querySelectorAll('h3, h4')].map(({ textContent }) => textContent)).toEqual(['Sponsors', 'Atlas', 'Mint', 'Donors', 'Well']);
    expect(shown.querySelector('.sponsor')?.textContent).toContain('Gold');
    expect(shown.querySelector('img')?.getAttribute('alt')).toBe('Logo of Atlas');
    const links = [...shown.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.target, link.rel, link.getAttribute('aria-label')]);
    expect(links).toEqual([['https://atlas.example/carpets', '_blank', 'noopener noreferrer', 'atlas.example: website of Atlas, opens in a new window']]);
  });

  it('never offers a link that is no web address', async () => {
    const shown = await open(...['javascript:alert(1)', 'http://atlas.example', 'https://bank.example@evil.example/'].map((link, index) => sponsor(`Evil ${index}`, { link })));
    expect(shown.querySelectorAll('a')).toHaveLength(0);
  });

  it('says in which language a text is, where the reader\'s has none', async () => {
    const text = { ...none, en: 'Tapis', fr: 'Tapis', ru: 'Ковры' };
    const shown = await open(sponsor('Atlas', { text, textIn: ['fr', 'ru'] }), sponsor('Mint', { text: { ...none, en: 'Tea\n\nand mint' }, textIn: ['en'] }));
    expect([...shown.querySelectorAll('.sponsor__text')].map((each) => [each.getAttribute('lang'), each.textContent])).toEqual([['fr', 'Tapis'], ['en', 'Tea'], ['en', 'and mint']]);
  });

  it('leads to a booth of the scene that one is in', async () => {
    const shown = await open(sponsor('Atlas', { booth: 'stall' }), sponsor('Mint', { booth: 'elsewhere' }));
    expect(shown.querySelectorAll('button[aria-label^="Walk to the booth"]')).toHaveLength(1);
    await press(root, 'Walk to the booth: Atlas');
    expect(calls.at(-1)).toEqual({ name: 'walkToSight', args: [{ kind: 'booth', id: 'stall' }] });
  });

  it('can be opened from the page of text', async () => {
    await act(() => {
      changeSettings({ textOnly: true });
      store.sponsors.value = [sponsor('Atlas')];
    });
    expect([...root.querySelectorAll('.companion button')].map(({ textContent }) => textContent)).toContain('Sponsors and donors');
    await act(() => { changeSettings({ textOnly: false }); });
  });
});
