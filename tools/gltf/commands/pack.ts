import { PACK_DEFAULTS, SOURCE_FILE, pack } from '../pack.ts';
import type { ModelSummary, PackReport } from '../pack.ts';
import { grouped, size, table } from '../table.ts';
import { wholeNumber } from './command.ts';
import type { Command } from './command.ts';

export const packCommand: Command = {
  name: 'pack',
  summary: 'make scene.glb, layout.json and navmesh.bin of a raw export',
  options: { input: { type: 'string' }, 'max-texture': { type: 'string' }, quality: { type: 'string' } },
  help: [
    ['--input FILE', `the raw export, from FOLDER (default ${SOURCE_FILE})`],
    ['--max-texture N', `longest side of a texture, pixels (default ${PACK_DEFAULTS.maxTexture})`],
    ['--quality N', `WebP quality, 1 to 100 (default ${PACK_DEFAULTS.quality})`],
  ],
  async run(folder, values, progress) {
    const report = await pack(folder, {
      input: typeof values['input'] === 'string' ? values['input'] : PACK_DEFAULTS.input,
      maxTexture: wholeNumber(values, 'max-texture', { fallback: PACK_DEFAULTS.maxTexture, min: 1, max: 8192 }),
      quality: wholeNumber(values, 'quality', { fallback: PACK_DEFAULTS.quality, min: 1, max: 100 }),
      progress,
    });
    const { before, after, written, findings } = report;
    return { findings: findings.list, text: describe(report), facts: { before, after, written } };
  },
};

const ROWS: readonly (readonly [string, (model: ModelSummary) => string])[] = [
  ['file', ({ bytes }) => size(bytes)],
  ['nodes', ({ nodes }) => grouped(nodes)],
  ['meshes', ({ meshes }) => grouped(meshes)],
  ['draw calls', ({ drawCalls }) => grouped(drawCalls)],
  ['triangles', ({ triangles }) => grouped(triangles)],
  ['textures', ({ textures }) => grouped(textures)],
  ['texture memory', ({ textureBytes }) => size(textureBytes)],
];

function describe({ before, after, written }: PackReport): string {
  const comparison = table([['', 'before', 'after'], ...ROWS.map(([label, value]) => [label, value(before), value(after)])]);
  const files = table(Object.entries(written).map(([name, bytes]) => [name, size(bytes)]));
  return `${comparison}\n\n${files}`;
}
