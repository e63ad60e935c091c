/** The page of the headset benchmark: the real world over the real scene in an emulated headset, with a made-up crowd, all panels and both rays, stepped from outside through `window.xrStage`. */
import { Observable } from '@babylonjs/core/Misc/observable.pure';
import { signal } from '@preact/signals';
import type { AvatarPose, Settings, VenueActions, Walker, World, WorldStats } from '../../../client/app/contracts.ts';
import type { HeadsetFacts, TrackedWalker, WornHeadset } from '../../../client/app/headset/contract.ts';
import { panelDeps } from '../../../client/app/headset/panel-deps.ts';
import { settings } from '../../../client/app/settings.ts';
import { store } from '../../../client/app/store.ts';
import type { FakePlenary } from '../../../client/plenary/testing.ts';
import { showLanguage } from '../../../client/ui/i18n.ts';
import { createWorld } from '../../../client/world/index.ts';
import { Stage } from '../../../client/world/stage.ts';
import { wearHeadset } from '../../../client/xr/index.ts';
import { createPanels } from '../../../client/xr/panels/index.ts';
import { Hand } from '../../../client/xr/panels/testing.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { Layout, Venue } from '../../../shared/scene/layout.ts';
import { captions, enter, session } from '../../e2e/harness/panel-scenes.ts';
import { BenchCrowd, type CrowdOptions } from '../client/crowd.ts';
import { TrackedCrowd } from './bodies.ts';
import { step, takeClock } from './clock.ts';
import { Drawing, type Drawn } from './drawing.ts';

const TRACKED = 15;
/** Frames at 72 a second between two changes of what panels show: the loudness of a voice, and a word of the captions. */
const VOICE_EVERY = 7;
const WORD_EVERY = 30;

/** A walker that stands where the benchmark puts it, and looks where the head looks. */
class StillWalker implements Walker, TrackedWalker {
  readonly pose: AvatarPose = { id: 'me', index: 4000, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null };
  readonly seat = signal('');
  readonly destination = signal<Readonly<Point> | null>(null);
  setIntent(): void { this.destination.value = null; }
  look(): void { this.pose.speed = 0; }
  walkTo(): boolean { return false; }
  stop(): void { this.destination.value = null; }
  advance(): void { this.pose.speed = 0; }
  shift(_dx: number, _dz: number, out: Point): void {
    out.x = 0;
    out.z = 0;
  }
  face(yaw: number, pitch: number): void {
    this.pose.yaw = yaw;
    this.pose.pitch = pitch;
  }
  wear(body: AvatarPose['body']): void { this.pose.body = body; }
  teleport(): void { this.pose.speed = 0; }
  canTeleport(): boolean { return false; }
}

export interface XrStage {
  /** Loads the hall, and draws a frame of it on the canvas. */
  open(crowd: Omit<CrowdOptions, 'layout'>): Promise<void>;
  /** Puts the headset on, with every panel open. @param layers the session may draw both eyes in one pass, if the device can */
  putOn(layers: boolean): Promise<void>;
  takeOff(): Promise<void>;
  place(pose: Partial<AvatarPose>): void;
  /** One frame; waits for the GPU after it. @returns its JavaScript milliseconds */
  frame(): number;
  /** Whether all of every draw call is drawn from now on, or one triangle of each. */
  whole(on: boolean): void;
  /** Draw calls of one frame. */
  count(): Drawn;
  facts(): HeadsetFacts;
  stats(): WorldStats;
  /** Panels that are to be seen. */
  panels(): readonly string[];
  /** What scene and engine hold, by name. */
  held(): Readonly<Record<string, number>>;
  /** Draws a frame. @returns red, green and blue of its pixels, row by row from below */
  picture(): { readonly width: number; readonly height: number; readonly pixels: readonly number[] };
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return await response.json() as T;
}

/** Opens every panel: menu, a thread that is being written to, its keyboard, captions of a session, and a question. */
function openPanels(hand: Hand): FakePlenary {
  enter();
  const fake = session('amina');
  captions(fake);
  hand.panels.toggleMenu();
  hand.press('wrist', 'page:chat');
  hand.press('main', 'write');
  store.talkOffers.value = { invitations: [{ talk: 't2', by: 'p2', count: 2, later: false }], knocked: '' };
  return fake;
}

/** What goes on in a session: somebody is heard, and what they say is written. */
function liven(frame: number, fake: FakePlenary): void {
  if (frame % VOICE_EVERY === 0) store.mic.value = { state: 'live', level: 0.25 + 0.25 * Math.sin(frame / 20), problem: null };
  const shown = fake.store.captions.peek();
  if (frame % WORD_EVERY !== 0 || shown.live === null) return;
  const words = shown.live.text.split(' ');
  fake.store.captions.value = { ...shown, live: { ...shown.live, text: [...words.slice(1), words[0]].join(' ') } };
}

