/** What a venue room needs from the rest of the server, small and in memory: a ground, a layout, a store, a relay that forwards nothing. */
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { DirectGrant, DirectPair, DirectSignalling } from '../../server/direct/direct.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Sponsor } from '../../shared/protocol/sponsors.ts';
import type { Footing, Ground } from '../../shared/rules/ground.ts';
import { EMPTY_LAYOUT } from '../../shared/scene/layout.ts';
import type { Layout, Venue as SceneVenue } from '../../shared/scene/layout.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import type { Identity } from '../../server/identity/identity.ts';
import type { Activity, RecordOrder, Relay, RelayEvents, Route } from '../../server/relay/relay.ts';
import type { ListedScene, SceneChange, SceneLibrary, VenueScene } from '../../server/scenes/library.ts';
import type { BlockedPerson, LastPlace, MosaicCell } from '../../server/store/store.ts';
import { Attendance } from '../../server/rooms/attendance.ts';
import { Wardrobe } from '../../server/rooms/wardrobe.ts';
import { MemoryMeetings } from './meetings.ts';
import { MemoryPictures } from './pictures.ts';
import type { Diagnostics, RefusedThing, VenueServices } from '../../server/rooms/services.ts';

/** A plane with a wall around it: x and z within +-`half` metres, y 0. */
export function flatGround(half = 50): Ground {
  const clamp = (value: number): number => Math.max(-half, Math.min(half, value));
  const write = (x: number, z: number, out: Footing): boolean => {
    out.x = clamp(x);
    out.y = 0;
    out.z = clamp(z);
    out.polygon = 1;
    return true;
  };
  return {
    place: (at, reach, out) => Math.hypot(at.x - clamp(at.x), at.y, at.z - clamp(at.z)) <= reach && write(at.x, at.z, out),
    slide: (_from, to, out) => Number.isFinite(to.x + to.z) && write(to.x, to.z, out),
    path: (from, to) => [{ ...from }, { ...to }],
  };
}

/** Two rooms that share the wall at x = 0, an entrance in each, four seats and a place in the first. */
export function testLayout(changes: Partial<Layout> = {}): Layout {
  const square = (from: number, to: number): [number, number][] => [[from, -50], [to, -50], [to, 50], [from, 50]];
  return {
    ...EMPTY_LAYOUT,
    spawnPoints: [{ id: 'entrance', position: [10, 0, 0], yaw: 1 }],
    seats: [0, 1, 2, 3].map((number) => ({ id: `seat-${number}`, position: [20 + number, 0, 10], yaw: 0, height: 0.45, space: 'hall' })),
    places: [{ id: 'lounge', position: [-10, 0, 0], yaw: 0, space: 'lounge' }, { id: 'podium', position: [30, 0, -20], yaw: 2, space: 'hall' }],
    spaces: [
      { id: 'hall', outline: square(0, 50), bottom: -1, top: 5, reverb: 0.4, openings: [] },
      { id: 'lounge', outline: square(-50, 0), bottom: -1, top: 5, reverb: 0.2, openings: [] },
    ],
    ...changes,
  };
}

export const testWardrobe = new Wardrobe(['suit', 'dress'], { skin: 4, hair: 4, garment1: 6, garment2: 6 });

export function testIdentity(id: string): Identity {
  return { id, name: `Person ${id}`, entity: 'Testland', entityType: 'member-state', country: 'ch', role: 'delegate', language: 'en', passExpiresAt: Infinity };
}

/** The store and the identity service as far as rooms use them. A token is `token-<person id>`. */
export class MemoryStore {
  readonly saved = new Map<string, LastPlace>();
  readonly blocked = new Set<string>();
  readonly revokers = new Set<(person: string) => void>();

  readonly places = {
    get: (person: string): Promise<LastPlace | null> => Promise.resolve(this.saved.get(person) ?? null),
    saveAll: (places: ReadonlyMap<string, LastPlace>): Promise<void> => {
      for (const [id, place] of places) this.saved.set(id, place);
      return Promise.resolve();
    },
  };

  readonly blocks = {
    blockedBy: (person: string): Promise<readonly BlockedPerson[]> =>
      Promise.resolve(this.pairs().filter(([from]) => from === person).map(([, to]) => ({ id: to ?? '', name: to ?? '' }))),
    blockersOf: (person: string): Promise<readonly string[]> => Promise.resolve(this.pairs().filter(([, to]) => to === person).map(([from]) => from)),
    set: (person: string, other: string, on: boolean): Promise<void> => {
      if (on) this.blocked.add(`${person} ${other}`);
      else this.blocked.delete(`${person} ${other}`);
      return Promise.resolve();
    },
  };

  readonly tiles = new Map<string, Map<number, number>>();
  /** Why reading and saving mosaics fails just now. */
  mosaicFault: Error | null = null;

