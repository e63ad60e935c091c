import { computed, effect, untracked } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { PanelsDeps } from '../../app/headset/panel-deps.ts';
import type { Panels } from '../contract.ts';
import { CAPTION_HEIGHT, CAPTION_WIDTH, captionsPanel, hasCaptions } from './captions.ts';
import { PANEL_ICONS } from './icons.ts';
import { keyboardPanel } from './keyboard/keyboard.ts';
import { mainPanel } from './main.ts';
import { hasNotice, NOTICE_WIDTH, noticePanel } from './notice.ts';
import { closeMain, createKit, openPage } from './state.ts';
import type { Kit } from './state.ts';
import { showPerson } from './pages/people.ts';
import { Pictures } from './toolkit/pictures.ts';
import type { Look } from './toolkit/painter.ts';
import { Surface } from './toolkit/surface.ts';
import { Typesetter } from './toolkit/text.ts';
import { paletteOf } from './toolkit/theme.ts';
import { wristMenu } from './wrist.ts';

const WRIST_WIDTH = 600;
const MAIN = { width: 1024, height: 880 } as const;
const KEYBOARD = { width: 1024, height: 492 } as const;

export interface PaintedPanels extends Panels {
  readonly all: readonly Surface[];
}

/** How panels look: colours, language and direction, icons. Another language or contrast is another look. */
function lookOf({ texts, settings, icons }: PanelsDeps): ReadonlySignal<Look> {
  const meter = document.createElement('canvas').getContext('2d');
  if (meter === null) throw new Error('panels need a canvas to be painted on');
  const pictures = new Pictures();
  const paths = { ...icons.paths, ...PANEL_ICONS };
  const strong = matchMedia('(prefers-contrast: more)').matches;
  const typesetter = computed(() => new Typesetter(meter, texts.language.value));
  const palette = computed(() => paletteOf(strong || settings.value.contrast === 'high'));
  return computed(() => ({ palette: palette.value, typesetter: typesetter.value, pictures, icons: paths, directional: icons.directional }));
}

function surfaces(kit: Kit, look: ReadonlySignal<Look>): readonly Surface[] {
  const { state } = kit;
  const make = (options: Omit<ConstructorParameters<typeof Surface>[0], 'canvas' | 'look'>): Surface => new Surface({ ...options, look, canvas: document.createElement('canvas') });
  return [
    make({ id: 'notice', width: NOTICE_WIDTH, height: null, visible: computed(() => hasNotice(kit)), build: () => noticePanel(kit) }),
    make({ id: 'captions', width: CAPTION_WIDTH, height: CAPTION_HEIGHT, visible: computed(() => hasCaptions(kit)), build: () => captionsPanel(kit, look.value.typesetter) }),
    make({ id: 'wrist', width: WRIST_WIDTH, height: null, visible: state.wrist, build: () => wristMenu(kit) }),
    make({ id: 'keyboard', ...KEYBOARD, visible: computed(() => state.field.value !== null && state.page.value !== null), build: () => keyboardPanel(kit) }),
    make({ id: 'main', ...MAIN, visible: computed(() => state.page.value !== null), build: () => mainPanel(kit) }),
  ];
}

/** What is only sent while somebody looks at it, and what is read by being looked at. */
function watch(kit: Kit): readonly (() => void)[] {
  const { state, deps: { venue, actions } } = kit;
  const listed = computed(() => state.page.value === 'hearers');
  return [
    effect(() => {
      if (!listed.value) return undefined;
      actions.watchHearers(true);
      return () => { actions.watchHearers(false); };
    }),
    effect(() => {
      void venue.chat.threads.value;
      if (state.page.value === 'chat') venue.chat.markSeen(state.thread.value);
    }),
    // Opened in the scene, by whatever way.
    effect(() => {
      if (venue.store.sight.value !== null) untracked(() => { openPage(kit, 'sight'); });
      else if (state.page.peek() === 'sight') untracked(() => { closeMain(kit); });
    }),
    effect(() => {
      if (state.page.value !== 'sight' && venue.store.sight.peek() !== null) untracked(() => { actions.leaveSight(); });
    }),
    // An item of another session is none of this one.
    effect(() => {
      if (venue.store.attending.value === null) state.item.value = null;
    }),
  ];
}

/** Panels of the headset. They read signals and call actions; whoever calls this puts their canvases into the scene, and says where they are pointed at. */
export function createPanels(deps: PanelsDeps): PaintedPanels {
  const kit = createKit(deps);
  const { state } = kit;
  const look = lookOf(deps);
  const all = surfaces(kit, look);
  const stops = watch(kit);
  let turn = 0;
  const fontsChanged = (): void => {
    look.peek().typesetter.forget();
    for (const surface of all) surface.invalidate();
  };
  document.fonts.addEventListener('loadingdone', fontsChanged);
  return {
    all,
    update(now) {
      if (deps.venue.store.attending.peek() !== null) state.second.value = Math.floor(now / 1000);
      // Each in its turn, so that one that always changes does not hold up the others.
      for (let step = 0; step < all.length; step += 1) {
        turn = (turn + 1) % all.length;
        if (all[turn]?.update(now) === true) return;
      }
    },
    toggleMenu: () => { state.wrist.value = !state.wrist.peek(); },
    openPerson: (id) => { showPerson(kit, id); },
    openSeat: (id) => {
      state.seat.value = id;
      openPage(kit, 'seat');
    },
    dispose() {
      document.fonts.removeEventListener('loadingdone', fontsChanged);
      for (const stop of stops) stop();
      for (const { canvas } of all) canvas.width = canvas.height = 0;
    },
  };
}