class Bench implements XrStage {
  private readonly canvas: HTMLCanvasElement;
  private readonly walker = new StillWalker();
  /** The best level, whatever the software rasteriser makes of it. */
  private readonly settings = signal<Settings>({ ...settings.peek(), quality: 'high', view: 'first', comfort: 'free', personalSpace: 0.5 });
  private worn: WornHeadset | null = null;
  private ended: unknown = undefined;
  private world: World | null = null;
  private crowd: TrackedCrowd | null = null;
  private drawing: Drawing | null = null;
  private hand: Hand | null = null;
  private fake: FakePlenary | null = null;
  private frames = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  async open(options: Omit<CrowdOptions, 'layout'>): Promise<void> {
    await showLanguage('en');
    const [layout, venue] = await Promise.all([json<Layout>('/scenes/geneva/layout.json'), json<Venue>('/scenes/geneva/venue.json')]);
    const crowd = new BenchCrowd({ ...options, layout });
    const me: PersonInfo = {
      id: 'me', index: 4000, name: 'Me', entity: 'ITU', entityType: 'organisation', country: 'ch', role: 'delegate', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: false, mic: 'live',
      appearance: { id: options.appearances[0] ?? '', skin: 2, hair: 1, garment1: 0, garment2: 2 },
    };
    crowd.people.set('me', me);
    this.crowd = new TrackedCrowd(crowd);
    const world = await createWorld({
      canvas: this.canvas, walker: this.walker, poses: this.crowd, scene: { id: 'geneva', revision: 'bench', base: '/scenes/geneva/', layout, venue },
      people: signal(crowd.people), links: signal([]), me: signal(me), settings: this.settings, aim: signal(null), aiming: signal(false), domes: signal([]), talk: signal(''), closedRooms: signal([]),
      level: (id) => (crowd.byId(id)?.speaking ? 0.25 + 0.25 * Math.sin(performance.now() / 90) : 0),
      onProgress: () => undefined, surfaces: signal([]), onPick: () => undefined,
    });
    this.world = world;
    const gl = this.canvas.getContext('webgl2');
    if (gl === null) throw new Error('no WebGL 2');
    this.drawing = new Drawing(gl);
    step();
  }

  place(pose: Partial<AvatarPose>): void {
    Object.assign(this.walker.pose, pose);
    this.crowd?.wear(TRACKED, this.walker.pose);
  }

  frame(): number {
    this.frames += 1;
    if (this.fake !== null) liven(this.frames, this.fake);
    const spent = step();
    this.drawing?.finish();
    return spent;
  }

  whole(on: boolean): void {
    this.drawing?.whole();
    if (!on) this.drawing?.thin();
  }

  count(): Drawn {
    if (this.drawing === null) throw new Error('open the stage first');
    const stop = this.drawing.count();
    this.drawing.reset();
    this.frame();
    stop();
    return this.drawing.drawn;
  }

  facts(): HeadsetFacts {
    if (this.worn === null) throw new Error('no headset is worn');
    return this.worn.facts;
  }

  stats(): WorldStats {
    if (this.world === null) throw new Error('open the stage first');
    return this.world.stats();
  }

  panels(): readonly string[] {
    return (this.hand?.panels.all ?? []).filter(({ visible }) => visible).map(({ id }) => id);
  }

  async putOn(layers: boolean): Promise<void> {
    if (navigator.xr === undefined || this.world === null) throw new Error('no emulated headset, or nothing to see in it');
    const nobody = new Proxy({}, { get: (_target, name) => () => (name === 'volumeOf' ? 1 : undefined) }) as VenueActions;
    const panels = createPanels(panelDeps(nobody, { leaveHeadset: () => undefined, calibrate: () => undefined }));
    this.hand = new Hand(panels);
    this.fake = openPanels(this.hand);
    this.ended = undefined;
    const session = await navigator.xr.requestSession('immersive-vr', { optionalFeatures: ['local-floor', 'hand-tracking', ...(layers ? ['layers'] : [])] });
    this.worn = wearHeadset({
      session, world: this.world, settings: this.settings, panels, tracked: () => this.walker, onPick: () => undefined, onRaised: () => undefined,
      onEnd: (error) => {
        panels.dispose();
        this.ended = error;
      },
    });
    await this.until(() => this.facts().frames >= 3);
  }

  async takeOff(): Promise<void> {
    this.worn?.takeOff();
    await this.until(() => this.ended !== undefined);
    this.worn = this.hand = this.fake = null;
    // Frames on the canvas, and what Babylon puts off to after one.
    for (let i = 0; i < 3; i += 1) {
      step();
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }

  held(): Readonly<Record<string, number>> {
    if (!(this.world instanceof Stage)) throw new Error('open the stage first');
    const { scene, engine } = this.world.shown.parts;
    const observers = (what: object): number => Object.values(what).reduce<number>((sum, value) => sum + (value instanceof Observable ? value.observers.length : 0), 0);
    return {
      meshes: scene.meshes.length, materials: scene.materials.length, cameras: scene.cameras.length, nodes: scene.transformNodes.length, geometries: scene.geometries.length, roots: scene.rootNodes.length,
      textures: engine.getLoadedTexturesCache().length, sceneTextures: scene.textures.length, targets: engine._renderTargetWrapperCache.length, buffers: engine._uniformBuffers.length,
      sceneObservers: observers(scene), engineObservers: observers(engine), cameraObservers: scene.cameras.reduce((sum, camera) => sum + observers(camera), 0),
    };
  }

  picture(): ReturnType<XrStage['picture']> {
    const { canvas, drawing } = this;
    if (drawing === null) throw new Error('open the stage first');
    drawing.whole();
    // What is drawn for the first time may be drawn a frame later: shaders compile beside.
    for (let i = 0; i < 3; i += 1) this.frame();
    const pixels = drawing.read(canvas.width, canvas.height).filter((_byte, index) => index % 4 !== 3);
    return { width: canvas.width, height: canvas.height, pixels: [...pixels] };
  }

  private async until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (this.ended !== undefined) throw (this.ended ?? new Error('the session has ended')) as Error;
      step();
      await new Promise((resolve) => { setTimeout(resolve); });
    }
  }
}

declare global {
  interface Window {
    xrStage: XrStage;
  }
}

takeClock();
const canvas = document.querySelector('canvas');
if (canvas === null) throw new Error('no canvas on the page');
window.xrStage = new Bench(canvas);
