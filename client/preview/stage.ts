import { signal } from '@preact/signals';
import { loadGround } from '../../shared/navigation/browser.ts';
import type { NavmeshGround } from '../../shared/navigation/ground.ts';
import type { PersonInfo } from '../../shared/protocol/people.ts';
import type { PreviewState } from '../../shared/scene/preview.ts';
import { SCENE_FILES } from '../../shared/scene/files.ts';
import { Layout, Venue } from '../../shared/scene/layout.ts';
import type { PoseBook, SceneFiles, Settings, Surface, World, WorldPlace, WorldStats } from '../app/contracts.ts';
import { defaultSettings } from '../app/settings.ts';
import type { PartsElsewhere } from '../world/model/scene-model.ts';
import type { Overlays } from '../world/overlays/index.ts';
import { floorShapes, KINDS, layoutOverlays } from './shapes.ts';
import type { Kind, Label } from './shapes.ts';
import * as state from './state.ts';
import { Stroll } from './stroll.ts';
import type { Stance } from './stroll.ts';

/** Which scene, and where it is. */
type Revision = Pick<NonNullable<PreviewState['scene']>, 'revision' | 'base' | 'parts'>;

/** What of a scene the page needs besides the picture. */
interface Files {
  readonly revision: number;
  readonly base: string;
  readonly parts: string | null;
  readonly layout: Layout;
  readonly venue: Venue;
  readonly navmesh: Uint8Array;
}

/** A scene in the picture, and all that belongs to it. */
interface Shown {
  readonly files: Files;
  readonly ground: NavmeshGround;
  readonly stroll: Stroll;
  readonly overlays: Overlays;
  readonly labels: ReadonlyMap<Kind, readonly Label[]>;
}

/** Nobody else is here. */
const EMPTY_BOOK: PoseBook = { avatars: [], revision: 0, sample: () => undefined, byId: () => undefined };
/** Screens show their own material: there is no event. */
const NO_SURFACES = signal<readonly Surface[]>([]);
/** `ME` of the stroll, for the world. */
const ME: PersonInfo = {
  id: 'author', index: 0, name: 'Author', entity: '', entityType: 'organisation', country: '', role: 'delegate', mic: 'off', deafened: false, seat: '', away: false, scene: '', guide: '', talk: '', doNotDisturb: false,
  appearance: { id: 'suit-short', skin: 2, hair: 1, garment1: 0, garment2: 2 },
};

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

/** Fetches and checks what is small; the world fetches the model. @throws Error that an author understands */
async function fetchFiles({ revision, base, parts }: Revision): Promise<Files> {
  const [layout, venue, navmesh] = await Promise.all([
    fetchFile(base + SCENE_FILES.layout).then(async (response) => Layout.parse(await response.json())),
    fetchFile(base + SCENE_FILES.venue).then(async (response) => Venue.parse(await response.json())),
    fetchFile(base + SCENE_FILES.navigation).then(async (response) => new Uint8Array(await response.arrayBuffer())),
  ]);
  return { revision, base, parts, layout, venue, navmesh };
}

/** Shows revisions one after the other in one 3D view, and goes back to the last good one if the next fails. */
export class Stage {
  private readonly host: HTMLElement;
  private readonly settings = signal<Settings>(settingsNow());
  private world: World | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private current: Shown | null = null;
  /** Revisions follow each other; one that was overtaken before its turn is left out. */
  private queue: Promise<number | null> = Promise.resolve(null);
  private newest = 0;
  private changing = false;

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

  get figures(): WorldStats | null {
    return this.world?.stats() ?? null;
  }

  /** Labels of the overlays that are on. */
  *labels(): Generator<{ readonly kind: Kind; readonly label: Label }> {
    for (const kind of KINDS) {
      if (state.overlays.value.has(kind)) for (const label of this.current?.labels.get(kind) ?? []) yield { kind, label };
    }
  }

  /**
   * Shows another revision in the place of the one before, from the same point of view.
   * @returns when it was to be seen, `performance.now()`; null if it is not, and then `state.loading` says why, and what was there before stays
   */
  show(scene: Revision): Promise<number | null> {
    this.newest = scene.revision;
    this.queue = this.queue.then(() => scene.revision === this.newest ? this.change(scene) : null);
    return this.queue;
  }

