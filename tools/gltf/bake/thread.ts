/** Worker thread of `threads.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { Shader } from './shade.ts';
import type { ShadeAnswer, ShadeOrder, ShadeThreadData } from './threads.ts';

const { surroundings, jobs } = workerData as ShadeThreadData;
const shader = new Shader(surroundings);

parentPort?.on('message', (order: ShadeOrder) => {
  const job = order === null ? undefined : jobs[order.job];
  if (order === null || !job) return;
  const results = shader.shade(job, order.from, order.to);
  parentPort?.postMessage({ ...order, results } satisfies ShadeAnswer, [results.buffer]);
});
