// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { SceneFiles } from '../../app/contracts.ts';
import { changeSettings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { DepsContext } from '../deps.ts';
import { showLanguage } from '../i18n.ts';
import { closePanel, openPanel, showPanel } from '../state.ts';
import { control, press, recordingDeps } from '../testing.ts';
import type { Call } from '../testing.ts';
import { Venue } from '../venue/Venue.tsx';

const six = (text: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, `${text} (${language})`])) as Record<Language, string>;
const stand = { position: [0, 0, 0] as [number, number, number], yaw: 0, space: null };
const tile = (name: string) => ({ name: six(name), colour: '#1144aa', shape: 'star' as const });

const SCENE = {
  id: 'test', base: '/scenes/test/',
  layout: {
    ...EMPTY_LAYOUT,
    exhibits: [{ ...stand, id: 'vase', node: null }, { ...stand, id: 'rug', node: null }],
    panoramas: [{ ...stand, id: 'desert', node: null }],
    booths: [{ ...stand, id: 'stall', node: 'stall', aspect: 1 }],
    activities: [{ ...stand, id: 'board', kind: 'mosaic' as const, node: 'board' }],
  },
  venue: {
    version: 1, id: 'test', names: { scene: six('Test') }, credits: [], budgets: { drawCalls: 1, triangles: 1, textureMegabytes: 1, wireMegabytes: 1 },
    exhibits: {
      vase: { title: six('Vase'), text: six('Clay.\nOld.'), picture: { file: 'vase.webp', alt: six('A vase') }, audio: six('vase.ogg') },
      rug: { title: six('Rug'), text: six('Wool') },
    },
    panoramas: { desert: { title: six('Desert'), text: six('Dunes'), file: 'desert.webp', kind: 'image' as const } },
    activities: { board: { title: six('Board'), text: six('Lay tiles'), columns: 3, rows: 2, tiles: [tile('blue'), tile('green')] } },
  },
} as unknown as SceneFiles;

let root: HTMLElement;
let calls: Call[];
let clean = (): void => undefined;

beforeAll(() => showLanguage('en'));
beforeEach(async () => {
  clean();
  store.phase.value = { kind: 'venue' };
  store.scene.value = SCENE;
  store.world.value = { kind: 'ready' };
  store.sight.value = null;
  store.sightNearby.value = null;
  store.panorama.value = null;
  store.sponsors.value = [];
  store.mosaics.value = new Map([['board', [0, -1, -1, -1, -1, -1]]]);
  changeSettings({ announcements: 'essential' });
  root = document.body.appendChild(document.createElement('div'));
  const recording = recordingDeps();
  calls = recording.calls;
  await act(() => { render(<DepsContext.Provider value={recording.deps}><Venue /></DepsContext.Provider>, root); });
  clean = () => {
    render(null, root);
    root.remove();
  };
});

async function open(kind: 'exhibit' | 'panorama' | 'booth' | 'activity', id: string): Promise<HTMLElement> {
  await act(() => { store.sight.value = { kind, id }; });
  const panel = root.querySelector<HTMLElement>('.panel--sight');
  if (panel === null) throw new Error('no panel opened');
  return panel;
}

async function key(name: string, target: Element = document.body): Promise<void> {
  await act(() => { target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })); });
}

describe('what is near', () => {
  it('is offered by its name, and opened by Enter only where Enter is free', async () => {
    await act(() => { store.sightNearby.value = { kind: 'exhibit', id: 'vase' }; });
    expect(root.querySelector('.sight-prompt')?.textContent).toContain('Vase (en)');
    await key('Enter', control(root, 'Settings'));
    expect(calls.some((call) => call.name === 'visit')).toBe(false);
    await key('Enter');
    expect(calls.at(-1)).toEqual({ name: 'visit', args: [{ kind: 'exhibit', id: 'vase' }] });
  });

  it('is not offered while it is open', async () => {
    await act(() => { store.sightNearby.value = { kind: 'exhibit', id: 'vase' }; });
    await open('exhibit', 'vase');
    expect(root.querySelector('.sight-prompt')).toBeNull();
  });
});

describe('an exhibit', () => {
  it('has its picture with its text, and the way to it and to the next', async () => {
    const panel = await open('exhibit', 'vase');
    expect(panel.querySelector('img')?.getAttribute('alt')).toBe('A vase (en)');
    expect(panel.textContent).toContain('Clay.');
    expect((control(panel, 'Previous') as HTMLButtonElement).disabled).toBe(true);
    await press(panel, 'Next');
    expect(calls.at(-1)).toEqual({ name: 'visit', args: [{ kind: 'exhibit', id: 'rug' }] });
    await press(panel, 'Walk there: Vase (en)');
    expect(calls.at(-1)).toEqual({ name: 'walkToSight', args: [{ kind: 'exhibit', id: 'vase' }] });
  });

  it('plays its guide and shows where it is; an exhibit without one has none', async () => {
    const panel = await open('exhibit', 'vase');
    await press(panel, 'Play');
    expect(calls.at(-1)).toEqual({ name: 'playGuide', args: ['vase'] });
    await act(() => { store.guide.value = { id: 'vase', state: 'playing', time: 65, duration: 130 }; });
    expect(panel.textContent).toContain('1:05 of 2:10');
    await press(panel, 'Pause');
    expect(calls.at(-1)?.name).toBe('pauseGuide');
    expect((await open('exhibit', 'rug')).querySelector('.guide')).toBeNull();
  });

  it('is closed with its panel, and another panel takes its place', async () => {
    await open('exhibit', 'vase');
    await act(() => { closePanel(); });
    expect(calls.at(-1)?.name).toBe('leaveSight');
    await act(() => { store.sight.value = null; });
    await open('exhibit', 'vase');
    await act(() => { showPanel('places'); });
    expect(calls.at(-1)?.name).toBe('leaveSight');
    await act(() => { store.sight.value = null; });
    expect(openPanel.value).toBe('places');
  });
});

