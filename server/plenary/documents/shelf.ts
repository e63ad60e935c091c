/** The folder of documents, each named by the SHA-256 of its content, so that one never changes under its address. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCUMENT_MAX_BYTES } from '../../../shared/protocol/plenary/vocabulary.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { RESERVE_BYTES, freeIn, isDiskFull, unstalled } from '../../publication/receiving.ts';
import { kindOf } from './kind.ts';

const FILE = /^[0-9a-f]{64}\.(?:pdf|docx)$/;
const ADDRESS = '/documents/';
/** Uploads in work at a time. */
const MOST_AT_ONCE = 4;
/** What no item names is kept so long: somebody may be filling in a form. */
const WAITS_MS = 24 * 3_600_000;

export interface DocumentUpload {
  /** As announced by the sender, or null. */
  readonly bytes: number | null;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Whether it is the name of a document: what else is asked for is no path of ours. */
export function isDocumentFile(name: string): boolean {
  return FILE.test(name);
}

export const documentAddress = (file: string): string => `${ADDRESS}${file}`;

export class DocumentShelf {
  readonly folder: string;
  private readonly freeBytes: () => Promise<number>;
  private readonly stopping = new AbortController();
  private receiving = 0;

  constructor(folder: string, freeBytes: () => Promise<number> = () => freeIn(folder)) {
    this.folder = folder;
    this.freeBytes = freeBytes;
  }

  /** Makes the folder, and removes what a crash left in the middle, and what no item has named for a day. @param used addresses that are named */
  async open(used: ReadonlySet<string>, now = Date.now()): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const waits = FILE.test(name) && (used.has(documentAddress(name)) || now - (await stat(path)).mtimeMs < WAITS_MS);
      if (!waits) await rm(path, { recursive: true, force: true });
    }
  }

  /**
   * Receives a document. Resolves with its address when it is on the disk.
   * Rejects with `ReasonedError` DOCUMENT_TOO_LARGE, DOCUMENT_KIND, DOCUMENT_DAMAGED, UPLOAD_BUSY, UPLOAD_STALLED, DISK_FULL, SERVER_STOPPING, or the error of `content`; nothing is left of it then.
   */
  async take({ bytes, content }: DocumentUpload): Promise<string> {
    if (bytes !== null && bytes > DOCUMENT_MAX_BYTES) throw new ReasonedError('DOCUMENT_TOO_LARGE');
    if (this.receiving >= MOST_AT_ONCE) throw new ReasonedError('UPLOAD_BUSY');
    const path = join(this.folder, `receiving-${randomBytes(12).toString('hex')}`);
    this.receiving += 1;
    try {
      if (await this.freeBytes() < RESERVE_BYTES + (bytes ?? DOCUMENT_MAX_BYTES)) throw new ReasonedError('DISK_FULL');
      const hash = await this.save(path, content);
      const file = `${hash}.${await kindOf(path)}`;
      // The same content once more takes the place of itself.
      await rename(path, join(this.folder, file));
      return documentAddress(file);
    } catch (error) {
      await rm(path, { force: true });
      throw isDiskFull(error) ? new ReasonedError('DISK_FULL', undefined, { cause: error }) : error;
    } finally {
      this.receiving -= 1;
    }
  }

  /** Gives up what is being received. */
  stop(): void {
    this.stopping.abort(new ReasonedError('SERVER_STOPPING'));
  }

  /** @returns the hash of the content, hexadecimal */
  private async save(path: string, content: AsyncIterable<Uint8Array>): Promise<string> {
    const file = await open(path, 'wx', 0o600);
    const hash = createHash('sha256');
    let received = 0;
    try {
      for await (const chunk of unstalled(content, this.stopping.signal)) {
        received += chunk.byteLength;
        if (received > DOCUMENT_MAX_BYTES) throw new ReasonedError('DOCUMENT_TOO_LARGE');
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return hash.digest('hex');
  }
}
