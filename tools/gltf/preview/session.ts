/** Follows a scene folder: every save becomes a revision that can be shown, or a word about why not. */
import path from 'node:path';
import type { PreviewState } from '../../../shared/scene/preview.ts';
import { EXPORT_FILE } from '../bake/baked-file.ts';
import { SceneError } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { readIfThere } from '../io.ts';
import { startCheck } from './checker.ts';
import type { CheckRun } from './checker.ts';
import { prepareScene } from './prepare.ts';
import type { Prepared } from './prepare.ts';
import { isIgnored, watchFolder } from './watch.ts';
import type { Watcher } from './watch.ts';

/** Revisions that pages may still be loading. */
const KEPT = 3;
/** Address of a revision's files. */
export const SCENE_ADDRESS = '/preview-scene/';
/** Address of what stays the same under its name. */
export const PARTS_ADDRESS = '/preview-parts/';

export interface SessionOptions {
  /** Whether each revision is packed and checked too, which takes longer. */
  readonly check: boolean;
  /** Is told of every change. */
  onChange(state: PreviewState): void;
}

export class PreviewSession {
  readonly #folder: string;
  readonly #options: SessionOptions;
  readonly #revisions = new Map<number, Prepared>();
  #state: PreviewState;
  #watcher: Watcher | undefined;
  #check: CheckRun | undefined;
  #next = 1;
  #busy = false;
  #waiting: number | undefined;
  #closed = false;

  constructor(folder: string, options: SessionOptions) {
    this.#folder = path.resolve(folder);
    this.#options = options;
    this.#state = { folder: path.basename(this.#folder), scene: null, broken: null, working: true, check: null };
  }

  get state(): PreviewState {
    return this.#state;
  }

  /** Shows the folder as it is, and from then on every save. */
  async start(): Promise<void> {
    const packed = await readIfThere(path.join(this.#folder, EXPORT_FILE)) === undefined;
    this.#watcher = await watchFolder(this.#folder, (name) => isIgnored(name, packed), (noticed) => void this.#saved(noticed));
    await this.#saved(performance.now());
  }

  /** A file of a revision; undefined if there is none of that name. */
  async file(revision: number, name: string): Promise<Uint8Array | undefined> {
    const prepared = this.#revisions.get(revision);
    if (!prepared || !/^[A-Za-z0-9_.-]+$/.test(name) || name.startsWith('.')) return undefined;
    return prepared.files.get(name) ?? prepared.parts?.get(name) ?? await readIfThere(path.join(this.#folder, name));
  }

  /** A part of any revision that is kept: its name is made of its content. */
  part(name: string): Uint8Array | undefined {
    for (const { parts } of this.#revisions.values()) {
      const bytes = parts?.get(name);
      if (bytes !== undefined) return bytes;
    }
    return undefined;
  }

  close(): void {
    this.#closed = true;
    this.#watcher?.close();
    this.#check?.cancel();
  }

  #tell(change: Partial<PreviewState>): void {
    if (this.#closed) return;
    this.#state = { ...this.#state, ...change };
    this.#options.onChange(this.#state);
  }

  /** One save at a time; of those that come meanwhile, the last counts. */
  async #saved(noticed: number): Promise<void> {
    if (this.#busy) {
      this.#waiting ??= noticed;
      return;
    }
    this.#busy = true;
    this.#check?.cancel();
    this.#tell({ working: true });
    try {
      this.#publish(await prepareScene(this.#folder), noticed);
    } catch (error) {
      this.#tell({ working: false, broken: describe(error) });
    }
    this.#busy = false;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) await this.#saved(waiting);
  }

  #publish(prepared: Prepared, noticed: number): void {
    const revision = this.#next++;
    this.#revisions.set(revision, prepared);
    this.#revisions.delete(revision - KEPT);
    const { from, cost, findings } = prepared;
    const scene = { revision, base: `${SCENE_ADDRESS}${revision}/`, parts: prepared.parts === null ? null : PARTS_ADDRESS, from, milliseconds: performance.now() - noticed, cost, findings };
    this.#tell({ scene, broken: null, working: false, check: this.#options.check ? { revision, report: null, running: true } : null });
    if (this.#options.check) void this.#checkRevision(revision, prepared);
  }

  async #checkRevision(revision: number, { from, files }: Prepared): Promise<void> {
    const run = startCheck(this.#folder, files.size > 0 ? from : null);
    this.#check = run;
    const report = await run.report;
    if (this.#state.check?.revision === revision) this.#tell({ check: { revision, report, running: false } });
  }
}

function describe(error: unknown): readonly Finding[] {
  if (error instanceof SceneError) return error.findings.filter(({ severity }) => severity === 'error');
  return [{ severity: 'error', code: 'tool-failed', where: 'the preview', message: error instanceof Error ? error.message : String(error), fix: 'Save again; if it stays, "npm run scene -- check" says more.' }];
}
