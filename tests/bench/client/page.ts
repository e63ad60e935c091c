/** The page of the client benchmark: the real world over the real scene, with a made-up crowd, stepped from outside through `window.stage`. */
import { signal } from '@preact/signals';
import type { AvatarPose, Settings, Walker, World, WorldStats } from '../../../client/app/contracts.ts';
import { createWorld } from '../../../client/world/index.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { Layout, Venue } from '../../../shared/scene/layout.ts';
import { BenchCrowd, type CrowdOptions } from './crowd.ts';

/** A walker that stands where the benchmark puts it. */
class StillWalker implements Walker {
  readonly pose: AvatarPose = { id: 'me', index: 4000, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null };
  readonly seat = signal('');
  readonly destination = signal<Readonly<Point> | null>(null);
  setIntent(): void { this.destination.value = null; }
  look(yaw: number, pitch: number): void {
    this.pose.yaw += yaw;
    this.pose.pitch += pitch;
  }
  walkTo(target: Readonly<Point>): boolean {
    this.destination.value = target;
    return true;
  }
  stop(): void { this.destination.value = null; }
  advance(): void { this.pose.speed = 0; }
}

interface StageOptions {
  readonly settings?: Partial<Settings>;
  readonly crowd?: Omit<CrowdOptions, 'layout'> | null;
  readonly pose?: Partial<AvatarPose>;
}

export interface Stage {
  open(options: StageOptions): Promise<void>;
  place(pose: Partial<AvatarPose>): void;
  /** Draws frames; waits for the GPU after each. @returns JavaScript milliseconds of each */
  frames(count: number): number[];
  stats(): WorldStats;
  settings(change: Partial<Settings>): void;
  destination(point: Point | null): void;
  readonly picks: unknown[];
  readonly layout: () => Layout;
}

const SETTINGS: Settings = {
  language: 'en', theme: 'system', contrast: 'system', motion: 'system', names: true, view: 'first', quality: 'high', textOnly: false,
  microphone: '', speaker: '', originalSound: false, volume: 1, surroundings: 0, guideLowersVoices: false, shortcuts: true, announcements: 'all', comfort: 'gentle', seatedBody: false, playHand: 'both', personalSpace: 0, eyeHeight: 0, armLength: 0,
};

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return await response.json() as T;
}

async function createStage(): Promise<Stage> {
  const base = '/scenes/geneva/';
  const [layout, venue] = await Promise.all([json<Layout>(`${base}layout.json`), json<Venue>(`${base}venue.json`)]);
  const canvas = document.querySelector('canvas');
  if (canvas === null) throw new Error('no canvas on the page');
  const walker = new StillWalker();
  const settings = signal<Settings>(SETTINGS);
  const picks: unknown[] = [];
  const pixel = new Uint8Array(4);
  let world: World | null = null;
  const opened = (): World => {
    if (world === null) throw new Error('open the stage first');
    return world;
  };
  return {
    picks,
    layout: () => layout,
    async open(options) {
      settings.value = { ...SETTINGS, ...options.settings };
      Object.assign(walker.pose, options.pose);
      const crowd = new BenchCrowd(options.crowd ? { ...options.crowd, layout } : { people: 0, appearances: [], layout, seated: 0, floor: { x: [0, 0], z: [0, 0], y: 0 } });
      const me: PersonInfo = {
        id: 'me', index: 4000, name: 'Me', entity: 'ITU', entityType: 'organisation', country: 'ch', role: 'delegate', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: false, mic: 'live',
        appearance: { id: options.crowd?.appearances[0] ?? '', skin: 2, hair: 1, garment1: 0, garment2: 2 },
      };
      crowd.people.set('me', me);
      world = await createWorld({
        canvas, walker, poses: crowd, scene: { id: 'geneva', revision: 'bench', base, layout, venue },
        people: signal(crowd.people), links: signal([]), me: signal(me), settings, aim: signal(null), aiming: signal(false), domes: signal([]), talk: signal(''), closedRooms: signal([]),
        level: (id) => (crowd.byId(id)?.speaking ? 0.25 + 0.25 * Math.sin(performance.now() / 90) : 0),
        onProgress: () => undefined,
        surfaces: signal([]), onPick: (pick) => { picks.push(pick); },
      });
    },
    place: (pose) => { Object.assign(walker.pose, pose); },
    frames(count) {
      const gl = canvas.getContext('webgl2');
      return Array.from({ length: count }, () => {
        const start = performance.now();
        opened().renderFrame();
        const spent = performance.now() - start;
        // Reading a pixel waits until the GPU is done, so that its work does not fall into the next frame's time.
        gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
        return spent;
      });
    },
    stats: () => opened().stats(),
    settings: (change) => { settings.value = { ...settings.value, ...change }; },
    destination: (point) => { walker.destination.value = point; },
  };
}

declare global {
  interface Window {
    stage: Promise<Stage>;
  }
}
window.stage = createStage();
