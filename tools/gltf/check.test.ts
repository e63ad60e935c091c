import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { parseGlb, writeGlb } from './io.ts';
import type { ReadScene } from './io.ts';
import { pack } from './pack.ts';
import { goodScene, goodVenue, temporaryFolder, told, writeFolder } from './testing.ts';
import type { SceneBuilder } from './testing.ts';

/** A packed good scene, which tests copy and spoil. */
let good: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  good = await temporaryFolder();
  await writeFolder(good.path, await goodScene());
  await pack(good.path);
});
afterAll(async () => {
  await good[Symbol.asyncDispose]();
});

/** What check says of a copy of the good folder after `spoil`. */
async function toldAfter(spoil: (folder: string) => Promise<void>): Promise<string[]> {
  await using copy = await temporaryFolder();
  await cp(good.path, copy.path, { recursive: true });
  await spoil(copy.path);
  return told((await check(copy.path)).findings.list);
}

/** What check says of a scene that was packed from a changed export; the export itself is not left in the folder. */
async function toldOfScene(change: (builder: SceneBuilder) => void): Promise<string[]> {
  await using folder = await temporaryFolder();
  const builder = await goodScene();
  change(builder);
  await writeFolder(folder.path, builder);
  await pack(folder.path);
  await rm(path.join(folder.path, 'source'), { recursive: true });
  return told((await check(folder.path)).findings.list);
}

async function toldOfVenue(change: (venue: ReturnType<typeof goodVenue>) => void): Promise<string[]> {
  return toldAfter(async (folder) => {
    const venue = goodVenue();
    change(venue);
    await writeFile(path.join(folder, 'venue.json'), JSON.stringify(venue));
  });
}

/** Changes `scene.glb` after packing, as a mistake or another tool would. */
async function rewriteModel(folder: string, change: (scene: ReadScene) => void): Promise<void> {
  const file = path.join(folder, 'scene.glb');
  const scene = await parseGlb(await readFile(file), 'scene.glb');
  change(scene);
  await writeFile(file, await writeGlb(scene.document));
}

function move(builder: SceneBuilder, name: string, at: [number, number, number]): void {
  const node = builder.document.getRoot().listNodes().find((candidate) => candidate.getName() === name);
  if (!node) throw new Error(`The test scene has no node "${name}".`);
  node.setTranslation(at);
}

const PACK_FIRST = 'Run "npm run scene -- pack" on the folder.';

describe('check', () => {
  it('finds nothing wrong with a good scene, and measures it', async () => {
    const report = await check(good.path);
    expect(told(report.findings.list)).toEqual([]);
    const names = ['scene.glb', 'layout.json', 'venue.json', 'navmesh.bin', 'lightmap.webp'];
    expect(report.cost.files.map(({ name }) => name)).toEqual(names);
    const bytes = await Promise.all(names.map(async (name) => (await readFile(path.join(good.path, name))).byteLength));
    expect(report.totals).toEqual({ drawCalls: 3, triangles: 60, textureBytes: 10_924 + 349_524, wireBytes: bytes.reduce((a, b) => a + b) });
  });
});

