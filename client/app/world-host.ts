import { effect } from '@preact/signals';
import type { World, WorldDeps, WorldPlace } from './contracts.ts';
import { settings } from './settings.ts';
import { store } from './store.ts';

export type WorldInputs = Omit<WorldDeps, keyof WorldPlace | 'canvas' | 'onProgress' | 'onLost'>;

function whyOf(error: unknown): 'no-webgl' | 'download' | 'lost-context' {
  const reason = error instanceof Error && 'reason' in error ? error.reason : undefined;
  return reason === 'no-webgl' || reason === 'lost-context' ? reason : 'download';
}

/** A formal session covers the view: it stays as it is, and is not drawn. */
function isCovered(): boolean {
  return store.attending.value?.view === 'standard';
}

/** Puts the 3D view into its place on the page when it is wanted, and takes it out again for the text-only venue. Without it everything else goes on. */
export class WorldHost {
  private readonly host: HTMLElement;
  private readonly inputs: WorldInputs;
  private readonly stopWatching: () => void;
  private readonly stopCovering: () => void;
  private world: World | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private place: WorldPlace | null = null;
  private wanted = false;
  private turn = 0;

  constructor(host: HTMLElement, inputs: WorldInputs) {
    this.host = host;
    this.inputs = inputs;
    this.stopCovering = effect(() => {
      const covered = isCovered();
      if (this.canvas !== null) this.canvas.inert = covered;
    });
    this.stopWatching = effect(() => {
      const wanted = !settings.value.textOnly;
      if (wanted === this.wanted) return;
      this.wanted = wanted;
      if (wanted) void this.load();
      else this.unload();
    });
  }

  /** Shows this scene from now on, if there is to be a view at all. */
  show(place: WorldPlace): void {
    this.place = place;
    if (this.wanted) void this.load();
  }

  /** One is on the way to another scene: the view is emptied, but its engine kept. */
  empty(): void {
    this.place = null;
    this.turn += 1;
    this.world?.leave();
    if (this.world !== null) store.world.value = { kind: 'loading', fraction: 0 };
  }

  get current(): World | null {
    return this.world;
  }

  close(): void {
    this.stopWatching();
    this.stopCovering();
    this.unload();
  }

  private async load(): Promise<void> {
    const { place } = this;
    if (place === null) return;
    this.turn += 1;
    const { turn } = this;
    store.world.value = { kind: 'loading', fraction: 0 };
    try {
      if (this.world !== null) await this.world.go(place);
      else await this.create(place, turn);
      if (turn === this.turn) store.world.value = { kind: 'ready' };
    } catch (error) {
      if (turn !== this.turn) return;
      this.unload();
      store.world.value = { kind: 'failed', why: whyOf(error) };
    }
  }

  private async create(place: WorldPlace, turn: number): Promise<void> {
    this.unload(turn);
    const canvas = document.createElement('canvas');
    canvas.tabIndex = 0;
    canvas.inert = isCovered();
    this.canvas = canvas;
    this.host.replaceChildren(canvas);
    store.world.value = { kind: 'loading', fraction: 0 };
    const { createWorld } = await import('../world/index.ts');
    if (turn !== this.turn) return;
    const world = await createWorld({
      ...this.inputs,
      ...place,
      canvas,
      onProgress: (fraction) => {
        if (store.world.peek().kind === 'loading') store.world.value = { kind: 'loading', fraction };
      },
      onLost: () => {
        if (this.canvas !== canvas) return;
        this.unload();
        store.world.value = { kind: 'failed', why: 'lost-context' };
      },
    });
    if (turn === this.turn) this.world = world;
    else world.dispose();
  }

  private unload(turn = this.turn + 1): void {
    this.turn = turn;
    this.world?.dispose();
    this.world = null;
    this.canvas?.remove();
    this.canvas = null;
    store.world.value = { kind: 'none' };
  }
}
