import { describe, expect, it } from 'vitest';
import { Findings } from '../findings.ts';
import type { ReadScene } from '../io.ts';
import { SceneBuilder, asRead, told } from '../testing.ts';
import { readMarks } from './marks.ts';
import type { Marks } from './marks.ts';

/** A scene of one node with these extensions, as a file that some other tool wrote. */
async function sceneWith(extensions: Record<string, unknown>, venue?: unknown): Promise<ReadScene> {
  const builder = new SceneBuilder();
  builder.node('Simple Chair', { at: [2, 0.25, 0], turn: Math.PI / 2, ...(venue === undefined ? {} : { venue }) });
  const scene = await asRead(builder);
  const [node] = scene.json.nodes ?? [];
  if (node) node.extensions = extensions;
  return scene;
}

async function read(extensions: Record<string, unknown>, venue?: unknown): Promise<{ marks: Marks; told: string[] }> {
  const findings = new Findings();
  const marks = readMarks(await sceneWith(extensions, venue), findings);
  return { marks, told: told(findings.list) };
}

describe('OMI extensions', () => {
  it('OMI_spawn_point becomes a spawn mark named after its node', async () => {
    const { marks, told } = await read({ OMI_spawn_point: { title: 'Hill East' } });
    expect(told).toEqual([]);
    expect(marks.spawn.map(({ data, position }) => ({ ...data, position }))).toEqual([{ kind: 'spawn', id: 'Simple-Chair', position: [2, 0.25, 0] }]);
  });

  it('OMI_seat becomes a seat mark: floor under the hips, facing from back to knee', async () => {
    // The example of the extension's specification.
    const { marks, told } = await read({ OMI_seat: { back: [0, 0.33, -0.24], foot: [0, -0.25, 0.3], knee: [0, 0.33, 0.3] } });
    expect(told).toEqual([]);
    const [seat] = marks.seat;
    expect(seat?.data).toMatchObject({ kind: 'seat', id: 'Simple-Chair' });
    expect(seat?.data.height).toBeCloseTo(0.58, 6);
    // Turned a quarter, the chair's +Z is the world's +X; the hips are 12 cm before the back.
    expect(seat?.position[0]).toBeCloseTo(2 - 0.24 + 0.12, 6);
    expect(seat?.position[1]).toBeCloseTo(0, 6);
    expect(seat?.yaw).toBeCloseTo(Math.PI / 2, 6);
  });

  it('a mark of ours wins', async () => {
    const { marks } = await read({ OMI_spawn_point: {} }, { kind: 'place', id: 'bar' });
    expect([marks.spawn.length, marks.place.length]).toEqual([0, 1]);
  });

  it('says what is wrong with a seat', async () => {
    expect((await read({ OMI_seat: { back: [0, 0.33, -0.24] } })).told).toEqual([
      'bad-omi-seat: node "Simple Chair": its OMI_seat lacks back, foot or knee as three numbers each. Give all three, in metres, in the space of the node.',
    ]);
    expect((await read({ OMI_seat: { back: [0, 3, 0], foot: [0, 0, 1], knee: [0, 3, 1] } })).told).toEqual([
      'bad-omi-seat: node "Simple Chair": its OMI_seat puts the seat 3.00 m above the feet. Between 0.2 and 1.2 m can be sat on: check back and foot.',
    ]);
  });
});
