import { describe, expect, it } from 'vitest';
import { KHRLightsPunctual } from '@gltf-transform/extensions';
import type { Document, vec3 } from '@gltf-transform/core';
import { readMarks } from '../contract/marks.ts';
import { Findings } from '../findings.ts';
import { parseGlb, writeGlb } from '../io.ts';
import { SceneBuilder, asRead } from '../testing.ts';
import { bakeLight } from './light.ts';
import type { LightReport } from './light.ts';

/** Colours of a mesh after baking: one mean of red, green and blue a vertex, and how much it looks up. */
function colours(document: Document, mesh: string): { up: number; light: number }[] {
  const primitive = document.getRoot().listMeshes().find((each) => each.getName() === mesh)?.listPrimitives()[0];
  const [normals, values] = [primitive?.getAttribute('NORMAL'), primitive?.getAttribute('COLOR_0')];
  return Array.from({ length: values?.getCount() ?? 0 }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = values?.getElement(index, []) ?? [];
    return { up: normals?.getElement(index, [])[1] ?? 0, light: (red + green + blue) / 3 };
  });
}

/** Mean of the vertices that look up. */
function top(document: Document, mesh: string): number {
  return mean(colours(document, mesh).filter(({ up }) => up > 0.9));
}

function mean(list: readonly { light: number }[]): number {
  return list.reduce((sum, { light }) => sum + light, 0) / list.length;
}

async function baked(builder: SceneBuilder, ambient: vec3 = [1, 1, 1]): Promise<{ document: Document; report: LightReport }> {
  const scene = await asRead(builder);
  const report = await bakeLight(scene.document, readMarks(scene, new Findings()), { rays: 32, ambient });
  return { document: scene.document, report };
}

/** A large floor with its top at 0, and a small sheet on it out in the open. */
function floor(): SceneBuilder {
  const builder = new SceneBuilder();
  builder.node('floor', { mesh: builder.box('floor', [-10, 10], [-0.2, 0], [-10, 10]) });
  return builder;
}

function addSun(builder: SceneBuilder, lux: number): void {
  const extension = builder.document.createExtension(KHRLightsPunctual);
  const light = extension.createLight('sun').setType('directional').setIntensity(lux);
  // Straight down: a light shines along its -Z.
  builder.node('sun').setRotation([-Math.SQRT1_2, 0, 0, Math.SQRT1_2]).setExtension('KHR_lights_punctual', light);
}

describe('bakeLight', () => {
  it('leaves what is open to the sky as it is, and darkens what is under something', async () => {
    const builder = floor();
    builder.node('open', { mesh: builder.box('open', [5, 6], [0.001, 0.01], [5, 6]) });
    builder.node('under', { mesh: builder.box('under', [-6, -5], [0.001, 0.01], [-6, -5]) });
    builder.node('lid', { mesh: builder.box('lid', [-7, -4], [0.4, 0.5], [-7, -4]) });
    const { document } = await baked(builder);
    expect(top(document, 'open')).toBeGreaterThan(0.95);
    expect(top(document, 'under')).toBeLessThan(0.6);
  });

  it('does not darken a whole floor because its corners are dark', async () => {
    const builder = floor();
    for (const side of [-1, 1]) {
      const x = side > 0 ? [9.9, 10.1] as const : [-10.1, -9.9] as const;
      builder.node(`wall-${side}`, { mesh: builder.box(`wall-${side}`, x, [0, 3], [-10, 10]) });
    }
    const { document } = await baked(builder);
    // The vertices themselves stand in corners of 90 degrees, where half of the light is gone.
    expect(top(document, 'floor')).toBeGreaterThan(0.9);
  });

  it('is deterministic, adds no vertices and does nothing the second time', async () => {
    const build = (): SceneBuilder => {
      const builder = floor();
      builder.node('box', { mesh: builder.box('box', [-1, 1], [0, 1], [-1, 1]) });
      return builder;
    };
    const [first, second] = [await baked(build()), await baked(build())];
    const bytes = await writeGlb(first.document);
    expect(Buffer.compare(bytes, await writeGlb(second.document))).toBe(0);
    const again = await parseGlb(bytes, 'baked.glb');
    const before = colours(again.document, 'box');
    const report = await bakeLight(again.document, readMarks(again, new Findings()), { rays: 32 });
    expect(report).toMatchObject({ primitives: 0, skipped: { baked: 2 } });
    expect(colours(again.document, 'box')).toEqual(before);
    expect(before).toHaveLength(24);
  });

  it('leaves marked bodies, screens and light-mapped meshes alone', async () => {
    const builder = floor();
    builder.node('space', { mesh: builder.box('space', [-9, 9], [0, 3], [-9, 9]), venue: { kind: 'space', id: 'a', reverb: 0 } });
    builder.node('screen', { mesh: builder.box('screen', [0, 1], [1, 2], [-8, -7.9]), venue: { kind: 'screen', id: 'main' } });
    const { document, report } = await baked(builder);
    expect(report).toMatchObject({ primitives: 1, occluders: 24, skipped: { shown: 1 } });
    expect(colours(document, 'screen')).toEqual([]);
    // The body of the space casts no shadow.
    expect(top(document, 'floor')).toBeGreaterThan(0.95);
  });

  it('adds the sun as strong as it is, with shadows, and takes the light object away', async () => {
    const builder = floor();
    builder.node('lid', { mesh: builder.box('lid', [-3, 3], [2, 2.1], [-3, 3]) });
    builder.node('sunny', { mesh: builder.box('sunny', [6, 7], [0.001, 0.01], [6, 7]) });
    builder.node('shady', { mesh: builder.box('shady', [-0.5, 0.5], [0.001, 0.01], [-0.5, 0.5]) });
    // Half as bright as the environment, which makes white white.
    addSun(builder, (683 * Math.PI) / 2);
    const { document, report } = await baked(builder);
    expect(report.lights).toBe(1);
    expect(report.strength).toBeCloseTo(1, 1);
    expect(report.shade).toBeCloseTo(0.5, 1);
    expect(top(document, 'sunny')).toBeGreaterThan(0.95);
    expect(top(document, 'shady')).toBeLessThan(0.5);
    expect(document.getRoot().listExtensionsUsed()).toEqual([]);
  });

  it('says by how much the environment is too dark for a sun', async () => {
    const builder = floor();
    addSun(builder, 683 * Math.PI * 3);
    const { report } = await baked(builder);
    expect(report.strength).toBeCloseTo(0.25, 1);
    expect(report.brighter).toBeCloseTo(4, 0);
  });
});