describe('the list of places', () => {
  it('has everything to see, with its own word for going in', async () => {
    await act(() => { showPanel('places'); });
    await press(root, 'Step in: Desert (en)');
    expect(calls.at(-1)).toEqual({ name: 'visit', args: [{ kind: 'panorama', id: 'desert' }] });
    for (const name of ['Read: Vase (en)', 'Take part: Board (en)', 'Visit: Booth', 'Walk there: Rug (en)']) control(root, name);
  });
});

describe('a 360-degree stand', () => {
  it('always has a way out, by a button and by Escape, while it loads too', async () => {
    await act(() => { store.panorama.value = { id: 'desert', stage: { kind: 'loading', fraction: 0.5 }, playing: null }; });
    expect(root.querySelector('[role="progressbar"][aria-valuenow="0.5"]')).not.toBeNull();
    await press(root, 'Step out');
    expect(calls.at(-1)?.name).toBe('leavePanorama');
    const before = calls.length;
    await key('Escape');
    expect(calls.slice(before).map((call) => call.name)).toEqual(['leavePanorama']);
  });

  it('leaves Escape to a panel that is open over it', async () => {
    await act(() => { store.panorama.value = { id: 'desert', stage: { kind: 'shown' }, playing: null }; });
    await act(() => { showPanel('chat'); });
    await key('Escape');
    expect(calls.some((call) => call.name === 'leavePanorama')).toBe(false);
    expect(openPanel.value).toBeNull();
  });

  it('tells what there is to see when the picture does not come, and tries again', async () => {
    await act(() => { store.panorama.value = { id: 'desert', stage: { kind: 'failed' }, playing: null }; });
    expect(root.querySelector('.panorama')?.textContent).toContain('Dunes (en)');
    await press(root, 'Try again');
    expect(calls.at(-1)).toEqual({ name: 'visit', args: [{ kind: 'panorama', id: 'desert' }] });
  });

  it('is a picture with its text where there is no view', async () => {
    const panel = await open('panorama', 'desert');
    expect(panel.querySelector('img')?.getAttribute('src')).toBe('/scenes/test/desert.webp');
    expect(panel.textContent).toContain('Dunes (en)');
  });
});

describe('a mosaic', () => {
  const cell = (panel: HTMLElement, number: number): HTMLElement => {
    const found = panel.querySelector<HTMLElement>(`[data-cell="${number}"]`);
    if (found === null) throw new Error(`no cell ${number}`);
    return found;
  };

  it('is a grid whose cells say where they are and what lies there', async () => {
    const panel = await open('activity', 'board');
    expect(cell(panel, 0).getAttribute('aria-label')).toBe('Row 1, column 1: blue (en)');
    expect(cell(panel, 5).getAttribute('aria-label')).toBe('Row 2, column 3: empty');
    expect(panel.querySelectorAll('[role="gridcell"][tabindex="0"]')).toHaveLength(1);
    expect(panel.textContent).toContain('1 of 6 laid');
  });

  it('is laid and taken up by the keyboard', async () => {
    const panel = await open('activity', 'board');
    await key('ArrowDown', cell(panel, 0));
    expect(document.activeElement).toBe(cell(panel, 3));
    await key('Enter', cell(panel, 3));
    expect(calls.at(-1)).toEqual({ name: 'layTile', args: ['board', 3, 0] });
    await key('ArrowUp', cell(panel, 3));
    await key('Delete', cell(panel, 0));
    expect(calls.at(-1)).toEqual({ name: 'layTile', args: ['board', 0, null] });
  });

  it('lays the chosen tile by a press, and takes up one of its kind', async () => {
    const panel = await open('activity', 'board');
    await act(() => { cell(panel, 0).click(); });
    expect(calls.at(-1)).toEqual({ name: 'layTile', args: ['board', 0, null] });
    await act(() => { panel.querySelectorAll<HTMLInputElement>('.palette input')[1]?.click(); });
    await act(() => { cell(panel, 0).click(); });
    expect(calls.at(-1)).toEqual({ name: 'layTile', args: ['board', 0, 1] });
  });
});

describe('a booth', () => {
  it('tells whose it is and where its link leads before it is followed', async () => {
    expect((await open('booth', 'stall')).textContent).toContain('Nobody has this booth yet.');
    await act(() => {
      store.sponsors.value = [{ id: 'atlas', kind: 'sponsor', tier: null, textIn: [], name: 'Atlas', logo: null, text: six('Carpets'), link: 'https://atlas.example/carpets', booth: 'stall' }];
    });
    const panel = root.querySelector<HTMLElement>('.panel--sight');
    expect(panel?.querySelector('.panel__title')?.textContent).toBe('Atlas');
    expect(panel?.textContent).toContain('atlas.example');
    const opened: unknown[][] = [];
    window.open = (...args: unknown[]) => { opened.push(args); return null; };
    await press(root, 'Open the website');
    expect(opened).toEqual([['https://atlas.example/carpets', '_blank', 'noopener,noreferrer']]);
  });

  it('never offers a link that is no web address', async () => {
    store.sponsors.value = [{ id: 'evil', kind: 'donor', tier: null, textIn: [], name: 'Evil', logo: null, text: six('x'), link: 'javascript:alert(1)', booth: 'stall' }];
    const panel = await open('booth', 'stall');
    expect([...panel.querySelectorAll('button')].some((button) => button.textContent === 'Open the website')).toBe(false);
  });
});
