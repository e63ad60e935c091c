/** The marks besides floors, seats and spaces, and the open extensions, from a scene that has all of them. */
import { describe, expect, it } from 'vitest';
import { Layout } from '../../../shared/scene/layout.ts';
import { derive } from '../derive.ts';
import type { Derived } from '../derive.ts';
import { Findings, SceneError } from '../findings.ts';
import { parseGlb } from '../io.ts';
import { SceneBuilder, asRead, goodScene, told } from '../testing.ts';
import { fullScene } from '../testing/full-scene.ts';
import { changeJson } from '../testing/raw.ts';

async function deriveBytes(bytes: Uint8Array): Promise<Derived & { told: string[] }> {
  const findings = new Findings();
  try {
    const derived = await derive(await parseGlb(bytes, 'test.glb'), findings);
    return { ...derived, told: told(findings.list) };
  } catch (error) {
    if (error instanceof SceneError) return { told: told([...new Set([...findings.list, ...error.findings])]) } as Derived & { told: string[] };
    throw error;
  }
}

async function deriveBuilder(builder: SceneBuilder): Promise<Derived & { told: string[] }> {
  const findings = new Findings();
  try {
    return { ...(await derive(await asRead(builder), findings)), told: told(findings.list) };
  } catch (error) {
    if (error instanceof SceneError) return { told: told([...new Set([...findings.list, ...error.findings])]) } as Derived & { told: string[] };
    throw error;
  }
}

/** The good scene with one more mark; nodes that the mark names are boxes. */
async function toldOf(venue: unknown, { mesh = false, node }: { mesh?: boolean; node?: string } = {}): Promise<string[]> {
  const builder = await goodScene();
  if (node !== undefined) builder.node(node, { mesh: builder.box(node, [0, 1], [0, 1], [0, 0.1]), at: [3, 0, 0] });
  builder.node('thing', { venue, at: [2, 0, 0], ...(mesh ? { mesh: builder.box('thing', [0, 1], [0, 1], [0, 0.1]) } : {}) });
  return (await deriveBuilder(builder)).told;
}

describe('a scene with every mark', async () => {
  const { layout, told, sounds } = await deriveBytes(await fullScene());

  it('gives a layout that fits its schema, and no finding', () => {
    expect(told).toEqual([]);
    expect(Layout.safeParse(layout).error?.issues ?? []).toEqual([]);
  });

  it('has links, of marks and of OMI_link, with the space they are in', () => {
    expect(layout.links).toEqual([
      { id: 'gate-omi', position: [5.3, 0, 2], yaw: -1.5708, space: 'east', to: 'marrakesh', spawn: 'square', radius: 1.5 },
      { id: 'out', position: [-5.4, 0, 0], yaw: 1.5708, space: 'west', to: 'geneva', spawn: 'entrance', radius: 1.5 },
    ]);
  });

  it('finds the spaces on both sides of a door: behind it, then before it', () => {
    expect(layout.doors).toEqual([{ id: 'middle', position: [0, 0, 1.75], yaw: 1.5708, width: 1.5, between: ['west', 'east'] }]);
  });

  it('has zones as upright prisms', () => {
    expect(layout.zones).toEqual([{ id: 'desk', outline: [[-6, -4], [-4, -4], [-4, -2], [-6, -2]], bottom: -0.25, top: 2.5 }]);
  });

  it('measures surfaces in metres, not by what their coordinates say', () => {
    expect(layout.screens.map(({ id, shows, aspect }) => [id, shows, aspect])).toEqual([['main', 'event', 2], ['thanks', 'donors', 0.5]]);
    expect(layout.nameplates).toEqual([{ id: 'p1', node: 'plate-1', seat: 'A1', aspect: 3 }]);
    expect(layout.booths.map(({ aspect }) => aspect)).toEqual([3]);
  });

  it('puts the visitor of a booth two metres before its face, looking at it', () => {
    const [booth] = layout.booths;
    expect(booth?.position).toEqual([-3, 0, -1.9]);
    expect(Math.abs(booth?.yaw ?? 0)).toBeCloseTo(Math.PI, 3);
  });

  it('puts visitors of exhibits onto the floor', () => {
    expect(layout.exhibits).toEqual([{ id: 'vase', position: [5, 0, -2.2], yaw: 3.1416, space: 'east', node: 'vase' }]);
    expect(layout.panoramas).toEqual([{ id: 'square', position: [-2, 0, 3], yaw: 0, space: 'west', node: null }]);
    expect(layout.activities).toEqual([{ id: 'zellige', kind: 'mosaic', position: [-5, 0, 2.6], yaw: 0, space: 'west', node: 'board' }]);
    expect(layout.docks).toEqual([{ id: 'charger', position: [-5.2, 0, -3.2], yaw: 0 }]);
  });

  it('has the sounds of KHR_audio_emitter, with the recording as a file', () => {
    expect(layout.sounds).toEqual([
      { id: 'fountain', file: 'sound-water.mp3', position: [2, 0.5, 1], gain: 0.4, loop: true, refDistance: 2, maxDistance: 20, rolloff: 1 },
      { id: 'water', file: 'sound-water.mp3', position: null, gain: 0.1, loop: true, refDistance: 1, maxDistance: 1000, rolloff: 1 },
    ]);
    expect(Object.keys(sounds)).toEqual(['sound-water.mp3']);
    expect(Buffer.from(sounds['sound-water.mp3'] ?? []).toString('latin1', 0, 3)).toBe('ID3');
  });

  it('has a seat of OMI_seat', () => {
    expect(layout.seats.find(({ id }) => id === 'chair-omi')).toEqual({ id: 'chair-omi', position: [3, 0, -0.08], yaw: 0, height: 0.45, space: 'east' });
  });
});

