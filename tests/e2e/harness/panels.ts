/** The panels of the headset alone, over the real store: painted and pressed without a headset. */
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { VenueActions } from '../../../client/app/contracts.ts';
import { panelDeps } from '../../../client/app/headset/panel-deps.ts';
import { changeSettings } from '../../../client/app/settings.ts';
import { changePreferences } from '../../../client/plenary/preferences.ts';
import { showLanguage } from '../../../client/ui/i18n.ts';
import { followStoreToasts } from '../../../client/ui/toasts.ts';
import { createPanels } from '../../../client/xr/panels/index.ts';
import { faultsOf, Hand } from '../../../client/xr/panels/testing.ts';
import '../../../client/ui/styles/index.css';
import { enter, PANEL_SCENES } from './panel-scenes.ts';

export interface ShownPanel {
  readonly id: string;
  readonly picture: string;
  readonly metres: readonly [width: number, height: number];
}

const calls: string[] = [];
const actions = new Proxy({}, {
  get: (_target, name: string) => (...args: unknown[]): unknown => {
    calls.push(name);
    if (name === 'changeSettings') changeSettings(args[0] as Parameters<VenueActions['changeSettings']>[0]);
    return name === 'volumeOf' ? 1 : undefined;
  },
}) as VenueActions;

let hand: Hand | null = null;

/** Waits until fonts and pictures that were asked for are there. */
async function arrived(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    hand?.settle();
    await document.fonts.ready;
    await Promise.all(performance.getEntriesByType('resource').length === 0 ? [] : [new Promise((resolve) => { requestAnimationFrame(resolve); })]);
  }
  hand?.settle();
}

/** Brings a scene up. @returns what is wrong with it */
async function show(name: string, language: Language, contrast: 'system' | 'high' = 'system'): Promise<readonly string[]> {
  const scene = PANEL_SCENES.find((each) => each.name === name);
  if (scene === undefined) throw new Error(`there is no ${name}`);
  hand?.panels.dispose();
  changeSettings({ language, contrast });
  changePreferences({ captionSize: 'medium' });
  await showLanguage(language);
  enter();
  hand = new Hand(createPanels(panelDeps(actions, { leaveHeadset: () => { calls.push('leaveHeadset'); }, calibrate: () => { calls.push('calibrate'); } })));
  hand.panels.toggleMenu();
  scene.show(hand);
  await arrived();
  return hand.panels.all.filter(({ visible }) => visible).flatMap(faultsOf).map((fault) => `${language} ${name}: ${fault}`);
}

/** What is to be seen now. */
function pictures(): readonly ShownPanel[] {
  return (hand?.panels.all ?? []).filter(({ visible }) => visible).map(({ id, canvas, width, height }) => ({ id, picture: canvas.toDataURL(), metres: [width, height] }));
}

const harness = { show, pictures, calls, names: PANEL_SCENES.map(({ name }) => name), hand: () => hand };
export type PanelHarness = typeof harness;

declare global {
  interface Window {
    panelHarness: PanelHarness;
  }
}

followStoreToasts();
window.panelHarness = harness;
