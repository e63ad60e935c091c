/** The folder of recordings: `<session>/<start>/<channel>.ogg`, `start` in milliseconds since the epoch. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingSummary } from '../../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { RESERVE_BYTES, freeIn } from '../../publication/receiving.ts';

const SESSION = /^[a-z0-9]{8,32}$/;
const START = /^\d{12,15}$/;
/** A channel, and which part: another one begins when the relay or the server began anew. */
const FILE = /^(?:floor|en|fr|es|ru|zh|ar)-\d{1,4}\.ogg$/;

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

export class RecordingShelf {
  private readonly folder: string;
  private readonly freeBytes: () => Promise<number>;

  constructor(folder: string, freeBytes: () => Promise<number> = () => freeIn(folder)) {
    this.folder = folder;
    this.freeBytes = freeBytes;
  }

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  /** Whether the disk has room for more: the database lies there too. */
  async hasRoom(): Promise<boolean> {
    return await this.freeBytes() >= RESERVE_BYTES;
  }

  /** Makes the folder of a recording. @returns the number of the part that is to be written now, and where its files go */
  async place(session: string, start: number): Promise<{ readonly part: number; fileOf(channel: string): string }> {
    const folder = join(this.folder, session, String(start));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const parts = (await readdir(folder)).map((name) => Number(/-(\d+)\.ogg$/.exec(name)?.[1] ?? 0));
    const part = Math.max(0, ...parts) + 1;
    return { part, fileOf: (channel) => join(folder, `${channel}-${part}.ogg`) };
  }

  /** The latest first. @param running the start of the one that is being written, or null */
  async list(session: string, running: number | null): Promise<readonly RecordingSummary[]> {
    if (!SESSION.test(session)) return [];
    const starts = (await namesIn(join(this.folder, session))).filter((name) => START.test(name)).map(Number).sort((a, b) => b - a);
    return Promise.all(starts.map(async (start) => {
      const folder = join(this.folder, session, String(start));
      const names = (await namesIn(folder)).filter((name) => FILE.test(name)).sort();
      const files = await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })));
      return { start, running: start === running, files };
    }));
  }

  /** @throws ReasonedError RECORDING_UNKNOWN */
  pathOf(session: string, start: string, file: string): string {
    if (!SESSION.test(session) || !START.test(start) || !FILE.test(file)) throw new ReasonedError('RECORDING_UNKNOWN');
    return join(this.folder, session, start, file);
  }

  /** Removes a recording for good. Rejects with a `ReasonedError` RECORDING_UNKNOWN or RECORDING_RUNNING. */
  async remove(session: string, start: string, running: number | null): Promise<void> {
    if (!SESSION.test(session) || !START.test(start)) throw new ReasonedError('RECORDING_UNKNOWN');
    if (Number(start) === running) throw new ReasonedError('RECORDING_RUNNING');
    if (!(await namesIn(join(this.folder, session))).includes(start)) throw new ReasonedError('RECORDING_UNKNOWN');
    await rm(join(this.folder, session, start), { recursive: true, force: true });
  }
}
