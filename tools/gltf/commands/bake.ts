import { bake } from '../bake/bake.ts';
import type { BakeReport } from '../bake/bake.ts';
import { BAKED_FILE, EXPORT_FILE } from '../bake/baked-file.ts';
import { LIGHT_DEFAULTS } from '../bake/light.ts';
import { LIGHT_MAP_DEFAULTS } from '../bake/lightmaps.ts';
import { grouped, table } from '../table.ts';
import { UsageError, wholeNumber } from './command.ts';
import type { Command, OptionValues } from './command.ts';

export const bakeCommand: Command = {
  name: 'bake',
  summary: `light and shade into ${BAKED_FILE}, and a map of where people can walk`,
  options: {
    input: { type: 'string' }, rays: { type: 'string' }, distance: { type: 'string' }, 'no-lights': { type: 'boolean' },
    lightmaps: { type: 'boolean' }, size: { type: 'string' }, samples: { type: 'string' },
  },
  help: [
    ['--input FILE', `the export, from FOLDER (default ${EXPORT_FILE})`],
    ['--rays N', `rays a point, 8 to 1024 (default ${LIGHT_DEFAULTS.rays})`],
    ['--distance M', `how far shade reaches, metres (default ${LIGHT_DEFAULTS.distance})`],
    ['--no-lights', 'ambient shade alone, without the lights of the scene'],
    ['--lightmaps', 'light maps by Blender, where it is installed: slower, and much finer'],
    ['--size N', `pixels of a light map across (default ${LIGHT_MAP_DEFAULTS.size})`],
    ['--samples N', `samples a pixel of a light map (default ${LIGHT_MAP_DEFAULTS.samples})`],
  ],
  async run(folder, values, progress) {
    const report = await bake(folder, {
      ...(typeof values['input'] === 'string' ? { input: values['input'] } : {}),
      rays: wholeNumber(values, 'rays', { fallback: LIGHT_DEFAULTS.rays, min: 8, max: 1024 }),
      distance: metres(values, 'distance', LIGHT_DEFAULTS.distance),
      lights: values['no-lights'] !== true,
      lightMaps: values['lightmaps'] === true ? {
        size: wholeNumber(values, 'size', { fallback: LIGHT_MAP_DEFAULTS.size, min: 64, max: 4096 }),
        samples: wholeNumber(values, 'samples', { fallback: LIGHT_MAP_DEFAULTS.samples, min: 1, max: 4096 }),
      } : undefined,
      progress,
    });
    const { walkable, light, lightMaps, ambient, seconds, written } = report;
    return { findings: report.findings.list, text: describe(report), facts: { walkable, light, lightMaps, ambient, seconds, written } };
  },
};

function metres(values: OptionValues, option: string, fallback: number): number {
  const text = values[option];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!(value >= 0.1 && value <= 100)) throw new UsageError(`--${option} wants metres from 0.1 to 100, not "${String(text)}".`);
  return value;
}

function describe({ walkable, light, lightMaps, seconds, written }: BakeReport): string {
  const rows: string[][] = [['floor that people reach', `${walkable.area.toFixed(0)} m2`]];
  if (walkable.unreachable > 0.05) rows.push(['floor that nobody reaches', `${walkable.unreachable.toFixed(1)} m2, near x ${walkable.near?.[0].toFixed(1)}, z ${walkable.near?.[1].toFixed(1)}`]);
  if (light) {
    rows.push(['meshes lit by vertex colours', grouped(light.primitives)], ['vertices', grouped(light.vertices)], ['lights', String(light.lights)]);
    rows.push(['mean share of the ambient light', `${Math.round(light.openness * 100)} %`]);
    if (light.lights > 0) rows.push(['light in the shade', `${Math.round(light.shade * 100)} % of the environment's`]);
    if (light.skipped.lightMap > 0) rows.push(['meshes lit by light maps', grouped(light.skipped.lightMap)]);
    rows.push(['time', `${seconds.toFixed(1)} s`]);
  }
  for (const { file, seconds: took, size } of lightMaps?.maps ?? []) rows.push([file, `${size} x ${size}, ${took.toFixed(0)} s`]);
  return `${table(rows)}\n\n${written.join('\n')}`;
}
