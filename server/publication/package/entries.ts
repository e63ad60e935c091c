/** Judges the list of files of a zip package before a byte of them is unpacked. */
import { extname } from 'node:path';
import { getFileNameLowLevel } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { PackageLimits } from '../limits.ts';
import { PackageError } from './fault.ts';
import { isKnownKind } from './kinds.ts';

/** A file of the package that may be unpacked. */
export interface PackageFile {
  readonly name: string;
  readonly entry: Entry;
}

/** What the browser, the server and every file system agree on, and no hidden file. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;
/** What the file managers of macOS and Windows add to an archive by themselves. It is never unpacked. */
const DROSS = /^(__MACOSX\/|(.*\/)?(\.DS_Store|Thumbs\.db|desktop\.ini)$)/;

/** Compression methods (APPNOTE.TXT 4.4.5): stored and DEFLATE. */
const METHODS: ReadonlySet<number> = new Set([0, 8]);
/** Upper half of the external attributes of an archive made on Unix: the file's mode. */
const MODE_SHIFT = 16;
const TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;
/** Bytes of the shortest local header (APPNOTE.TXT 4.3.7) before its name. */
const LOCAL_HEADER_BYTES = 30;

/** A text of an archive as it may be shown and logged: no control characters, no thousand of them. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '?').slice(0, 100);
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

function judgeName(name: string, seen: Set<string>): void {
  const shown = printable(name);
  if (/^[\\/]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)|\0/.test(name)) throw new PackageError('PATH', shown);
  if (/[\\/]/.test(name)) throw new PackageError('FOLDER', shown);
  const ending = extname(name).toLowerCase();
  if (ending === '.svg' || ending === '.svgz') throw new PackageError('SVG', shown);
  if (!NAME.test(name)) throw new PackageError('NAME', shown);
  if (!isKnownKind(name)) throw new PackageError('KIND', shown);
  // Case too: file systems of macOS and Windows hold one of the two.
  if (seen.has(name.toLowerCase())) throw new PackageError('DUPLICATE', shown);
  seen.add(name.toLowerCase());
}

function judgeEntry(name: string, entry: Entry, limits: PackageLimits): void {
  if (entry.isEncrypted()) throw new PackageError('ZIP_ENCRYPTED', name);
  if (!METHODS.has(entry.compressionMethod)) throw new PackageError('ZIP_METHOD', name);
  const type = (entry.externalFileAttributes >>> MODE_SHIFT) & TYPE_MASK;
  if (type !== 0 && type !== REGULAR_FILE) throw new PackageError('LINK', name);
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > (extname(name) === '.json' ? limits.jsonBytes : limits.unpackedBytes)) throw new PackageError('FILE_TOO_LARGE', name);
  if (size > limits.ratioFromBytes && size > packed * limits.ratio) throw new PackageError('RATIO', name);
}

/**
 * Reads the central directory, at most `limits.files` entries of it.
 * Rejects with a `PackageError` for the first thing that is wrong, or with yauzl's error for a damaged archive.
 */
export async function readEntries(zip: ZipFile, limits: PackageLimits): Promise<PackageFile[]> {
  if (zip.entryCount > limits.files) throw new PackageError('TOO_MANY_FILES');
  const files: PackageFile[] = [];
  const seen = new Set<string>();
  let unpacked = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    packed += entry.compressedSize + LOCAL_HEADER_BYTES;
    // Entries that share their bytes are how a small archive claims to hold a large one.
    if (packed > zip.fileSize) throw new PackageError('ZIP_OVERLAP');
    const name = nameOf(entry);
    if (DROSS.test(name)) continue;
    judgeName(name, seen);
    judgeEntry(name, entry, limits);
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.unpackedBytes) throw new PackageError('UNPACKED_TOO_LARGE');
    files.push({ name, entry });
  }
  return files;
}