describe('OMI collision bodies', () => {
  it('stand in the way, and are the floor if none is marked', async () => {
    const { loadGround } = await import('../../../shared/navigation/node.ts');
    const out = { x: 0, y: 0, z: 0, polygon: 0 };
    using marked = await loadGround((await deriveBytes(await fullScene())).navmesh);
    // The pillar stands at x -1.5.
    expect(marked.place({ x: -1.5, y: 0, z: 0 }, 0.2, out)).toBe(false);
    const builder = new SceneBuilder();
    builder.node('sky', { mesh: builder.box('sky', [-50, 50], [20, 21], [-50, 50]) });
    builder.node('ground');
    builder.node('start', { venue: { kind: 'spawn', id: 'start' } });
    const { writeGlb } = await import('../io.ts');
    const bytes = changeJson(await writeGlb(builder.document), (json) => {
      json.extensionsUsed = ['OMI_collider'];
      const node = json.nodes?.find(({ name }) => name === 'ground');
      if (node) node.extensions = { OMI_collider: { type: 'box', extents: [5, 0.1, 5] } };
    });
    const { navmesh, told } = await deriveBytes(bytes);
    expect(told.filter((text) => text.startsWith('no-walkable'))).toEqual([]);
    using ground = await loadGround(navmesh);
    expect(ground.place({ x: 4, y: 0.1, z: 4 }, 0.3, out)).toBe(true);
    expect(ground.place({ x: 8, y: 0.1, z: 0 }, 1, out)).toBe(false);
  });
});

describe('a scene with no mark at all', () => {
  it('works: people arrive near the origin, walk on what is flat, and hear each other', async () => {
    const builder = new SceneBuilder();
    builder.node('slab', { mesh: builder.box('slab', [20, 40], [1, 2], [-10, 10]) });
    const { layout, told } = await deriveBuilder(builder);
    expect(told.map((text) => text.split(':')[0])).toEqual(['no-walkable', 'no-spawn', 'no-space-marks']);
    const [spawn] = layout.spawnPoints;
    expect(spawn?.position[1]).toBe(2);
    expect(spawn?.position[0]).toBeGreaterThan(20.2);
    expect(spawn?.position[0]).toBeLessThan(20.6);
    expect(layout.spaces.map(({ id, outline }) => [id, outline])).toEqual([['scene', [[-5, -10], [40, -10], [40, 10], [-5, 10]]]]);
    expect(Layout.safeParse(layout).success).toBe(true);
  });

  it('has an unseen floor if nothing in it can be walked on', async () => {
    const builder = new SceneBuilder();
    builder.node('needle', { mesh: builder.box('needle', [-0.01, 0.01], [0, 3], [-0.01, 0.01]) });
    const { layout, told } = await deriveBuilder(builder);
    expect(told.map((text) => text.split(':')[0])).toEqual(['no-walkable', 'no-spawn', 'no-floor', 'no-space-marks']);
    expect(layout.spawnPoints).toEqual([{ id: 'origin', position: [0, 0, 0], yaw: 0 }]);
  });
});

