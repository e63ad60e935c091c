/** Unpacks a scene package into a folder. Nothing that the archive says of itself is believed: sizes and checksums are those that really come out. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import type { ZipFile } from 'yauzl';
import type { PackageLimits } from '../limits.ts';
import { readEntries } from './entries.ts';
import type { PackageFile } from './entries.ts';
import { PackageError } from './fault.ts';
import { SIGNATURE_BYTES, fitsKind } from './kinds.ts';

export interface UnpackOptions {
  readonly limits: PackageLimits;
  readonly signal: AbortSignal;
}

/** Whether an error comes from the file system, not from the archive. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Everything that inflating or yauzl throws is the archive's fault; the disk's faults and ours are not. */
function asPackageError(error: unknown, where: string): unknown {
  if (error instanceof PackageError || isSystemError(error)) return error;
  return new PackageError('ZIP_DAMAGED', where, { cause: error });
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Names are decoded and judged by us; eachEntry() must not close the file, which is read after it.
    return await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    throw isSystemError(error) ? error : new PackageError('NOT_A_ZIP', '', { cause: error });
  }
}

/** Writes what `chunks` bring, looking at the first bytes before they reach the disk. @returns size and CRC-32. */
async function write(file: FileHandle, name: string, chunks: AsyncIterable<Buffer>): Promise<{ size: number; crc: number }> {
  let head = Buffer.alloc(0);
  let judged = false;
  let size = 0;
  let crc = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    crc = crc32(chunk, crc);
    if (!judged) {
      head = Buffer.concat([head, chunk]);
      if (head.byteLength < SIGNATURE_BYTES) continue;
      judged = true;
      if (!fitsKind(name, head.subarray(0, SIGNATURE_BYTES))) throw new PackageError('CONTENT', name);
      await file.writeFile(head);
      continue;
    }
    await file.writeFile(chunk);
  }
  if (!judged) {
    if (!fitsKind(name, head)) throw new PackageError('CONTENT', name);
    await file.writeFile(head);
  }
  return { size, crc };
}

/** Ends a long file between two chunks once `signal` says so. */
async function* guarded(chunks: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}

async function unpackFile(zip: ZipFile, { name, entry }: PackageFile, folder: string, signal: AbortSignal): Promise<void> {
  // 'wx': a name that is there already, in whatever case, is never written through.
  const file = await open(join(folder, name), 'wx', 0o600);
  try {
    const stream = await zip.openReadStreamPromise(entry);
    // yauzl ends the stream with an error as soon as more comes out than was declared.
    const { size, crc } = await write(file, name, guarded(stream as AsyncIterable<Buffer>, signal));
    if (size !== entry.uncompressedSize || crc !== entry.crc32) throw new PackageError('ZIP_DAMAGED', name);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Unpacks `path` into the empty `folder`. @returns the names of the files. Rejects with a `PackageError`, with the file system's error (ENOSPC, say),
 * or with the reason of `signal`; what has been unpacked by then is the caller's to remove.
 */
export async function unpack(path: string, folder: string, { limits, signal }: UnpackOptions): Promise<readonly string[]> {
  const zip = await openZip(path);
  let where = '';
  try {
    const files = await readEntries(zip, limits);
    if (files.length === 0) throw new PackageError('NOT_A_ZIP');
    for (const file of files) {
      signal.throwIfAborted();
      where = file.name;
      await unpackFile(zip, file, folder, signal);
    }
    return files.map(({ name }) => name);
  } catch (error) {
    signal.throwIfAborted();
    throw asPackageError(error, where);
  } finally {
    zip.close();
  }
}
