/** Compresses built files once, so that the server never does while people are in it. */
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Worth compressing. Pictures, fonts and sound are compressed already; `.glb` with meshopt is made to be compressed once more. */
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm', '.bin', '.glb', '.env', '.txt', '.webmanifest', '.map']);
/** Smaller files fit one packet anyway. */
const MIN_BYTES = 1024;
/** A form that saves less than this is not worth its decompression. */
const MIN_SAVING = 0.05;
/** Files compressed at a time: each takes a thread of libuv's pool. */
const PARALLEL = 4;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

async function writeIfSmaller(path: string, original: number, compressed: Buffer): Promise<number> {
  if (compressed.byteLength > original * (1 - MIN_SAVING)) return original;
  await writeFile(path, compressed);
  return compressed.byteLength;
}

async function compressFile(path: string): Promise<{ original: number; brotli: number } | null> {
  const bytes = await readFile(path);
  if (bytes.byteLength < MIN_BYTES) return null;
  const best = await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength } });
  const small = await writeIfSmaller(`${path}.br`, bytes.byteLength, best);
  await writeIfSmaller(`${path}.gz`, bytes.byteLength, await gzipped(bytes, { level: constants.Z_BEST_COMPRESSION }));
  return { original: bytes.byteLength, brotli: small };
}

export interface Compressed {
  readonly files: number;
  /** Bytes. */
  readonly original: number;
  readonly brotli: number;
}

/** Writes `.br` and `.gz` forms beside every compressible file of a folder, where they are smaller. */
export async function compressFolder(folder: string): Promise<Compressed> {
  const queue = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => COMPRESSIBLE.has(extname(name)));
  const total = { files: 0, original: 0, brotli: 0 };
  const work = async (): Promise<void> => {
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const done = await compressFile(join(folder, name));
      if (done === null) continue;
      total.files += 1;
      total.original += done.original;
      total.brotli += done.brotli;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return total;
}
