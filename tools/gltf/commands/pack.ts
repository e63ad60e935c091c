import { writePackage } from '../package.ts';
import type { PackageReport } from '../package.ts';
import { BAKED_FILE, chooseSource } from '../bake/baked-file.ts';
import { PACK_DEFAULTS, SOURCE_FILE, pack } from '../pack.ts';
import type { ModelSummary, PackReport } from '../pack.ts';
import { grouped, size, table } from '../table.ts';
import { ratio, wholeNumber, words } from './command.ts';
import type { Command } from './command.ts';

const MANY = 100_000_000;

export const packCommand: Command = {
  name: 'pack',
  summary: 'make scene.glb, layout.json and navmesh.bin of a raw export',
  options: { input: { type: 'string' }, 'max-texture': { type: 'string' }, quality: { type: 'string' }, simplify: { type: 'string' }, triangles: { type: 'string' }, package: { type: 'string' } },
  help: [
    ['--input FILE', `the export, from FOLDER (default ${SOURCE_FILE}, or ${BAKED_FILE} if it was baked of that)`],
    ['--max-texture N', `longest side of a texture, pixels (default ${PACK_DEFAULTS.maxTexture})`],
    ['--quality N', `WebP quality, 1 to 100 (default ${PACK_DEFAULTS.quality})`],
    ['--simplify RATIO', 'keep about this part of the triangles, above 0 to 1'],
    ['--triangles N', 'simplify until the scene has about N triangles'],
    ['--package FILE.zip', 'also write the package that is uploaded to the venue'],
  ],
  async run(folder, values, progress) {
    const named = words(values, 'input');
    const { input, stale } = named === undefined ? await chooseSource(folder) : { input: named, stale: false };
    const report = await pack(folder, {
      input,
      maxTexture: wholeNumber(values, 'max-texture', { fallback: PACK_DEFAULTS.maxTexture, min: 1, max: 8192 }),
      quality: wholeNumber(values, 'quality', { fallback: PACK_DEFAULTS.quality, min: 1, max: 100 }),
      ratio: ratio(values, 'simplify', PACK_DEFAULTS.ratio),
      triangles: wholeNumber(values, 'triangles', { fallback: PACK_DEFAULTS.triangles, min: 1, max: MANY }),
      progress,
    });
    if (stale) report.findings.notice({ code: 'bake-again', where: BAKED_FILE, message: 'the export was saved after it, so it was not used.', fix: 'Run "npm run scene -- bake" on the folder, and pack again.' });
    const target = words(values, 'package');
    if (target !== undefined) progress(`writing ${target}`);
    const packaged = target === undefined ? undefined : await writePackage(folder, target);
    const { before, after, written, findings } = report;
    return { findings: findings.list, text: describe(report, packaged), facts: { before, after, written, ...(packaged ? { package: packaged } : {}) } };
  },
};

const ROWS: readonly { label: string; value: (model: ModelSummary) => number; show: (value: number) => string }[] = [
  { label: 'file', value: ({ bytes }) => bytes, show: size },
  { label: 'nodes', value: ({ nodes }) => nodes, show: grouped },
  { label: 'meshes', value: ({ meshes }) => meshes, show: grouped },
  { label: 'draw calls', value: ({ drawCalls }) => drawCalls, show: grouped },
  { label: 'triangles', value: ({ triangles }) => triangles, show: grouped },
  { label: 'textures', value: ({ textures }) => textures, show: grouped },
  { label: 'texture memory', value: ({ textureBytes }) => textureBytes, show: size },
];

function describe({ before, after, written }: PackReport, packaged: PackageReport | undefined): string {
  const rows = ROWS.map(({ label, value, show }) => [label, show(value(before)), show(value(after)), times(value(before), value(after))]);
  const tables = [table([['', 'before', 'after', ''], ...rows]), table(Object.entries(written).map(([name, bytes]) => [name, size(bytes)]))];
  if (packaged) tables.push(table([...Object.entries(packaged.files).map(([name, bytes]) => [name, size(bytes)]), ['package', size(packaged.bytes)]]));
  return tables.join('\n\n');
}

/** `1/4.2`: how much smaller; empty if it is about the same. */
function times(before: number, after: number): string {
  return after > 0 && before / after >= 1.05 ? `1/${(before / after).toFixed(1)}` : '';
}