describe('check says which file', () => {
  it('is missing', async () => {
    const missing = (name: string, fix = PACK_FIRST): string => `missing-file: ${name}: it is not in the folder. ${fix}`;
    expect(await toldAfter((folder) => rm(path.join(folder, 'scene.glb')))).toContain(missing('scene.glb'));
    expect(await toldAfter((folder) => rm(path.join(folder, 'layout.json')))).toEqual([missing('layout.json')]);
    expect(await toldAfter((folder) => rm(path.join(folder, 'navmesh.bin')))).toEqual([missing('navmesh.bin')]);
    expect(await toldAfter((folder) => rm(path.join(folder, 'venue.json')))).toEqual([missing('venue.json', 'Write it: see tools/gltf/README.md.')]);
    expect(await toldAfter((folder) => rm(path.join(folder, 'lightmap.webp')))).toEqual(['missing-file: lightmap.webp: material "paint" refers to it, but it is not in the folder. Put it there, or take the reference out.']);
  });

  it('is not JSON, or does not fit its schema', async () => {
    const [notJson] = await toldAfter((folder) => writeFile(path.join(folder, 'venue.json'), '{"version": 1,'));
    expect(notJson).toMatch(/^bad-json: venue\.json: it is not JSON \(.+\)\. Mend it by hand: see tools\/gltf\/README\.md\.$/);
    expect(await toldOfVenue((venue) => delete venue.names['podium']?.['ar'])).toEqual(['bad-schema: venue.json at names.podium.ar: Invalid input: expected string, received undefined. Mend it by hand: see tools/gltf/README.md.']);
    expect(await toldOfVenue((venue) => delete venue.credits[0]?.['licence'])).toEqual(['bad-schema: venue.json at credits[0].licence: Invalid input: expected string, received undefined. Mend it by hand: see tools/gltf/README.md.']);
    const layout = await toldAfter(async (folder) => {
      const file = path.join(folder, 'layout.json');
      await writeFile(file, (await readFile(file, 'utf8')).replace('"height":0.4', '"height":4'));
    });
    expect(layout).toContain(`bad-schema: layout.json at seats[0].height: Too big: expected number to be <=1.2. ${PACK_FIRST}`);
  });

  it('is not what the source gives', async () => {
    const stale = (name: string): string => `stale: ${name}: it is not what the source gives now. Run "npm run scene -- pack" on the folder and commit what it writes.`;
    const moved = await toldAfter(async (folder) => {
      const builder = await goodScene();
      move(builder, 'seat-1', [2, 0, 2.9]);
      await writeFolder(folder, builder);
    });
    expect(moved).toEqual([stale('layout.json')]);
    const walled = await toldAfter(async (folder) => {
      const builder = await goodScene();
      move(builder, 'block-south', [0, 0, -0.2]);
      await writeFolder(folder, builder);
    });
    expect(walled).toEqual([stale('layout.json'), stale('navmesh.bin')]);
  });

  it('could not be made of the source', async () => {
    const told = await toldAfter(async (folder) => {
      const builder = await goodScene();
      builder.node('bad', { venue: { kind: 'bad' } });
      await writeFolder(folder, builder);
    });
    expect(told).toEqual(['bad-kind: source/build/scene.glb, node "bad": extras.venue.kind is missing or unknown. Use one of spawn, seat, place, space, zone, door, link, walkable, obstacle, screen, booth, nameplate, exhibit, panorama, activity, dock.']);
  });

  it('is no navigation mesh', async () => {
    const told = await toldAfter(async (folder) => {
      await rm(path.join(folder, 'source'), { recursive: true });
      await writeFile(path.join(folder, 'navmesh.bin'), 'nonsense');
    });
    expect(told).toEqual([`bad-navmesh: navmesh.bin: This is not a navigation mesh: bake it again with "npm run scene -- pack". ${PACK_FIRST}`]);
  });
});

