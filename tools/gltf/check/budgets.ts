/** What a scene costs against what it may cost, with the worst offenders by name. */
import type { Venue } from '../../../shared/scene/layout.ts';
import type { Findings } from '../findings.ts';
import { sum } from '../measure.ts';
import type { ModelCost, TextureCost } from '../measure.ts';
import { grouped, size, table } from '../table.ts';

/** What every scene may cost, so that a phone and a standalone headset can hold it. */
export const STANDARD_BUDGETS: Venue['budgets'] = { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 };
const MEGABYTE = 1_000_000;
const OFFENDERS = 5;

export interface SceneCost {
  model: ModelCost;
  /** Textures beside the model: light maps and the environment. */
  loose: TextureCost[];
  /** Files that are fetched with the scene, and their sizes as stored, bytes. */
  files: { name: string; bytes: number }[];
  /** Files that are fetched when somebody asks for them, such as recordings and films. */
  media: { name: string; bytes: number }[];
}

/** The four figures of a scene. */
export interface Totals {
  drawCalls: number;
  triangles: number;
  textureBytes: number;
  wireBytes: number;
}

export function totals({ model, loose, files }: SceneCost): Totals {
  return { drawCalls: model.drawCalls, triangles: model.triangles, textureBytes: model.textureBytes + sum(loose, ({ bytes }) => bytes), wireBytes: sum(files, ({ bytes }) => bytes) };
}

interface Line {
  label: string;
  key: keyof Venue['budgets'];
  used: number;
  limit: number;
  show: (value: number) => string;
  offenders: { name: string; value: number }[];
  advice: string;
}

function lines(cost: SceneCost, budgets: Venue['budgets']): Line[] {
  const { drawCalls, triangles, textureBytes, wireBytes } = totals(cost);
  const { nodes, textures } = cost.model;
  return [
    { label: 'draw calls', key: 'drawCalls', used: drawCalls, limit: budgets.drawCalls, show: grouped, offenders: nodes.map((node) => ({ name: node.name, value: node.drawCalls })), advice: 'Join meshes that share a material, and let repeated objects share one mesh.' },
    { label: 'triangles', key: 'triangles', used: triangles, limit: budgets.triangles, show: grouped, offenders: nodes.map((node) => ({ name: node.name, value: node.triangles })), advice: 'Simplify the largest.' },
    { label: 'texture memory', key: 'textureMegabytes', used: textureBytes, limit: budgets.textureMegabytes * MEGABYTE, show: size, offenders: [...textures, ...cost.loose].map(({ name, bytes }) => ({ name, value: bytes })), advice: 'Use smaller textures, or pack with --max-texture.' },
    { label: 'wire size', key: 'wireMegabytes', used: wireBytes, limit: budgets.wireMegabytes * MEGABYTE, show: size, offenders: cost.files.map(({ name, bytes }) => ({ name, value: bytes })), advice: 'Make the largest file smaller.' },
  ];
}

/** Reports each budget that is exceeded, and each that the author set above the standard. */
export function checkBudgets(cost: SceneCost, budgets: Venue['budgets'], findings: Findings): void {
  for (const { label, key, used, limit, show, offenders, advice } of lines(cost, budgets)) {
    if (used > limit) {
      const worst = offenders.toSorted((a, b) => b.value - a.value).slice(0, OFFENDERS).map(({ name, value }) => `${name} ${show(value)}`);
      findings.error({ code: 'over-budget', where: label, message: `${show(used)}, the budget is ${show(limit)}; most: ${worst.join(', ')}.`, fix: advice });
    }
    if (budgets[key] > STANDARD_BUDGETS[key]) {
      findings.warn({ code: 'large-budget', where: `venue.json at budgets.${key}`, message: `${budgets[key]} is more than the venue's standard of ${STANDARD_BUDGETS[key]}.`, fix: 'Phones and standalone headsets may not hold the scene: lower it if you can.' });
    }
  }
}

/** The budget table for people. */
export function budgetTable(cost: SceneCost, budgets: Venue['budgets']): string {
  const media = sum(cost.media, ({ bytes }) => bytes);
  const rows = lines(cost, budgets).map(({ label, used, limit, show }) => [label, show(used), show(limit), `${Math.round((used / limit) * 100)}%`]);
  return table([['', 'used', 'budget', ''], ...rows, ...(media > 0 ? [['media on demand', size(media), '-', '']] : [])]);
}
