import { describe, expect, it } from 'vitest';
import { Findings } from '../findings.ts';
import { SceneBuilder, asRead, goodScene, told } from '../testing.ts';
import { readMarks } from './marks.ts';
import type { Marks } from './marks.ts';

async function read(builder: SceneBuilder): Promise<{ marks: Marks; told: string[] }> {
  const findings = new Findings();
  const marks = readMarks(await asRead(builder), findings);
  return { marks, told: told(findings.list) };
}

/** The findings about one node with this mark, in a scene with nothing else. */
async function toldOf(venue: unknown, mesh = false): Promise<string[]> {
  const builder = new SceneBuilder();
  builder.node('thing', { venue, ...(mesh ? { mesh: builder.box('box', [0, 1], [0, 1], [0, 1]) } : {}) });
  return (await read(builder)).told;
}

describe('readMarks', () => {
  it('reads every kind from a good scene and finds nothing wrong', async () => {
    const { marks, told } = await read(await goodScene());
    expect(told).toEqual([]);
    const counts = Object.fromEntries(Object.entries(marks).filter(([, list]) => list.length > 0).map(([kind, list]) => [kind, list.length]));
    expect(counts).toEqual({ spawn: 1, seat: 3, place: 1, space: 2, walkable: 1, obstacle: 5, screen: 1 });
  });

  it('takes position and heading from the world transform', async () => {
    const builder = new SceneBuilder();
    const parent = builder.node('parent', { at: [10, 1, 0], turn: Math.PI / 2 });
    const child = builder.node('child', { at: [0, 0, 2], venue: { kind: 'place', id: 'p' } });
    parent.addChild(child);
    const { marks } = await read(builder);
    const [place] = marks.place;
    // A quarter turn about Y takes +Z to +X.
    expect(place?.position.map((value) => Math.round(value * 1000) / 1000)).toEqual([12, 1, 0]);
    expect(place?.yaw).toBeCloseTo(Math.PI / 2, 6);
  });

  it('accepts what Blender makes of a custom property: JSON in a text, numbers for names, 1 for true', async () => {
    const builder = new SceneBuilder();
    builder.node('a', { venue: '{"kind":"spawn","id":"s"}' });
    builder.node('b', { venue: { kind: 'seat', id: 12 } });
    builder.node('c', { mesh: builder.box('box', [0, 1], [0, 1], [0, 1]), venue: { kind: 'walkable', visible: 1 } });
    const { marks, told } = await read(builder);
    expect(told).toEqual([]);
    expect(marks.seat[0]?.data).toEqual({ kind: 'seat', id: '12', height: 0.45 });
    expect(marks.walkable[0]?.data.visible).toBe(true);
  });

  it('reads only the scene that is shown', async () => {
    const builder = new SceneBuilder();
    builder.node('here', { venue: { kind: 'spawn', id: 'here' } });
    const hidden = builder.document.createScene('other');
    hidden.addChild(builder.document.createNode('there').setExtras({ venue: { kind: 'spawn', id: 'there' } }));
    builder.document.getRoot().setDefaultScene(builder.scene);
    expect((await read(builder)).marks.spawn.map(({ data }) => data.id)).toEqual(['here']);
  });
});

describe('readMarks says what is wrong', () => {
  it('unknown kind', async () => {
    const expected = ['bad-kind: node "thing": extras.venue.kind is missing or unknown. Use one of spawn, seat, place, space, zone, door, link, walkable, obstacle, screen, booth, nameplate, exhibit, panorama, activity, dock.'];
    expect(await toldOf({ kind: 'chair' })).toEqual(expected);
    expect(await toldOf({ id: 'x' })).toEqual(expected);
    expect(await toldOf('not json')).toEqual(expected);
  });

  it('a property that is missing or out of range', async () => {
    expect(await toldOf({ kind: 'seat', id: 'a', height: 3 })).toEqual(['bad-mark: node "thing": extras.venue.height is wrong: Too big: expected number to be <=1.2. See "seat" in tools/gltf/README.md.']);
    expect(await toldOf({ kind: 'space', id: 'a', reverb: 1.4 }, true)).toEqual(['bad-mark: node "thing": extras.venue.reverb is wrong: Too big: expected number to be <=1. See "space" in tools/gltf/README.md.']);
    expect(await toldOf({ kind: 'space', id: 'a', reverb: 0.4, openings: [{ to: 'b', lossDecibels: -1 }] }, true)).toEqual([
      'bad-mark: node "thing": extras.venue.openings.0.lossDecibels is wrong: Too small: expected number to be >=0. See "space" in tools/gltf/README.md.',
    ]);
    expect(await toldOf({ kind: 'place', id: 'the bar' })).toEqual(['bad-mark: node "thing": extras.venue.id is wrong: use 1 to 64 of the characters A-Z a-z 0-9 _ . -. See "place" in tools/gltf/README.md.']);
  });

  it('a body without a mesh', async () => {
    for (const venue of [{ kind: 'walkable' }, { kind: 'obstacle' }, { kind: 'screen', id: 's' }, { kind: 'space', id: 's', reverb: 0 }]) {
      expect(await toldOf(venue)).toEqual([`no-mesh: node "thing": it is marked as ${venue.kind} but has no mesh. Put the mark on the object that has the mesh.`]);
    }
  });

  it('a key that is not read, once for all nodes', async () => {
    const builder = new SceneBuilder();
    for (const id of ['a', 'b']) builder.node(id, { venue: { kind: 'seat', id, label: 'Row 1' } });
    expect((await read(builder)).told).toEqual(['unknown-key: extras.venue: "seat.label" is not read (2 nodes have it). Remove it, or see tools/gltf/README.md for how it is spelt.']);
  });

  it('two marks of a kind with one id', async () => {
    const builder = new SceneBuilder();
    builder.node('first', { venue: { kind: 'seat', id: 'A1' } });
    builder.node('second', { venue: { kind: 'seat', id: 'A1' } });
    builder.node('third', { venue: { kind: 'place', id: 'A1' } });
    expect((await read(builder)).told).toEqual(['duplicate-id: node "second": its seat id "A1" is taken by node "first". Give every seat an id of its own.']);
  });

  it('an opening to a space that does not exist, or to itself', async () => {
    const builder = new SceneBuilder();
    const mesh = builder.box('box', [0, 1], [0, 1], [0, 1]);
    builder.node('room', { mesh, venue: { kind: 'space', id: 'room', reverb: 0, openings: [{ to: 'gone', lossDecibels: 3 }, { to: 'room', lossDecibels: 3 }] } });
    expect((await read(builder)).told).toEqual([
      'unknown-space: node "room": it opens to a space "gone" that does not exist. Use the id of another space: room.',
      'unknown-space: node "room": it opens to a space "room" that does not exist. Use the id of another space: room.',
    ]);
  });

  it('a screen that cannot be found by its name', async () => {
    const builder = new SceneBuilder();
    const mesh = builder.box('box', [0, 1], [0, 1], [0, 1]);
    builder.node('wall', { mesh, venue: { kind: 'screen', id: 's' } });
    builder.node('wall', { mesh });
    expect((await read(builder)).told).toEqual(['ambiguous-node: node "wall": it is a screen, and its name is empty or borne by another node. Give the node a name of its own: the venue finds screens by it.']);
  });

  it('a file without a scene', async () => {
    const builder = new SceneBuilder();
    builder.scene.dispose();
    expect((await read(builder)).told).toEqual(['no-scene: the glTF: it has no scene. Export a scene with at least one object.']);
  });
});
