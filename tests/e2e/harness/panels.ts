/** The panels of the headset alone, over the real store: painted and pressed without a headset. */
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { VenueActions } from '../../../client/app/contracts.ts';
import { panelDeps } from '../../../client/app/headset/panel-deps.ts';
import { changeSettings } from '../../../client/app/settings.ts';
import { changePreferences } from '../../../client/plenary/preferences.ts';
import type { CaptionSize } from '../../../client/plenary/preferences.ts';
import { showLanguage } from '../../../client/ui/i18n.ts';
import { followStoreToasts } from '../../../client/ui/toasts.ts';
import { createPanels } from '../../../client/xr/panels/index.ts';
import type { PanelId } from '../../../client/xr/contract.ts';
import { faultsOf, Hand } from '../../../client/xr/panels/testing.ts';
import type { Box } from '../../../client/xr/panels/toolkit/layout.ts';
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

/** Frames in a row without a change: then fonts that were asked for are there, and after more of them, pictures. */
const CALM_FRAMES = { fonts: 2, pictures: 10 } as const;

async function arrived(what: keyof typeof CALM_FRAMES): Promise<void> {
  const painted = (): number => hand?.panels.all.reduce((sum, { revision }) => sum + revision, 0) ?? 0;
  for (let calm = 0, before = -1; calm < CALM_FRAMES[what]; calm += 1) {
    hand?.settle();
    await document.fonts.ready;
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    if (painted() !== before) calm = 0;
    before = painted();
  }
}

interface Wishes {
  readonly captionSize?: CaptionSize;
  readonly contrast?: 'system' | 'high';
}

/** Brings a scene up. @returns what is wrong with it */
async function show(name: string, language: Language, { captionSize = 'medium', contrast = 'system' }: Wishes = {}): Promise<readonly string[]> {
  const scene = PANEL_SCENES.find((each) => each.name === name);
  if (scene === undefined) throw new Error(`there is no ${name}`);
  hand?.panels.dispose();
  changeSettings({ language, contrast });
  changePreferences({ captionSize });
  await showLanguage(language);
  enter();
  hand = new Hand(createPanels(panelDeps(actions, { leaveHeadset: () => { calls.push('leaveHeadset'); }, calibrate: () => { calls.push('calibrate'); } })));
  hand.panels.toggleMenu();
  scene.show(hand);
  await arrived('fonts');
  return hand.panels.all.filter(({ visible }) => visible).flatMap(faultsOf).map((fault) => `${language} ${name}: ${fault}`);
}

/** What is to be seen now. */
async function pictures(): Promise<readonly ShownPanel[]> {
  await arrived('pictures');
  return (hand?.panels.all ?? []).filter(({ visible }) => visible).map(({ id, canvas, width, height }) => ({ id, picture: canvas.toDataURL(), metres: [width, height] }));
}

function textsIn(box: Box): readonly string[] {
  return [...(box.node.kind === 'text' ? [box.node.text] : []), ...box.children.flatMap(textsIn)];
}

/** All texts of a panel, in their order. */
function shownTexts(panel: PanelId): readonly string[] {
  hand?.settle();
  const layout = hand?.surface(panel).layout ?? null;
  return layout === null ? [] : textsIn(layout);
}

const harness = { show, pictures, shownTexts, calls, names: PANEL_SCENES.map(({ name }) => name), hand: () => hand };
export type PanelHarness = typeof harness;

declare global {
  interface Window {
    panelHarness: PanelHarness;
  }
}

followStoreToasts();
window.panelHarness = harness;