describe('check says of the model', () => {
  it('that it is not glTF', async () => {
    const told = await toldAfter((folder) => writeFile(path.join(folder, 'scene.glb'), 'nonsense'));
    expect(told).toEqual(['unreadable: scene.glb: it is not a readable glTF binary (the header is not that of a .glb). Export the scene again as .glb.']);
  });

  it('what the standard forbids, also inside compressed geometry, by name', async () => {
    const told = await toldAfter((folder) =>
      rewriteModel(folder, ({ document }) => {
        const floor = document.getRoot().listMeshes().find((mesh) => mesh.getName() === 'floor');
        const primitive = floor?.listPrimitives()[0];
        const normals = document.createAccessor().setType('VEC3').setBuffer(document.getRoot().listBuffers()[0] ?? null);
        normals.setArray(new Float32Array(Array.from({ length: 72 }, () => 7)));
        primitive?.setAttribute('NORMAL', normals);
      }),
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^ACCESSOR_VECTOR3_NON_UNIT: .+: Vector3 at accessor indices .+ is not of unit length: .+, and \d+ more like it\. Mend it in the authoring tool and export again\.$/);
  });

  it('that a screen is gone', async () => {
    const told = await toldAfter((folder) => rewriteModel(folder, ({ document }) => document.getRoot().listNodes().find((node) => node.getName() === 'screen-1')?.setName('wall')));
    expect(told).toEqual([`no-surface: screen "main": scene.glb has no mesh node "screen-1". ${PACK_FIRST}`]);
  });

  it('that a light map is badly named or has no coordinates', async () => {
    const lightmap = (value: unknown): Promise<string[]> =>
      toldOfScene((builder) => {
        builder.material.setExtras({ venue: { lightmap: value } });
      });
    const use = 'Use {"lightmap":{"file":"lightmap.webp","intensity":1}}.';
    const unused = 'unused-file: lightmap.webp: nothing in the scene refers to it. Remove it, or move it to source/.';
    expect(await lightmap({ file: '../secret.webp', intensity: 1 })).toEqual([`bad-lightmap: material "paint": extras.venue.lightmap.file is wrong: a file name without folders. ${use}`, unused]);
    expect(await lightmap({ file: 'lightmap.webp' })).toEqual([`bad-lightmap: material "paint": extras.venue.lightmap.intensity is wrong: Invalid input: expected number, received undefined. ${use}`]);
    const bare = await toldOfScene((builder) => {
      for (const mesh of builder.document.getRoot().listMeshes()) if (mesh.getName() === 'floor') mesh.listPrimitives()[0]?.setAttribute('TEXCOORD_1', null);
    });
    expect(bare).toEqual(['no-lightmap-uv: mesh "floor": it has the material "paint", which has a light map, but no second set of texture coordinates. Unwrap it into a second UV map and bake again.']);
  });

  it('that a light map is no picture', async () => {
    const told = await toldAfter((folder) => writeFile(path.join(folder, 'lightmap.webp'), 'not a picture'));
    expect(told).toEqual(['bad-media: lightmap.webp: material "paint" uses it as a light map, but it is no picture of a known format. Use WebP, PNG or JPEG.']);
  });
});

describe('check says which budget is exceeded, by whom', () => {
  const budget = (key: string, value: number): Promise<string[]> =>
    toldOfVenue((venue) => {
      venue.budgets[key] = value;
    });

  it('draw calls', async () => {
    expect(await budget('drawCalls', 2)).toEqual(['over-budget: draw calls: 3, the budget is 2; most: floor 1, screen-1 1, chair 1. Join meshes that share a material, and let repeated objects share one mesh.']);
  });
  it('triangles', async () => {
    expect(await budget('triangles', 59)).toEqual(['over-budget: triangles: 60, the budget is 59; most: chair 36, floor 12, screen-1 12. Simplify the largest.']);
  });
  it('texture memory, light maps included', async () => {
    expect(await budget('textureMegabytes', 0.3)).toEqual(['over-budget: texture memory: 360.4 KB, the budget is 300.0 KB; most: lightmap.webp 349.5 KB, wood 10.9 KB. Use smaller textures, or pack with --max-texture.']);
  });
  it('wire size', async () => {
    const [told, ...more] = await budget('wireMegabytes', 0.005);
    expect(more).toEqual([]);
    expect(told).toMatch(/^over-budget: wire size: \d+\.\d KB, the budget is 5\.0 KB; most: scene\.glb \d\.\d KB, navmesh\.bin \d\.\d KB, .+\. Make the largest file smaller\.$/);
  });
  it('a budget that is itself too large', async () => {
    expect(await budget('drawCalls', 500)).toEqual(["large-budget: venue.json at budgets.drawCalls: 500 is more than the venue's standard of 100. Phones and standalone headsets may not hold the scene: lower it if you can."]);
  });
});

