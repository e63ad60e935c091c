/** What all that receives files shares: a sender that falls silent, and a disk that fills. */
import { statfs } from 'node:fs/promises';
import { ReasonedError } from '../../shared/protocol/reasons.ts';

/** An upload from which nothing comes for so long is given up. */
const STALLED_MS = 60_000;

/** Left free on the disk, whatever is uploaded: the database lies there too. */
export const RESERVE_BYTES = 256 * 1024 * 1024;

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** Bytes free for us where `folder` lies. */
export async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Passes chunks on; throws ReasonedError UPLOAD_STALLED if none comes for a while, or the reason of `signal` once it says so. */
export async function* unstalled(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  let give = (): void => undefined;
  const over = new Promise<never>((_resolve, reject) => {
    give = () => reject(signal.aborted ? signal.reason as Error : new ReasonedError('UPLOAD_STALLED'));
  });
  over.catch(() => undefined);
  signal.addEventListener('abort', give);
  try {
    signal.throwIfAborted();
    for (;;) {
      timer = setTimeout(give, STALLED_MS);
      const next = await Promise.race([chunks.next(), over]);
      clearTimeout(timer);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', give);
    await chunks.return?.();
  }
}
