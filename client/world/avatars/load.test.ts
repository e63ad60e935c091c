import type { Scene } from '@babylonjs/core/scene.pure';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AvatarPose, PoseBook } from '../../app/contracts.ts';
import { emptyBody } from '../../../shared/protocol/body.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { LEVELS } from '../engine/quality.ts';
import { ContactShadows } from '../marks/contact-shadows.ts';
import { FloorMarks } from '../marks/floor-marks.ts';
import { avatarsJson, createTestScene, loadTestAvatars } from '../../../tests/support/avatars.ts';
import { PERSON_TEXELS } from './avatar-material.ts';
import { buildCrowd, type LoadedAvatars } from './load.ts';
import type { LightField } from '../model/light-field.ts';

const DARK: LightField = {
  at: (_place, out) => {
    out.brightness = 0.75;
    out.red = out.green = out.blue = 1;
  },
};

function pose(index: number, more: Partial<AvatarPose> = {}): AvatarPose {
  return { id: `p${index}`, index, x: 0, y: 0, z: 2 + index * 0.5, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null, ...more };
}

function info(index: number): PersonInfo {
  return {
    id: `p${index}`, index, name: `Person ${index}`, entity: '', entityType: 'academia', country: '', role: 'delegate',
    appearance: { id: 'robe', skin: 1, hair: 2, garment1: 3, garment2: 4 }, mic: 'off', deafened: false, scene: 'geneva', guide: '', talk: '', doNotDisturb: false, seat: '', away: false,
  };
}

class Book implements PoseBook {
  avatars: AvatarPose[] = [];
  revision = 0;
  set(avatars: AvatarPose[]): void {
    this.avatars = avatars;
    this.revision += 1;
  }
  sample(): void { /* Nobody moves. */ }
  byId(id: string): AvatarPose | undefined {
    return this.avatars.find((avatar) => avatar.id === id);
  }
}

const eye = { x: 0, y: 1.6, z: 0, dx: 0, dy: 0, dz: 1, halfAngle: 0.8 };
const [minimal, , , high] = LEVELS;
let scene: Scene;

/** Everything that a scene holds on to. */
function holdings(): Record<string, number> {
  return {
    meshes: scene.meshes.length, materials: scene.materials.length, textures: scene.textures.length, geometries: scene.geometries.length,
    skeletons: scene.skeletons.length, nodes: scene.transformNodes.length, beforeRender: scene.onBeforeRenderObservable.observers.length,
    afterRender: scene.onAfterRenderObservable.observers.length, disposed: scene.onDisposeObservable.observers.length,
    lost: scene.getEngine().onContextLostObservable.observers.length, restored: scene.getEngine().onContextRestoredObservable.observers.length,
  };
}

async function build(): Promise<LoadedAvatars> {
  return buildCrowd(await loadTestAvatars(scene), { json: avatarsJson, seats: [], light: DARK }, scene);
}

beforeEach(() => { scene = createTestScene(); });
afterEach(() => { scene.getEngine().dispose(); });

describe('the crowd', () => {
  it('is one visible mesh an appearance and level that is worn, whoever comes', async () => {
    const { crowd } = await build();
    const book = new Book();
    book.set([0, 1, 2, 3, 4, 5].map((index) => pose(index)));
    const people = new Map(book.avatars.map((avatar) => [avatar.id, info(avatar.index)]));
    expect(crowd.syncPeople(book, people)).toBe(true);
    expect(crowd.syncPeople(book, people)).toBe(false);
    crowd.sort(eye, high ?? raise());
    crowd.update(0.016, 1, () => 0);
    const shown = scene.meshes.filter((mesh) => mesh.isVisible);
    expect(shown.map((mesh) => mesh.name)).toEqual(['robe_lod0']);
    expect([crowd.drawnCount, crowd.liveCount]).toEqual([6, 6]);
  });

  it('gives a person who left neither slot nor row away twice', async () => {
    const { crowd } = await build();
    const book = new Book();
    for (let round = 0; round < 50; round += 1) {
      book.set([round, round + 1, round + 2].map((index) => pose(index, { z: 3 })));
      crowd.syncPeople(book, new Map());
      crowd.sort(eye, minimal ?? raise());
      crowd.update(0.016, round, () => 0);
      const slots = crowd.actors.map((actor) => actor.slot);
      const rows = crowd.actors.map((actor) => actor.liveRow).filter((row) => row >= 0);
      expect(new Set(slots).size).toBe(3);
      expect(Math.max(...slots)).toBeLessThan(6);
      expect(new Set(rows).size).toBe(rows.length);
      expect(crowd.actors.map((actor) => actor.id)).toEqual(expect.arrayContaining(book.avatars.map((avatar) => avatar.id)));
    }
  });

  it('writes place, light and clothes where the shader reads them', async () => {
    const { crowd, people: table } = await build();
    const book = new Book();
    book.set([pose(0, { x: 1.5, y: -0.5, z: 4, yaw: Math.PI / 2 })]);
    crowd.syncPeople(book, new Map([['p0', info(0)]]));
    crowd.sort(eye, high ?? raise());
    crowd.update(0.016, 1, () => 0);
    const slot = crowd.find('p0')?.slot ?? -1;
    const row = table.data.slice(slot * PERSON_TEXELS * 4, (slot + 1) * PERSON_TEXELS * 4);
    expect([...row.slice(0, 3)]).toEqual([1.5, -0.5, 4]);
    expect(row[4]).toBeCloseTo(1, 5);
    expect(row[5]).toBeCloseTo(0, 5);
    expect(row[6]).toBeCloseTo(0.75, 5);
    const palettes = (JSON.parse(avatarsJson) as { palettes: { skin: string[] } }).palettes;
    expect(row[12]).toBe(Number.parseInt((palettes.skin[1] ?? '').slice(1), 16));
  });

  it('hides oneself in first person only', async () => {
    const { crowd } = await build();
    crowd.setOwn(pose(7), true);
    crowd.sort(eye, high ?? raise());
    expect(crowd.drawnCount).toBe(0);
    crowd.setOwn(pose(7), false);
    crowd.sort(eye, high ?? raise());
    expect(crowd.drawnCount).toBe(0 + crowd.actors.length);
  });
});

