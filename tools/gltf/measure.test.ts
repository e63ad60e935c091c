import sharp from 'sharp';
import { expect, it } from 'vitest';
import { environmentCost, imageCost, measureModel } from './measure.ts';
import { instanceRepeats } from './operations/instance-repeats.ts';
import { SceneBuilder, goodScene } from './testing.ts';

it('counts a draw a primitive, and the triangles of every instance', async () => {
  const builder = new SceneBuilder();
  const chair = builder.box('chair', [0, 1], [0, 1], [0, 1]);
  for (let index = 0; index < 10; index++) builder.node(`chair-${index}`, { mesh: chair, at: [index, 0, 0] });
  const table = builder.box('table', [0, 2], [0, 1], [0, 1]);
  const second = table.listPrimitives()[0]?.clone();
  if (second) table.addPrimitive(second);
  builder.node('table', { mesh: table });
  expect(measureModel(builder.document)).toMatchObject({ drawCalls: 12, triangles: 12 * 12 });
  await builder.document.transform(instanceRepeats());
  expect(measureModel(builder.document)).toMatchObject({ drawCalls: 3, triangles: 12 * 12 });
  expect(measureModel(builder.document).nodes.toSorted((a, b) => b.triangles - a.triangles)[0]).toEqual({ name: 'chair', drawCalls: 1, triangles: 120 });
});

it('counts graphics memory with mipmaps', async () => {
  const { document } = await goodScene();
  // 64 x 32 x 4 bytes, and a third more for the levels below it.
  expect(measureModel(document).textures).toEqual([{ name: 'wood', size: '64 x 32', bytes: 10_924 }]);
  const webp = await sharp({ create: { width: 1024, height: 1024, channels: 3, background: 'red' } }).webp().toBuffer();
  expect(imageCost(new Uint8Array(webp))).toEqual({ size: '1024 x 1024', bytes: 5_592_404 });
});

it('counts a prefiltered environment as a cube of half floats', () => {
  const magic = [0x86, 0x16, 0x87, 0x96, 0xf6, 0xd6, 0x96, 0x36];
  const file = new Uint8Array([...magic, ...new TextEncoder().encode('{"version":2,"width":128}'), 0, 1, 2, 3]);
  expect(environmentCost(file)).toEqual({ size: '6 x 128 x 128', bytes: 1_048_576 });
  expect(environmentCost(new Uint8Array([1, 2, 3]))).toBeUndefined();
});