  readonly mosaics = {
    get: (scene: string, activity: string): Promise<readonly MosaicCell[]> => {
      if (this.mosaicFault !== null) return Promise.reject(this.mosaicFault);
      return Promise.resolve(Array.from(this.tiles.get(`${scene}/${activity}`) ?? [], ([cell, tile]) => ({ cell, tile })));
    },
    save: (scene: string, activity: string, changes: readonly MosaicCell[]): Promise<void> => {
      if (this.mosaicFault !== null) return Promise.reject(this.mosaicFault);
      const board = this.tiles.get(`${scene}/${activity}`) ?? new Map<number, number>();
      this.tiles.set(`${scene}/${activity}`, board);
      for (const { cell, tile } of changes) {
        if (tile === null) board.delete(cell);
        else board.set(cell, tile);
      }
      return Promise.resolve();
    },
  };

  readonly identity = {
    identify: (token: string): Promise<Identity> => {
      const id = /^token-([a-z0-9-]+)$/.exec(token)?.[1];
      return id === undefined ? Promise.reject(new ReasonedError('TOKEN_INVALID')) : Promise.resolve(testIdentity(id));
    },
    onRevoked: (listener: (person: string) => void): (() => void) => {
      this.revokers.add(listener);
      return () => this.revokers.delete(listener);
    },
  };

  private pairs(): [string, string][] {
    return [...this.blocked].map((pair) => pair.split(' ') as [string, string]);
  }
}

/** A relay that forwards nothing and remembers what it was told. */
export class MemoryRelay implements Relay {
  readonly joined = new Set<string>();
  readonly pictures = new MemoryPictures();
  /** `listener slot` to speaker. */
  readonly routes = new Map<string, string>();
  failing: Error | null = null;
  /** Joins wait for this. */
  working: Promise<void> = Promise.resolve();
  private readonly listeners: { readonly [K in keyof RelayEvents]: Set<RelayEvents[K]> } = {
    activity: new Set(), connected: new Set(), lost: new Set(), restarted: new Set(), recordFailed: new Set(),
  };

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** The "offer" says how many slots it has: `slots=8`. */
  async join(peer: string, offer: string): Promise<{ answer: string; slots: number }> {
    if (this.failing !== null) throw this.failing;
    this.joined.add(peer);
    await this.working;
    return { answer: `answer to ${offer}`, slots: Number(/slots=(\d+)/.exec(offer)?.[1] ?? 8) };
  }

  leave(peer: string): void {
    this.joined.delete(peer);
    for (const [key, speaker] of this.routes) if (speaker === peer || key.startsWith(`${peer} `)) this.routes.delete(key);
  }

  route(changes: readonly Route[]): void {
    for (const { listener, slot, speaker } of changes) {
      if (speaker === null) this.routes.delete(`${listener} ${slot}`);
      else this.routes.set(`${listener} ${slot}`, speaker);
    }
  }

  /** Files that are being written, by name: whose voice goes into them. */
  readonly recordings = new Map<string, RecordOrder>();

  record(order: RecordOrder): void {
    this.recordings.set(order.name, order);
  }

  endRecord(name: string): void {
    this.recordings.delete(name);
  }

  recordFails(name: string, why: string): void {
    this.recordings.delete(name);
    for (const listener of this.listeners.recordFailed) listener(name, why);
  }

  counters(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  on<K extends keyof RelayEvents>(event: K, listener: RelayEvents[K]): () => void {
    this.listeners[event].add(listener);
    return () => this.listeners[event].delete(listener);
  }

  hear(batch: readonly Activity[]): void {
    for (const listener of this.listeners.activity) listener(batch);
  }

  lose(peer: string): void {
    this.leave(peer);
    for (const listener of this.listeners.lost) listener(peer);
  }

  restart(): void {
    this.joined.clear();
    this.routes.clear();
    this.pictures.joined.clear();
    for (const listener of this.listeners.restarted) listener();
  }

  /** Ids of those whom the relay forwards to `listener`. */
  heardBy(listener: string): string[] {
    return [...this.routes].filter(([key]) => key.startsWith(`${listener} `)).map(([, speaker]) => speaker).sort();
  }
}

export class MemoryDiagnostics implements Diagnostics {
  readonly ticks: number[] = [];
  bytes = 0;
  readonly refusals = new Map<string, number>();

  tick(millis: number): void {
    this.ticks.push(millis);
  }

  sent(bytes: number): void {
    this.bytes += bytes;
  }

