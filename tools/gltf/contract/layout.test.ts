import { describe, expect, it } from 'vitest';
import { EMPTY_LAYOUT, Layout } from '../../../shared/scene/layout.ts';
import { derive } from '../derive.ts';
import { Findings, SceneError } from '../findings.ts';
import { ROOMS, SceneBuilder, asRead, goodScene, told } from '../testing.ts';
import { layoutText } from './layout.ts';

async function layoutOf(builder: SceneBuilder): Promise<{ layout: Layout; told: string[] }> {
  const findings = new Findings();
  const { layout } = await derive(await asRead(builder), findings);
  return { layout, told: told(findings.list) };
}

const NO_SPACE = 'no-space-marks: the scene: no acoustic space is marked, so everybody hears everybody within earshot. Put a box around each room, marked with extras.venue {"kind":"space","id":"hall","reverb":0.3}.';

/** A floor and a spawn point, so that there is something to derive. */
function floor(builder: SceneBuilder): SceneBuilder {
  builder.node('floor', { mesh: builder.box('floor', [-5, 5], [-0.1, 0], [-5, 5]), venue: { kind: 'walkable' } });
  builder.node('start', { venue: { kind: 'spawn', id: 'start' } });
  return builder;
}

describe('deriveLayout', () => {
  it('gives exactly this for the good scene', async () => {
    const { layout, told } = await layoutOf(await goodScene());
    expect(told).toEqual([]);
    const [east, west] = layout.spaces;
    expect(layout).toEqual({
      ...EMPTY_LAYOUT,
      spawnPoints: [{ id: 'main', position: [-4, 0, 0], yaw: 1.5708 }],
      seats: [1, 2, 3].map((number) => ({ id: `A${number}`, position: [1 + number, 0, 3], yaw: 3.1416, height: 0.4, space: 'east' })),
      places: [{ id: 'podium', position: [5, 0, 0], yaw: -1.5708, space: 'east' }],
      spaces: [
        { id: 'east', outline: [[0, -4], [6, -4], [6, 4], [0, 4]], bottom: -0.25, top: 3, reverb: 0.4, openings: east?.openings },
        { id: 'west', outline: [[-6, -4], [0, -4], [0, 4], [-6, 4]], bottom: -0.25, top: 3, reverb: 0.2, openings: west?.openings },
      ],
      screens: [{ id: 'main', node: 'screen-1', shows: 'event', aspect: 2 }],
    });
    expect(Layout.safeParse(layout).success).toBe(true);
  });

  it('puts the opening of two spaces into the doorway, the same from both sides', async () => {
    const { layout } = await layoutOf(await goodScene());
    const [east, west] = layout.spaces;
    expect(west?.openings).toEqual([{ to: 'east', position: east?.openings[0]?.position, lossDecibels: 12 }]);
    expect(east?.openings.map(({ to, lossDecibels }) => ({ to, lossDecibels }))).toEqual([{ to: 'west', lossDecibels: 12 }]);
    const [x = NaN, y = NaN, z = NaN] = west?.openings[0]?.position ?? [];
    expect(Math.abs(x)).toBeLessThan(0.15);
    expect(y).toBeCloseTo(1.5, 1);
    expect(z).toBeGreaterThan(ROOMS.door[0]);
    expect(z).toBeLessThan(ROOMS.door[1]);
  });

  it('lets each side of an opening state its own loss', async () => {
    const builder = await goodScene();
    const east = builder.document.getRoot().listNodes().find((node) => node.getName() === 'space-east');
    east?.setExtras({ venue: { kind: 'space', id: 'east', reverb: 0.4, openings: [{ to: 'west', lossDecibels: 30 }] } });
    const { layout } = await layoutOf(builder);
    expect(layout.spaces.map(({ id, openings }) => [id, openings[0]?.lossDecibels])).toEqual([['east', 30], ['west', 12]]);
  });

  it('takes the middle between two spaces that one cannot walk between', async () => {
    const builder = floor(new SceneBuilder());
    builder.node('a', { mesh: builder.box('a', [-5, 5], [0, 3], [-5, 5]), venue: { kind: 'space', id: 'a', reverb: 0, openings: [{ to: 'b', lossDecibels: 20 }] } });
    builder.node('b', { mesh: builder.box('b', [-5, 5], [4, 7], [-5, 5]), venue: { kind: 'space', id: 'b', reverb: 0 } });
    const { layout } = await layoutOf(builder);
    expect(layout.spaces[0]?.openings[0]?.position).toEqual([0, 5.25, 0]);
  });

  it('sorts numbers in ids by value', async () => {
    const builder = floor(new SceneBuilder());
    for (const id of ['B2', 'A10', 'A9', 'a9']) builder.node(id, { venue: { kind: 'place', id } });
    expect((await layoutOf(builder)).layout.places.map(({ id }) => id)).toEqual(['a9', 'A9', 'A10', 'B2']);
  });

  it('makes a polygon of at most 64 corners of a round space', async () => {
    const builder = floor(new SceneBuilder());
    const round = builder.box('round', [0, 1], [0, 3], [0, 1]);
    const positions = round.listPrimitives()[0]?.getAttribute('POSITION');
    const ring = Array.from({ length: 400 }, (_, index) => [Math.cos((index / 200) * Math.PI), index % 2 ? 3 : 0, Math.sin((index / 200) * Math.PI)]).flat();
    positions?.setArray(new Float32Array(ring));
    round.listPrimitives()[0]?.setIndices(null).setAttribute('NORMAL', null).setAttribute('TEXCOORD_0', null).setAttribute('TEXCOORD_1', null);
    builder.node('round', { mesh: round, venue: { kind: 'space', id: 'round', reverb: 0 } });
    expect((await layoutOf(builder)).layout.spaces[0]?.outline).toHaveLength(64);
  });

  it('lets people arrive at the origin if no spawn point is marked, and says so', async () => {
    const builder = new SceneBuilder();
    builder.node('floor', { mesh: builder.box('floor', [-5, 5], [-0.1, 0], [-5, 5]), venue: { kind: 'walkable' } });
    const { layout, told } = await layoutOf(builder);
    expect(layout.spawnPoints).toEqual([{ id: 'origin', position: [0, 0, 0], yaw: 0 }]);
    expect(told).toEqual([
      'no-spawn: the scene: it has no spawn point, so people arrive near the origin. Place an empty where people arrive and mark it with extras.venue {"kind":"spawn","id":"entrance"}.',
      NO_SPACE,
    ]);
  });

  it('says which mark is too far away', async () => {
    const builder = floor(new SceneBuilder());
    builder.node('tower', { at: [0, 45, 0], venue: { kind: 'place', id: 'tower' } });
    expect((await layoutOf(builder)).told).toEqual([
      NO_SPACE,
      'bad-layout: node "tower": its position.1 is out of bounds: Too big: expected number to be <=30. A scene reaches at most 320 m from the origin, and from 10 m below to 30 m above it.',
    ]);
  });

  it('says which space has no volume', async () => {
    const builder = floor(new SceneBuilder());
    builder.node('sheet', { mesh: builder.box('sheet', [0, 4], [0, 0.1], [0, 4]), venue: { kind: 'space', id: 'sheet', reverb: 0 } });
    expect((await layoutOf(builder)).told).toEqual(['flat-space: node "sheet": the space has no volume. Use a closed body, such as a box, that encloses the room from floor to ceiling.']);
  });

  it('stops at marks that are wrong by themselves', async () => {
    const builder = floor(new SceneBuilder());
    builder.node('thing', { venue: { kind: 'thing' } });
    await expect(layoutOf(builder)).rejects.toBeInstanceOf(SceneError);
  });
});

it('layoutText gives a line an item and reads back as it was', async () => {
  const { layout } = await layoutOf(await goodScene());
  const text = layoutText(layout);
  expect(JSON.parse(text)).toEqual(layout);
  expect(text.split('\n').filter((line) => line.includes('"A'))).toHaveLength(3);
});
