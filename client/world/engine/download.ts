import { WorldError } from '../errors.ts';

/** Adds up what several downloads have received, for one progress bar. */
export class Progress {
  private readonly report: (fraction: number) => void;
  private readonly parts = new Map<string, { received: number; total: number }>();
  private best = 0;

  constructor(report: (fraction: number) => void) {
    this.report = report;
  }

  /** `total` may be a guess; bytes received beyond it are not counted. */
  set(part: string, received: number, total: number): void {
    this.parts.set(part, { received, total });
    let sum = 0;
    let all = 0;
    for (const entry of this.parts.values()) {
      sum += Math.min(entry.received, entry.total);
      all += entry.total;
    }
    // A part that is added later must not make the bar go backwards.
    this.best = Math.max(this.best, all === 0 ? 0 : sum / all);
    this.report(this.best);
  }
}

/** Bytes assumed of a file whose length the server does not say (it is compressed on the way). */
const GUESS = 2_000_000;

/**
 * Fetches one file of ours whole, telling `progress` as it comes in.
 * @throws WorldError `download` with the cause, if the server does not answer or refuses.
 */
export async function download(url: string, progress: Progress, signal: AbortSignal): Promise<Uint8Array> {
  progress.set(url, 0, GUESS);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const length = Number(response.headers.get('content-length'));
    const total = length > 0 && response.headers.get('content-encoding') === null ? length : GUESS;
    const chunks: Uint8Array[] = [];
    let received = 0;
    for await (const chunk of chunksOf(response.body)) {
      chunks.push(chunk);
      received += chunk.byteLength;
      progress.set(url, received, total);
    }
    progress.set(url, total, total);
    return join(chunks, received);
  } catch (cause) {
    throw new WorldError('download', `Could not load ${url}`, { cause });
  }
}

/** Safari has no asynchronous iteration over streams. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