describe('what is wrong with a mark', () => {
  it('a node that is not there, is there twice, or has no mesh', async () => {
    expect(await toldOf({ kind: 'exhibit', id: 'e', node: 'gone' })).toEqual(['unknown-node: node "thing": its "node" is "gone", and no node has this name. Write the name of the object as the exported file has it.']);
    expect(await toldOf({ kind: 'booth', id: 'b', stand: 'gone' }, { mesh: true })).toEqual(['unknown-node: node "thing": its "stand" is "gone", and no node has this name. Write the name of the object as the exported file has it.']);
    expect(await toldOf({ kind: 'exhibit', id: 'e', node: 'spawn-main' })).toEqual(['no-mesh: node "thing": its "node" is "spawn-main", which has no mesh. Name the object that is drawn.']);
    const builder = await goodScene();
    for (const at of [1, 2]) builder.node('vase', { mesh: builder.box('vase', [0, 1], [0, 1], [0, 1]), at: [at, 0, 0] });
    builder.node('thing', { venue: { kind: 'panorama', id: 'p', node: 'vase' } });
    expect((await deriveBuilder(builder)).told).toEqual(['ambiguous-node: node "thing": its "node" is "vase", and 2 nodes have this name. Give the node a name of its own.']);
  });

  it('a seat that is not there', async () => {
    expect(await toldOf({ kind: 'nameplate', id: 'n', seat: 'Z9' }, { mesh: true })).toEqual(['unknown-seat: node "thing": it names a seat "Z9" that does not exist. Use the id of a seat mark.']);
  });

  it('a door that leads from a space into the same', async () => {
    expect(await toldOf({ kind: 'door', id: 'd' })).toEqual(['door-nowhere: node "thing": the same space "east" lies on both sides of the door. Put it into the doorway, with its +Z (Blender: -Y) through it.']);
  });

  it('a surface without texture coordinates, or with ones that repeat', async () => {
    const without = await goodScene();
    for (const mesh of without.document.getRoot().listMeshes()) if (mesh.getName() === 'screen') mesh.listPrimitives()[0]?.setAttribute('TEXCOORD_0', null).setAttribute('TEXCOORD_1', null);
    expect((await deriveBuilder(without)).told).toContain('no-uv: node "screen-1": the venue draws on it, but it has no texture coordinates that span an area. Unwrap it so that the picture fills the UV square from 0 to 1.');
    const tiled = await goodScene();
    for (const mesh of tiled.document.getRoot().listMeshes()) {
      const coordinates = mesh.getName() === 'screen' ? mesh.listPrimitives()[0]?.getAttribute('TEXCOORD_0') : undefined;
      coordinates?.setArray(Float32Array.from(coordinates.getArray() ?? [], (value) => value * 4));
    }
    expect((await deriveBuilder(tiled)).told).toEqual(['uv-range: node "screen-1": its texture coordinates run from 0.00 to 4.00, so a picture on it is cut or repeated. Unwrap it so that the picture fills the UV square from 0 to 1.']);
  });

  it('a booth before which nobody can stand', async () => {
    const builder = await goodScene();
    builder.node('far', { mesh: builder.box('far', [0, 1], [0, 1], [0, 0.1]), at: [40, 0, 40], venue: { kind: 'booth', id: 'far' } });
    expect((await deriveBuilder(builder)).told).toEqual(['no-stand: node "far": there is no floor in front of the booth on which a visitor could stand. Put an empty where one stands, and name it as "stand" in the mark.']);
  });

  it('a link of OMI that leaves the venue', async () => {
    const bytes = changeJson(await fullScene(), (json) => {
      const node = json.nodes?.find(({ name }) => name === 'gate-omi');
      if (node) node.extensions = { OMI_link: { uri: 'https://example.org' } };
    });
    expect((await deriveBytes(bytes)).told).toEqual(['foreign-link: node "gate-omi": its OMI_link leads to "https://example.org", which is no scene of the venue; it is left out. Write the uri as "scene:geneva" or "scene:geneva#entrance".']);
  });

  it('a sound that never starts', async () => {
    const bytes = changeJson(await fullScene(), (json) => {
      const { sources } = (json.extensions as unknown as { KHR_audio_emitter: { sources: { autoPlay: boolean }[] } }).KHR_audio_emitter;
      for (const source of sources) source.autoPlay = false;
    });
    const { told, layout } = await deriveBytes(bytes);
    expect(told.map((text) => text.slice(0, 40))).toEqual(['silent-sound: KHR_audio_emitter: its sou', 'silent-sound: node "fountain": its sound']);
    expect(layout.sounds).toEqual([]);
  });
});