/** Bones of the head in the row that is drawn for somebody: all their points lie in one. */
function isBeheaded(crowd: LoadedAvatars['crowd'], id: string, bones: readonly string[]): boolean {
  const row = crowd.find(id)?.liveRow ?? -1;
  const table = boneTable();
  const at = row * bones.length * 12;
  return row >= 0 && bones.every((bone, index) => !['head', 'jaw', 'eyelids'].includes(bone)
    || [0, 1, 2, 4, 5, 6, 8, 9, 10].every((k) => table[at + index * 12 + k] === 0));
}

/** What the texture of the bones holds. */
function boneTable(): Float32Array {
  const texture = scene.textures.find((each) => each.name === 'avatar bones');
  return texture?.getInternalTexture()?._bufferView as Float32Array;
}

describe('oneself in a headset', () => {
  it('is body and hands without a head, and nothing at all once the headset is gone', async () => {
    const container = await loadTestAvatars(scene);
    const names = container.skeletons[0]?.bones.map((bone) => bone.name) ?? [];
    const { crowd } = buildCrowd(container, { json: avatarsJson, seats: [], light: DARK }, scene);
    const own = pose(7, { x: 0, z: 0, body: emptyBody() });
    if (own.body !== null) own.body.head.y = 1.6;
    crowd.headless = true;
    crowd.setOwn(own, true);
    crowd.sort(eye, minimal ?? raise());
    crowd.update(0.016, 1, () => 0);
    expect([crowd.drawnCount, isBeheaded(crowd, 'p7', names)]).toEqual([1, true]);
    crowd.setOwn(own, false);
    crowd.sort(eye, minimal ?? raise());
    crowd.update(0.016, 1, () => 0);
    expect([crowd.drawnCount, isBeheaded(crowd, 'p7', names)]).toEqual([1, false]);
    own.body = null;
    crowd.setOwn(own, true);
    crowd.sort(eye, minimal ?? raise());
    expect(crowd.drawnCount).toBe(0);
  });

  it('keeps a skeleton of its own whoever else is near', async () => {
    const { crowd } = await build();
    const book = new Book();
    const others = Array.from({ length: 40 }, (_, index) => pose(index, { z: 0.2, speaking: true, body: emptyBody() }));
    book.set(others);
    const own = pose(99, { x: 1.5, z: 0, body: emptyBody() });
    crowd.headless = true;
    crowd.syncPeople(book, new Map());
    for (const level of LEVELS) {
      crowd.setOwn(own, true);
      for (let i = 0; i < 5; i += 1) {
        crowd.sort(eye, level);
        crowd.update(0.1, i, () => 0);
      }
      expect(crowd.find('p99')?.liveRow, level.name).toBeGreaterThanOrEqual(0);
      expect(crowd.actors.filter((actor) => actor.tracks && !actor.headless).length).toBeLessThanOrEqual(15);
    }
  });
});

describe('personal space', () => {
  it('fades who comes too near, then does not draw them, and brings them back', async () => {
    const { crowd } = await build();
    const book = new Book();
    const near = pose(0, { z: 0.7 });
    book.set([near, pose(1, { z: 3 })]);
    crowd.syncPeople(book, new Map());
    const go = (metres: number): void => {
      crowd.sort(eye, high ?? raise(), metres);
      for (let i = 0; i < 20; i += 1) crowd.update(0.02, 1, () => 0);
      crowd.sort(eye, high ?? raise(), metres);
    };
    go(0);
    expect(crowd.drawnCount).toBe(2);
    crowd.sort(eye, high ?? raise(), 1);
    crowd.update(0.125, 1, () => 0);
    expect([crowd.find('p0')?.visible, crowd.find('p0')?.gone]).toEqual([true, 0.5]);
    go(1);
    expect([crowd.drawnCount, crowd.find('p0')?.visible, crowd.find('p1')?.visible]).toEqual([1, false, true]);
    near.z = 2;
    go(1);
    expect([crowd.drawnCount, crowd.find('p0')?.gone]).toEqual([2, 0]);
  });

  it('does not hold for oneself', async () => {
    const { crowd } = await build();
    crowd.setOwn(pose(7, { z: 0 }), false);
    crowd.sort(eye, high ?? raise(), 2);
    crowd.update(1, 1, () => 0);
    crowd.sort(eye, high ?? raise(), 2);
    expect(crowd.drawnCount).toBe(1);
  });
});

describe('attach and dispose', () => {
  it('leaves nothing behind', async () => {
    const cycle = async (): Promise<void> => {
      const avatars = await build();
      const shadows = new ContactShadows(avatars.people, scene);
      const marks = new FloorMarks(scene);
      avatars.crowd.setOwn(pose(1), false);
      avatars.crowd.sort(eye, high ?? raise(), 0.5);
      shadows.update(avatars.crowd.drawn);
      marks.showDestination({ x: 0, y: 0, z: 1 });
      marks.update(0.1, 1, false);
      shadows.dispose();
      marks.dispose();
      avatars.dispose();
    };
    const before = holdings();
    for (let i = 0; i < 3; i += 1) await cycle();
    // Babylon takes observers off its lists a moment later.
    await vi.waitFor(() => expect(holdings()).toEqual(before));
    expect(before['meshes']).toBe(0);
  });
});

function raise(): never {
  throw new Error('no such level of quality');
}
