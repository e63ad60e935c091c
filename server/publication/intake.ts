/**
 * From the first byte of an upload to its verdict: receive, unpack, check. What is in work is in memory and in one folder only, so that a crash leaves
 * nothing behind but that folder, which is removed at the next start.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { UploadReport, UploadState } from '../../shared/protocol/staff.ts';
import type { Log } from '../log.ts';
import type { PackageLimits } from './limits.ts';
import { PackageError } from './package/fault.ts';
import { unpack } from './package/unpack.ts';
import { RESERVE_BYTES, isDiskFull, unstalled } from './receiving.ts';
import type { Turns } from './turns.ts';

/** Uploads in work at a time: each may hold a package and its files on disk. */
const MOST_AT_ONCE = 4;
const FILE_NAME_LENGTH = 120;
const ID_BYTES = 12;
/** Where the files of a package go; no scene can have this id. */
const FILES = 'the_files';

export interface Job {
  readonly id: string;
  readonly person: string;
  /** What the person calls the package. */
  readonly file: string;
  readonly at: number;
  state: Extract<UploadState, 'receiving' | 'unpacking' | 'waiting' | 'checking'>;
  bytes: number;
  sha256: string;
}

/** A job that has come to its end. `folder`: the unpacked files, if the scene is sound; whoever takes them moves them away. */
export interface Verdict {
  readonly job: Readonly<Job>;
  readonly report: UploadReport;
  readonly folder: string | null;
}

export interface IntakeDeps {
  /** Folder for what is in work; this class alone writes there. */
  readonly folder: string;
  readonly limits: PackageLimits;
  readonly check: (folder: string, signal: AbortSignal) => Promise<UploadReport>;
  /** Checks are heavy: one at a time. */
  readonly checks: Turns;
  /** Puts what is known of the venue's other scenes into a folder, so that the check can tell whether links lead somewhere. */
  readonly putNeighbours: (folder: string) => Promise<void>;
  /** Takes the verdict; its files are removed when this resolves, unless it has moved them. */
  readonly judged: (verdict: Verdict) => Promise<void>;
  /** Bytes free for us where `folder` lies. */
  readonly freeBytes: () => Promise<number>;
  readonly log: Log;
}

export interface Upload {
  readonly person: string;
  readonly file: string;
  /** As announced by the sender, or null. */
  readonly bytes: number | null;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A verdict without a look at the scene. */
function refusal(fault: PackageError): UploadReport {
  return { fault: { code: fault.fault, where: fault.where }, figures: null, errors: 1, warnings: 0, findings: [] };
}

/** The last part of a path, without control characters, as browsers send just that. */
function fileName(text: string): string {
  return (text.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, FILE_NAME_LENGTH);
}

export class Intake {
  private readonly deps: IntakeDeps;
  private readonly working = new Map<string, { readonly job: Job; readonly control: AbortController; done: Promise<void> }>();
  private stopped = false;

  constructor(deps: IntakeDeps) {
    this.deps = deps;
  }

  /** Removes what an earlier process left, and makes the folder. */
  async prepare(): Promise<void> {
    await rm(this.deps.folder, { recursive: true, force: true });
    await mkdir(this.deps.folder, { recursive: true, mode: 0o700 });
  }

  /** What is in work, newest first. */
  jobs(): readonly Readonly<Job>[] {
    return [...this.working.values()].map(({ job }) => job).reverse();
  }

  /**
   * Receives a package, then goes on with it by itself. Resolves with its id when all of it has arrived.
   * Rejects with `ReasonedError` UPLOAD_BUSY, UPLOAD_TOO_LARGE, DISK_FULL or SERVER_STOPPING, or with the error of `content`; then nothing is left of it.
   */
  async receive({ person, file, bytes, content }: Upload): Promise<string> {
    if (this.stopped) throw new ReasonedError('SERVER_STOPPING');
    if (this.working.size >= MOST_AT_ONCE) throw new ReasonedError('UPLOAD_BUSY');
    if (bytes !== null && bytes > this.deps.limits.packageBytes) throw new ReasonedError('UPLOAD_TOO_LARGE');
    const id = randomBytes(ID_BYTES).toString('base64url');
    const job: Job = { id, person, file: fileName(file), at: Date.now(), state: 'receiving', bytes: bytes ?? 0, sha256: '' };
    const entry = { job, control: new AbortController(), done: Promise.resolve() };
    this.working.set(id, entry);
    try {
      if (await this.deps.freeBytes() < RESERVE_BYTES + (bytes ?? 0)) throw new ReasonedError('DISK_FULL');
      await this.save(job, content, entry.control.signal);
    } catch (error) {
      await this.discard(id);
      throw isDiskFull(error) ? new ReasonedError('DISK_FULL', undefined, { cause: error }) : error;
    }
    entry.done = this.work(job, entry.control.signal);
    return id;
  }

  /** Gives a job up. Resolves when nothing is left of it. @returns false if there is none. */
  async cancel(id: string): Promise<boolean> {
    const entry = this.working.get(id);
    if (entry === undefined) return false;
    entry.control.abort(new ReasonedError('UPLOAD_UNKNOWN', 'cancelled'));
    await entry.done;
    return true;
  }

  /** Gives everything up. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.working.keys()].map((id) => this.cancel(id)));
  }

  private folderOf(id: string): string {
    return join(this.deps.folder, id);
  }

  private async discard(id: string): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true });
    this.working.delete(id);
  }

  private async save(job: Job, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    await mkdir(join(this.folderOf(job.id), FILES), { recursive: true, mode: 0o700 });
    const file = await open(join(this.folderOf(job.id), 'package.zip'), 'wx', 0o600);
    const hash = createHash('sha256');
    let received = 0;
    try {
      for await (const chunk of unstalled(content, signal)) {
        received += chunk.byteLength;
        if (received > this.deps.limits.packageBytes) throw new ReasonedError('UPLOAD_TOO_LARGE');
        hash.update(chunk);
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
    job.bytes = received;
    job.sha256 = hash.digest('hex');
  }

  /** Never rejects: whatever goes wrong becomes a verdict or a line in the log. */
  private async work(job: Job, signal: AbortSignal): Promise<void> {
    const { log } = this.deps;
    try {
      await this.deps.judged(await this.judge(job, signal));
    } catch (error) {
      if (!signal.aborted) log.error({ err: error, upload: job.id }, 'an upload could not be dealt with');
    } finally {
      await this.discard(job.id).catch((error: unknown) => log.error({ err: error, upload: job.id }, 'an upload could not be cleared away'));
    }
  }

  private async judge(job: Job, signal: AbortSignal): Promise<Verdict> {
    const files = join(this.folderOf(job.id), FILES);
    try {
      job.state = 'unpacking';
      const archive = join(this.folderOf(job.id), 'package.zip');
      await unpack(archive, files, { limits: this.deps.limits, signal });
      await rm(archive);
      await this.deps.putNeighbours(this.folderOf(job.id));
      job.state = 'waiting';
      const report = await this.deps.checks.run(() => {
        job.state = 'checking';
        signal.throwIfAborted();
        return this.deps.check(files, signal);
      });
      return { job, report, folder: report.errors === 0 ? files : null };
    } catch (error) {
      signal.throwIfAborted();
      if (isDiskFull(error)) return { job, report: refusal(new PackageError('DISK_FULL', '', { cause: error })), folder: null };
      if (!(error instanceof PackageError)) throw error;
      this.deps.log.info({ upload: job.id, fault: error.fault, err: error.cause }, 'a package was refused');
      return { job, report: refusal(error), folder: null };
    }
  }
}