describe('check says of the texts', () => {
  it('which name is missing or belongs to nothing', async () => {
    const told = await toldOfVenue((venue) => {
      venue.names['bar'] = venue.names['scene'] ?? {};
      for (const id of ['scene', 'west', 'podium']) delete venue.names[id];
    });
    const missing = (id: string, what: string): string => `no-name: venue.json at names: ${what} has no name. Add "${id}" with a text in en, fr, es, ru, zh and ar.`;
    expect(told).toEqual([
      missing('scene', 'the scene'),
      missing('west', 'the space "west"'),
      missing('podium', 'the place "podium"'),
      'unused-name: venue.json at names.bar: no space, zone, place or link has this id. Remove the name, or mend the id in the scene.',
    ]);
  });

  it('that a meeting room is no space, or the only place to arrive', async () => {
    expect(await toldOfVenue((venue) => Object.assign(venue, { meetingRooms: { attic: { people: 4 }, west: { people: 4 } } }))).toEqual([
      'unknown-meeting-room: venue.json at meetingRooms.attic: no space has this id. Mend the id, or mark the room as a space: only what is an acoustic space can be closed and kept private.',
      'meeting-room-entrance: venue.json at meetingRooms.west: everybody arrives in this room. Put an entrance outside it: while it is booked, others may not be in it.',
    ]);
  });

  it('that nobody is credited, or not fully', async () => {
    expect(await toldOfVenue((venue) => venue.credits.splice(0))).toEqual(['no-credits: venue.json at credits: nobody is credited. Say who made what, under which licence and where it came from, also for your own work.']);
    const told = await toldOfVenue((venue) => {
      venue.credits[0] = { what: 'wood', author: ' ', licence: 'CC0-1.0', source: '' };
    });
    const empty = (key: string): string => `empty-credit: venue.json at credits[0].${key}: it is empty. Every credit says what, by whom, under which licence, and from where.`;
    expect(told).toEqual([empty('author'), empty('source')]);
  });
});

describe('check says what cannot be walked to', () => {
  it('a place or seat with nothing to stand on near it', async () => {
    const place = await toldOfScene((builder) => move(builder, 'place-podium', [5, 2, 0]));
    expect(place).toEqual(['off-ground: place "podium": there is nothing to walk on within 0.5 m of it. Move it, or give it a walkable floor with room for a person (0.6 m wide).']);
    const seat = await toldOfScene((builder) => move(builder, 'seat-2', [3, 1.5, 3]));
    expect(seat).toEqual(['off-ground: seat "A2": there is nothing to walk on within 1 m of it. Move it, or give it a walkable floor with room for a person (0.6 m wide).']);
  });

  it('a room whose doorway is closed', async () => {
    const told = await toldOfScene((builder) => {
      builder.node('second-spawn', { at: [4, 0, -2], venue: { kind: 'spawn', id: 'second' } });
      builder.node('door', { mesh: builder.box('door', [-0.1, 0.1], [0, 2], [1, 2.5]), venue: { kind: 'obstacle' } });
    });
    const shut = (what: string): string => `unreachable: ${what}: nobody can walk to it from spawn point "main". Look for a doorway narrower than 0.7 m, a step higher than 0.25 m, or a gap in the walkable floor.`;
    expect(told).toEqual([shut('spawn point "second"'), shut('place "podium"'), shut('seat "A1"'), shut('seat "A2"'), shut('seat "A3"')]);
  });

  it('anything, if the first spawn point is nowhere', async () => {
    const told = await toldOfScene((builder) => move(builder, 'spawn-main', [-4, 2.5, 0]));
    expect(told).toEqual(['off-ground: spawn point "main": it is not on the walkable surface, so nothing can be reached. Put it on a walkable floor, 0.3 m or more from walls.']);
  });

  it('a spot in no acoustic space', async () => {
    const told = await toldOfScene((builder) => {
      builder.document.getRoot().listNodes().find((node) => node.getName() === 'space-west')?.setScale([0.5, 1, 1]);
      builder.document.getRoot().listNodes().find((node) => node.getName() === 'space-west')?.setExtras({ venue: { kind: 'space', id: 'west', reverb: 0 } });
    });
    expect(told).toEqual(['no-space: spawn point "main": it is in no acoustic space, so nobody is heard there. Extend a space over it: spaces are bodies marked {"kind":"space"}, from floor to ceiling.']);
  });
});