  refused(what: RefusedThing, reason: Reason): void {
    const key = `${what} ${reason}`;
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }
}

const SCENE_NAMES = Object.fromEntries(LANGUAGES.map((language) => [language, `A scene (${language})`])) as Record<Language, string>;

/** What a scene of {@link MemoryScenes} is made of. */
export interface TestScene {
  readonly layout: Layout;
  readonly ground?: Ground;
  readonly revision?: string;
  readonly activities?: SceneVenue['activities'];
}

/** Scenes in memory, which tests publish, replace and withdraw. */
export class MemoryScenes implements Pick<SceneLibrary, 'list' | 'find' | 'load' | 'onChange'> {
  /** How many loaded scenes have not been disposed of, by `id/revision`. */
  readonly inUse = new Map<string, number>();
  /** Loading waits for this. */
  loading: Promise<void> = Promise.resolve();
  /** What loading fails with. */
  failing: Error | null = null;
  private readonly scenes = new Map<string, TestScene>();
  private readonly listeners = new Set<(change: SceneChange) => void>();

  constructor(scenes: Readonly<Record<string, TestScene>>) {
    for (const [id, scene] of Object.entries(scenes)) this.scenes.set(id, scene);
  }

  list(): ListedScene[] {
    return [...this.scenes].map(([id, { revision = 'r1' }]) => ({ id, revision, names: SCENE_NAMES }));
  }

  find(id: string): ListedScene | null {
    return this.list().find((scene) => scene.id === id) ?? null;
  }

  async load(id: string): Promise<VenueScene> {
    const scene = this.scenes.get(id);
    if (scene === undefined) throw new ReasonedError('SCENE_UNKNOWN');
    const { layout, ground = flatGround(), revision = 'r1', activities = {} } = scene;
    await this.loading;
    if (this.failing !== null) throw this.failing;
    this.count(`${id}/${revision}`, 1);
    const venue: SceneVenue = { version: 1, id, names: { scene: SCENE_NAMES }, activities, credits: [], budgets: { drawCalls: 1, triangles: 1, textureMegabytes: 1, wireMegabytes: 1 } };
    return { id, revision, layout, venue, ground, dispose: () => this.count(`${id}/${revision}`, -1) };
  }

  onChange(listener: (change: SceneChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(id: string, scene: TestScene): void {
    const cause = this.scenes.has(id) ? 'replaced' : 'added';
    this.scenes.set(id, scene);
    for (const listener of this.listeners) listener({ id, cause });
  }

  withdraw(id: string): void {
    this.scenes.delete(id);
    for (const listener of this.listeners) listener({ id, cause: 'withdrawn' });
  }

  private count(key: string, change: number): void {
    this.inUse.set(key, (this.inUse.get(key) ?? 0) + change);
  }
}

/** Nobody has sponsored anything, until `set`. */
export class MemorySponsors {
  private readonly listeners = new Set<() => void>();
  private sponsors: readonly Sponsor[] = [];

  list(): readonly Sponsor[] {
    return this.sponsors;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(sponsors: readonly Sponsor[]): void {
    this.sponsors = sponsors;
    for (const listener of this.listeners) listener();
  }
}

/** Gives out ids, and knows which are valid. */
export class MemorySignalling implements DirectSignalling {
  readonly valid = new Set<string>();
  private count = 0;

  pair(): DirectPair {
    const [first, second] = [this.grant(), this.grant()];
    return { first, second, revoke: () => [first, second].forEach(({ id }) => this.valid.delete(id)) };
  }

  private grant(): DirectGrant {
    this.count += 1;
    const id = `peer${this.count}`;
    this.valid.add(id);
    return { id, ticket: `ticket${this.count}` };
  }
}

export interface RoomServices extends VenueServices {
  readonly meetings: MemoryMeetings;
  readonly direct: MemorySignalling;
  readonly sponsors: MemorySponsors;
  readonly scenes: MemoryScenes;
  readonly store: MemoryStore;
  readonly relay: MemoryRelay;
  readonly diagnostics: MemoryDiagnostics;
  readonly logged: { fields: object; message: string }[];
}

export function roomServices(changes: { layout?: Layout; ground?: Ground; capacity?: number; store?: MemoryStore; scenes?: Readonly<Record<string, TestScene>> } = {}): RoomServices {
  const { layout = testLayout(), ground = flatGround(), capacity = 256, store = new MemoryStore(), scenes = {} } = changes;
  const logged: { fields: object; message: string }[] = [];
  const log = (fields: object, message: string): void => {
    logged.push({ fields, message });
  };
  return {
    store, logged, capacity,
    identity: store.identity, places: store.places, blocks: store.blocks, mosaics: store.mosaics,
    relay: new MemoryRelay(), diagnostics: new MemoryDiagnostics(), attendance: new Attendance(),
    scenes: new MemoryScenes({ geneva: { layout, ground }, ...scenes }), firstScene: 'geneva',
    sponsors: new MemorySponsors(), sessions: { list: () => [], onChange: () => () => undefined }, meetings: new MemoryMeetings(), direct: new MemorySignalling(),
    wardrobe: testWardrobe, stopping: new AbortController().signal,
    log: { info: () => undefined, warn: log, error: log },
  };
}
