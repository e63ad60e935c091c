/** Shades jobs on all processors. The result does not depend on how many there are. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { RESULT, SAMPLE, Shader } from './shade.ts';
import type { ShadeJob, Surroundings } from './shade.ts';

/** Samples that a thread takes at a time. */
const CHUNK = 4096;
/** Fewer samples than this are not worth starting threads for. */
const WORTH_THREADS = 20_000;

interface Chunk {
  job: number;
  from: number;
  to: number;
}

/** What a thread is told: one chunk, or nothing more to come. */
export type ShadeOrder = Chunk | null;
/** What a thread answers. */
export interface ShadeAnswer extends Chunk {
  results: Float32Array;
}
export interface ShadeThreadData {
  surroundings: Surroundings;
  jobs: readonly ShadeJob[];
}

/**
 * Shades all samples of all jobs.
 * @param progress is told the share that is done, 0 to 1
 * @returns {@link RESULT} floats a sample, by job
 * @throws whatever stopped a thread
 */
export async function shadeAll(surroundings: Surroundings, jobs: readonly ShadeJob[], progress: (share: number) => void): Promise<Float32Array[]> {
  const results = jobs.map(({ samples }) => new Float32Array((samples.length / SAMPLE) * RESULT));
  const chunks = jobs.flatMap(({ samples }, job) => {
    const count = samples.length / SAMPLE;
    return Array.from({ length: Math.ceil(count / CHUNK) }, (_, index): Chunk => ({ job, from: index * CHUNK, to: Math.min(count, (index + 1) * CHUNK) }));
  });
  const total = chunks.reduce((sum, { from, to }) => sum + to - from, 0);
  let done = 0;
  const take = ({ job, from, to, results: part }: ShadeAnswer): void => {
    results[job]?.set(part, from * RESULT);
    done += to - from;
    progress(done / total);
  };
  const threads = total < WORTH_THREADS ? 1 : Math.min(availableParallelism(), 16);
  if (threads > 1) await Promise.all(Array.from({ length: threads }, () => runThread({ surroundings, jobs }, chunks, take)));
  else {
    const shader = new Shader(surroundings);
    for (const chunk of chunks) {
      const job = jobs[chunk.job];
      if (job) take({ ...chunk, results: shader.shade(job, chunk.from, chunk.to) });
    }
  }
  return results;
}

/** One thread, fed chunk by chunk until there are none. */
async function runThread(data: ShadeThreadData, chunks: Chunk[], take: (answer: ShadeAnswer) => void): Promise<void> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: data });
  try {
    await new Promise<void>((resolve, reject) => {
      const next = (): void => {
        const chunk = chunks.shift();
        worker.postMessage(chunk ?? null);
        if (!chunk) resolve();
      };
      worker.on('error', reject);
      worker.on('message', (answer: ShadeAnswer) => {
        take(answer);
        next();
      });
      next();
    });
  } finally {
    await worker.terminate();
  }
}
