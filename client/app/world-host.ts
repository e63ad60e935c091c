import { effect } from '@preact/signals';
import type { World, WorldDeps } from './contracts.ts';
import { settings } from './settings.ts';
import { store } from './store.ts';

export type WorldInputs = Omit<WorldDeps, 'canvas' | 'onProgress' | 'onLost'>;

function whyOf(error: unknown): 'no-webgl' | 'download' | 'lost-context' {
  const reason = error instanceof Error && 'reason' in error ? error.reason : undefined;
  return reason === 'no-webgl' || reason === 'lost-context' ? reason : 'download';
}

/** Puts the 3D view into its place on the page when it is wanted, and takes it out again for the text-only venue. Without it everything else goes on. */
export class WorldHost {
  private readonly host: HTMLElement;
  private readonly inputs: WorldInputs;
  private readonly stopWatching: () => void;
  private world: World | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private turn = 0;

  constructor(host: HTMLElement, inputs: WorldInputs) {
    this.host = host;
    this.inputs = inputs;
    let shown: boolean | null = null;
    this.stopWatching = effect(() => {
      const wanted = !settings.value.textOnly;
      if (wanted === shown) return;
      shown = wanted;
      if (wanted) void this.load();
      else this.unload();
    });
  }

  get current(): World | null {
    return this.world;
  }

  close(): void {
    this.stopWatching();
    this.unload();
  }

  private async load(): Promise<void> {
    this.unload();
    this.turn += 1;
    const turn = this.turn;
    store.world.value = { kind: 'loading', fraction: 0 };
    const canvas = document.createElement('canvas');
    canvas.tabIndex = 0;
    this.canvas = canvas;
    this.host.replaceChildren(canvas);
    try {
      const { createWorld } = await import('../world/index.ts');
      const world = await createWorld({
        ...this.inputs,
        canvas,
        onProgress: (fraction) => {
          if (turn === this.turn) store.world.value = { kind: 'loading', fraction };
        },
        onLost: () => {
          if (turn !== this.turn) return;
          this.unload();
          store.world.value = { kind: 'failed', why: 'lost-context' };
        },
      });
      if (turn !== this.turn) {
        world.dispose();
        return;
      }
      this.world = world;
      store.world.value = { kind: 'ready' };
    } catch (error) {
      if (turn !== this.turn) return;
      canvas.remove();
      this.canvas = null;
      store.world.value = { kind: 'failed', why: whyOf(error) };
    }
  }

  private unload(): void {
    this.turn += 1;
    this.world?.dispose();
    this.world = null;
    this.canvas?.remove();
    this.canvas = null;
    store.world.value = { kind: 'none' };
  }
}
