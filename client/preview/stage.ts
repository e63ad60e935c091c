import { signal } from '@preact/signals';
import { loadGround } from '../../shared/navigation/browser.ts';
import type { NavmeshGround } from '../../shared/navigation/ground.ts';
import type { PersonInfo } from '../../shared/protocol/people.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import type { PoseBook, Settings, Surface, World } from '../app/contracts.ts';
import { defaultSettings } from '../app/settings.ts';
import type { Overlays } from '../world/overlays/index.ts';
import { floorShapes, KINDS, layoutOverlays } from './shapes.ts';
import type { Kind, Label } from './shapes.ts';
import * as state from './state.ts';
import { Stroll } from './stroll.ts';
import type { Stance } from './stroll.ts';

/** A scene in the picture, and all that belongs to it. */
interface Shown {
  readonly world: World;
  readonly canvas: HTMLCanvasElement;
  readonly ground: NavmeshGround;
  readonly stroll: Stroll;
  readonly overlays: Overlays;
  readonly labels: ReadonlyMap<Kind, readonly Label[]>;
}

/** Nobody else is here. */
const EMPTY_BOOK: PoseBook = { avatars: [], revision: 0, sample: () => undefined, byId: () => undefined };
/** Screens show their own material: there is no event. */
const NO_SURFACES = signal<readonly Surface[]>([]);
const APPEARANCE = { id: 'suit-short', skin: 2, hair: 1, garment1: 0, garment2: 2 };

function settingsNow(): Settings {
  return { ...defaultSettings(['en']), names: false, view: 'first', shortcuts: state.shortcuts.value, announcements: 'none' };
}

/** The message, and those of its causes: an author can do more with Babylon's than with ours. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${explain(error.cause)}`;
}

async function fetchFile(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.split('/').at(-1) ?? address} could not be fetched (${response.status}).`);
  return response;
}

/** Loads revisions one at a time and keeps the last good one in the picture. */
export class Stage {
  private readonly host: HTMLElement;
  private readonly settings = signal<Settings>(settingsNow());
  private current: Shown | null = null;
  private turn = 0;

  constructor(host: HTMLElement) {
    this.host = host;
    state.shortcuts.subscribe(() => { this.settings.value = settingsNow(); });
    for (const each of [state.overlays, state.throughWalls]) each.subscribe(() => this.applyOverlays());
  }

  get stroll(): Stroll | null {
    return this.current?.stroll ?? null;
  }

  get overlays(): Overlays | null {
    return this.current?.overlays ?? null;
  }

  get world(): World | null {
    return this.current?.world ?? null;
  }

  /** Labels of the overlays that are on. */
  *labels(): Generator<{ readonly kind: Kind; readonly label: Label }> {
    for (const kind of KINDS) {
      if (state.overlays.value.has(kind)) for (const label of this.current?.labels.get(kind) ?? []) yield { kind, label };
    }
  }

  /**
   * Shows another revision in the place of the one before, from the same point of view. A later call overtakes an earlier one.
   * @returns whether it is shown; if not, `state.loading` says why, and what was there before stays
   */
  async show(revision: number, base: string): Promise<boolean> {
    this.turn += 1;
    const { turn } = this;
    state.loading.value = { kind: 'loading', fraction: 0 };
    try {
      const next = await this.load(base, this.current?.stroll.stance ?? null, (fraction) => {
        if (turn === this.turn) state.loading.value = { kind: 'loading', fraction };
      });
      if (turn !== this.turn) {
        discard(next.shown);
        return false;
      }
      this.replace(next.shown);
      state.shown.value = { revision, layout: next.layout, venue: next.venue };
      state.loading.value = { kind: 'idle' };
      return true;
    } catch (error) {
      if (turn === this.turn) state.loading.value = { kind: 'failed', message: explain(error) };
      return false;
    }
  }

  private async load(base: string, before: Stance | null, onProgress: (fraction: number) => void): Promise<{ shown: Shown; layout: Layout; venue: Venue }> {
    const [world, overlays, layout, venue, navmesh] = await Promise.all([
      import('../world/index.ts'),
      import('../world/overlays/index.ts'),
      fetchFile(base + SCENE_FILES.layout).then(async (response) => Layout.parse(await response.json())),
      fetchFile(base + SCENE_FILES.venue).then(async (response) => Venue.parse(await response.json())),
      fetchFile(base + SCENE_FILES.navigation).then(async (response) => new Uint8Array(await response.arrayBuffer())),
    ]);
    const ground = await loadGround(navmesh);
    const stroll = new Stroll(ground, layout, before);
    const canvas = document.createElement('canvas');
    canvas.tabIndex = 0;
    canvas.setAttribute('aria-label', 'The scene. Walk with W, A, S and D or the arrow keys, look by dragging.');
    canvas.className = 'stage__canvas stage__canvas--coming';
    this.host.append(canvas);
    try {
      const me: PersonInfo = {
        id: stroll.walker.pose.id, index: 0, name: 'Author', entity: '', entityType: 'organisation', country: '', role: 'delegate', appearance: APPEARANCE, mic: 'off',
        deafened: false, scene: '', guide: '', seat: '', away: false,
      };
      const made = await world.createWorld({
        canvas, walker: stroll.walker, poses: EMPTY_BOOK, scene: { id: venue.id, revision: '', base, layout, venue },
        people: signal(new Map([[me.id, me]])), me: signal(me), settings: this.settings, surfaces: NO_SURFACES, level: () => 0, onProgress,
        onLost: () => { state.loading.value = { kind: 'failed', message: 'The browser took the graphics away. Reload the page.' }; },
        onPick: (pick) => {
          if (pick.kind === 'seat') stroll.sit(pick.id);
          else if (pick.kind === 'ground') stroll.walker.walkTo(pick.point);
        },
      });
      return { shown: dress({ world: made, canvas, ground, stroll, overlays: overlays.addOverlays(made) }, layout, navmesh), layout, venue };
    } catch (error) {
      canvas.remove();
      ground.dispose();
      throw error;
    }
  }

  private replace(next: Shown): void {
    const focused = this.current !== null && document.activeElement === this.current.canvas;
    next.canvas.classList.remove('stage__canvas--coming');
    if (this.current !== null) discard(this.current);
    this.current = next;
    if (focused) next.canvas.focus({ preventScroll: true });
    this.applyOverlays();
  }

  private applyOverlays(): void {
    const overlays = this.current?.overlays;
    if (overlays === undefined) return;
    overlays.throughWalls(state.throughWalls.value);
    for (const kind of KINDS) overlays.show(kind, state.overlays.value.has(kind));
    overlays.show('unreachable', state.overlays.value.has('floor'));
  }
}

/** Makes the overlays of a scene, all switched off. */
function dress(parts: Omit<Shown, 'labels'>, layout: Layout, navmesh: Uint8Array): Shown {
  const labels = new Map<Kind, readonly Label[]>();
  for (const [kind, overlay] of Object.entries(layoutOverlays(layout)) as [Exclude<Kind, 'floor'>, { shapes: Parameters<Overlays['set']>[1]; labels: readonly Label[] }][]) {
    parts.overlays.set(kind, overlay.shapes);
    labels.set(kind, overlay.labels);
  }
  const floor = floorShapes(navmesh);
  parts.overlays.set('floor', floor.reachable);
  parts.overlays.set('unreachable', floor.unreachable);
  return { ...parts, labels };
}

function discard({ world, canvas, ground }: Shown): void {
  world.dispose();
  canvas.remove();
  ground.dispose();
}
