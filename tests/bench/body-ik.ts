/**
 * `npm run bench:ik`: what inverse kinematics of 15 people in headsets costs a frame, without a browser. Last line: JSON
 * `{ikMsMedian, ikMsP99, clipsMsMedian, bytesAFrame}`. Exits with 1 beyond the budget.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import type { IkTimes } from './body-ik/measure.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Two folders deep, like the tests' own support: the shipped avatars are found from there. */
const OUTPUT = join(ROOT, 'test-results/bench-ik');
const FRAMES = 3000;
/** Bytes: no objects, but V8 boxes fractions on their way through calls that it does not inline, about 300 bytes a person. */
const BUDGET = { ikMsMedian: 1, bytesAFrame: 12_000 };

function percentile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

await build({
  configFile: false, root: ROOT, logLevel: 'warn', ssr: { noExternal: true },
  build: { ssr: join(import.meta.dirname, 'body-ik/measure.ts'), outDir: OUTPUT, emptyOutDir: true, rolldownOptions: { output: { entryFileNames: 'measure.mjs' } } },
});
const { measure } = await import(pathToFileURL(join(OUTPUT, 'measure.mjs')).href) as { measure: (frames: number, collect: () => void) => Promise<IkTimes> };
setFlagsFromString('--expose-gc');
const times = await measure(FRAMES, runInNewContext('gc') as () => void);
const result = {
  ikMsMedian: Number(percentile(times.bent, 0.5).toFixed(3)), ikMsP99: Number(percentile(times.bent, 0.99).toFixed(3)),
  clipsMsMedian: Number(percentile(times.clips, 0.5).toFixed(3)), bytesAFrame: Math.round(times.bytesAFrame),
};
console.log(JSON.stringify(result));
process.exit(result.ikMsMedian <= BUDGET.ikMsMedian && result.bytesAFrame <= BUDGET.bytesAFrame ? 0 : 1);