  /** While a save is made ready, a device that draws slowly has better to do. */
  hold(still: boolean): void {
    if (this.world === null || this.current === null || this.changing) return;
    void import('../world/overlays/index.ts').then(({ holdStill }) => { if (this.world !== null && this.current !== null && !this.changing) holdStill(this.world, still); });
  }

  private async change(revision: Revision): Promise<number | null> {
    state.loading.value = { kind: 'loading', fraction: 0 };
    const before = this.current;
    this.changing = true;
    try {
      const files = await fetchFiles(revision);
      const seen = await this.enter(files, before?.stroll.stance ?? null);
      state.loading.value = { kind: 'idle' };
      return seen;
    } catch (error) {
      const message = explain(error);
      if (before !== null && this.current === null) await this.enter(before.files, before.stroll.stance).catch(() => undefined);
      state.loading.value = { kind: 'failed', message };
      return null;
    } finally {
      this.changing = false;
    }
  }

  /** @returns when it was to be seen */
  private async enter(files: Files, stance: Stance | null): Promise<number> {
    const ground = await loadGround(files.navmesh);
    const { addOverlays, exchangeScene } = await import('../world/overlays/index.ts');
    const stroll = new Stroll(ground, files.layout, stance);
    const links = signal(files.layout.links.map((link) => ({ ...link, name: files.venue.names[link.id]?.en ?? link.to })));
    const { revision, base, parts, layout, venue } = files;
    const scene: SceneFiles & PartsElsewhere = { id: venue.id, revision: String(revision), base, layout, venue, ...(parts === null ? {} : { parts }) };
    const place: WorldPlace = { walker: stroll.walker, surfaces: NO_SURFACES, links, scene };
    const before = this.current;
    let seen: number | null = null;
    try {
      if (this.world === null) this.world = await this.open(place);
      else if (before === null) await this.world.go(place);
      else seen = await exchangeScene(this.world, place);
    } catch (error) {
      ground.dispose();
      this.current = null;
      throw error;
    } finally {
      before?.ground.dispose();
    }
    seen ??= performance.now();
    this.current = dress({ files, ground, stroll, overlays: before?.overlays ?? addOverlays(this.world) });
    state.shown.value = files;
    this.host.dataset['revision'] = String(files.revision);
    this.applyOverlays();
    return seen;
  }

  private async open(place: WorldPlace): Promise<World> {
    const { createWorld } = await import('../world/index.ts');
    this.canvas?.remove();
    const canvas = document.createElement('canvas');
    canvas.tabIndex = 0;
    canvas.setAttribute('aria-label', 'The scene. Walk with W, A, S and D or the arrow keys, look by dragging.');
    canvas.className = 'stage__canvas';
    this.canvas = canvas;
    this.host.append(canvas);
    return createWorld({
      ...place, canvas, poses: EMPTY_BOOK, people: signal(new Map([[ME.id, ME]])), me: signal(ME), settings: this.settings, aim: signal(null), aiming: signal(false), domes: signal([]), talk: signal(''), closedRooms: signal([]), level: () => 0,
      onProgress: (fraction) => { state.loading.value = { kind: 'loading', fraction }; },
      onLost: () => { state.loading.value = { kind: 'failed', message: 'the browser took the graphics away. Reload the page.' }; },
      onPick: (pick) => {
        const { stroll } = this;
        if (pick.kind === 'seat') stroll?.sit(pick.id);
        else if (pick.kind === 'ground') stroll?.walker.walkTo(pick.point);
      },
    });
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
function dress(parts: Omit<Shown, 'labels'>): Shown {
  const { files: { layout, navmesh }, overlays } = parts;
  const labels = new Map<Kind, readonly Label[]>();
  const made = layoutOverlays(layout);
  for (const kind of KINDS) {
    if (kind === 'floor') continue;
    overlays.set(kind, made[kind].shapes);
    labels.set(kind, made[kind].labels);
  }
  const floor = floorShapes(navmesh);
  overlays.set('floor', floor.reachable);
  overlays.set('unreachable', floor.unreachable);
  return { ...parts, labels };
}
