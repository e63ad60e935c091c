/** Uploads, previews, publishes and withdraws scenes while people are in them. The store is the authority over what is published. */
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { PreviewReport } from '../../shared/scene/preview.ts';
import type { PreviewAddress, StaffOverview } from '../../shared/protocol/staff.ts';
import type { Log } from '../log.ts';
import type { PeopleRepository, StoredUploadState, UploadDeedKind, UploadRecord, UploadRepository } from '../store/store.ts';
import type { Figures } from './figures.ts';
import type { Intake, Upload, Verdict } from './intake.ts';
import type { LiveScenes, PublishedScene, SceneReader } from './live-scenes.ts';
import { formerOf, overview } from './overview.ts';
import type { Previews } from './previews.ts';
import type { Shelf } from './shelf.ts';
import { Turns } from './turns.ts';

export interface PublicationDeps {
  readonly uploads: UploadRepository;
  readonly people: Pick<PeopleRepository, 'get'>;
  readonly library: LiveScenes;
  readonly reader: SceneReader;
  readonly shelf: Shelf;
  readonly previews: Previews;
  readonly figures: Figures;
  /** People in each scene now. */
  readonly census: () => ReadonlyMap<string, number>;
  /** The scene that people enter first, or null if there is none. */
  readonly entrance: () => string | null;
  readonly packageBytes: number;
  /** Ends what else is in work. */
  readonly onStop: () => void;
  readonly log: Log;
}

/** Former revisions whose files are kept for undo, a scene. */
const FORMER_KEPT = 1;
/** Sound uploads that wait for publication. Beyond, one is removed before another comes. */
const MOST_WAITING = 30;

const WAITING: ReadonlySet<StoredUploadState> = new Set<StoredUploadState>(['checked', 'previewed']);
/** Nothing is published that nobody has looked at. */
const PUBLISHABLE: ReadonlySet<StoredUploadState> = new Set<StoredUploadState>(['previewed', 'replaced', 'withdrawn']);

export class Publication {
  private readonly deps: PublicationDeps;
  private readonly builtIn: ReadonlyMap<string, PublishedScene & { readonly folder: string }>;
  /** Changes of what is published, one after the other. */
  private readonly turns = new Turns();
  private intake: Intake | null = null;

  /** @param deps the library holds the scenes that came with the venue, and nothing else yet. */
  constructor(deps: PublicationDeps) {
    this.deps = deps;
    this.builtIn = new Map(deps.library.list().map((scene) => [scene.id, { ...scene, folder: deps.library.folderOf(scene.id, scene.revision) ?? '' }]));
  }

  /** Shows what the store says is published, and removes what a crash left. To be called once, before anybody enters. */
  async start(intake: Intake): Promise<void> {
    const { uploads, shelf, log } = this.deps;
    this.intake = intake;
    await intake.prepare();
    const kept = (await uploads.list()).filter((upload) => upload.kept);
    const missing = await shelf.sweep(new Set(kept.map(({ id }) => id)));
    if (missing.length > 0) {
      log.error({ uploads: missing }, 'the files of uploaded scenes are missing from the data folder');
      await uploads.forgetFiles(missing);
    }
    for (const upload of kept.filter(({ id, state }) => state === 'published' && !missing.includes(id))) await this.showAgain(upload);
  }

  async stop(): Promise<void> {
    this.deps.onStop();
    await this.intake?.stop();
  }

  async overview(): Promise<StaffOverview> {
    const { library, uploads, census, entrance, packageBytes, figures } = this.deps;
    const jobs = this.intake?.jobs() ?? [];
    return overview({
      published: library.list(), builtIn: this.builtIn, uploads: await uploads.list(), jobs, names: await this.namesOf(jobs.map(({ person }) => person)),
      census: census(), first: entrance(), packageBytes,
      figuresOf: (scene) => figures.of(scene, library.folderOf(scene.id, scene.revision)),
    });
  }

  /** Takes a package in; its check goes on when this resolves. Rejects as `Intake.receive` does, or with UPLOADS_FULL. */
  async receive(upload: Upload): Promise<string> {
    if (this.intake === null) throw new ReasonedError('SERVER_STOPPING');
    const waiting = (await this.deps.uploads.list()).filter(({ state, kept }) => kept && WAITING.has(state));
    if (waiting.length >= MOST_WAITING) throw new ReasonedError('UPLOADS_FULL');
    return this.intake.receive(upload);
  }

  /** Keeps the verdict over an upload, and the files if they are sound. */
  async keep({ job, report, folder }: Verdict): Promise<void> {
    const { uploads, shelf, reader, log } = this.deps;
    const scene = folder === null ? null : await reader.describe(folder, job.id);
    if (folder !== null) await shelf.take(job.id, folder);
    const { id, person, file, bytes, sha256, at } = job;
    const state = scene === null ? 'refused' : 'checked';
    await uploads.add(
      { id, state, scene: scene?.id ?? '', names: scene?.names ?? null, file, bytes, sha256, report, kept: scene !== null },
      { upload: id, what: 'uploaded', person, at },
    );
    log.info({ upload: id, person, state, scene: scene?.id, errors: report.errors }, 'a scene was uploaded');
  }

  /** Gives up an upload that is in work, or removes one that nobody needs any more. Rejects with UPLOAD_UNKNOWN, or UPLOAD_STATE if it is published. */
  async remove(id: string, person: string): Promise<void> {
    const cancelled = await this.intake?.cancel(id) === true;
    await this.turns.run(async () => {
      // Its verdict may have been on the way into the store already.
      if (cancelled && await this.deps.uploads.get(id) === null) return;
      const upload = await this.find(id);
      if (upload.state === 'published') throw new ReasonedError('UPLOAD_STATE');
      await this.record(new Map([[id, 'removed']]), id, { what: 'removed', person });
      await this.dropFiles([id]);
    });
  }

  /** Opens an address for looking at the files. Rejects with UPLOAD_UNKNOWN, or UPLOAD_STATE if the files are not there. */
  async preview(id: string, person: string): Promise<PreviewAddress> {
    return this.turns.run(async () => {
      const upload = await this.find(id);
      if (!upload.kept) throw new ReasonedError('UPLOAD_STATE');
      if (upload.state === 'checked') await this.record(new Map([[id, 'previewed']]), id, { what: 'previewed', person });
      return this.deps.previews.add(id, this.deps.shelf.pathOf(id), Date.now());
    });
  }

  /** The folder behind a preview address, or null. */
  previewFolder(secret: string): string | null {
    return this.deps.previews.find(secret, Date.now())?.folder ?? null;
  }

  /** What the check said of the scene behind a preview address, or null. */
  async previewReport(secret: string): Promise<PreviewReport | null> {
    const preview = this.deps.previews.find(secret, Date.now());
    const upload = preview === null ? null : await this.deps.uploads.get(preview.upload);
    const { figures = null, findings = [] } = upload?.report ?? {};
    return figures === null ? null : { ...figures, findings };
  }

  /**
   * Shows an upload to everybody. `replaces`: the revision that the person believes to be shown, or null.
   * Rejects with UPLOAD_UNKNOWN, UPLOAD_STATE, SCENE_CHANGED if something else is shown by now, or SCENE_UNUSABLE; then nothing has changed.
   */
  async publish(id: string, replaces: string | null, person: string): Promise<void> {
    await this.turns.run(async () => {
      const { library, shelf, log } = this.deps;
      const upload = await this.find(id);
      if (!upload.kept || !PUBLISHABLE.has(upload.state)) throw new ReasonedError('UPLOAD_STATE');
      const shown = library.find(upload.scene);
      if ((shown?.revision ?? null) !== replaces) throw new ReasonedError('SCENE_CHANGED');
      const next = await this.usable(upload);
      const before = (await this.deps.uploads.list()).find(({ scene, state }) => scene === upload.scene && state === 'published');
      const states = new Map<string, StoredUploadState>(before === undefined ? [] : [[before.id, 'replaced']]);
      await this.record(states.set(id, 'published'), id, { what: 'published', person });
      library.publish(next, shelf.pathOf(id));
      log.info({ upload: id, person, scene: upload.scene, replaced: replaces }, 'a scene was published');
      await this.dropFormer(upload.scene);
    });
  }

  /**
   * Takes an uploaded scene away; the one that came with the venue is shown again, if there is one. `revision`: what the person believes to be shown.
   * Rejects with SCENE_CHANGED, with UPLOAD_STATE for a scene that was not uploaded, or with SCENE_NEEDED for the one that people enter first.
   */
  async withdraw(sceneId: string, revision: string, person: string): Promise<void> {
    await this.turns.run(async () => {
      const { library, entrance, log } = this.deps;
      if (library.find(sceneId)?.revision !== revision) throw new ReasonedError('SCENE_CHANGED');
      const upload = (await this.deps.uploads.list()).find(({ scene, state }) => scene === sceneId && state === 'published');
      if (upload === undefined) throw new ReasonedError('UPLOAD_STATE');
      const builtIn = this.builtIn.get(sceneId);
      if (builtIn === undefined && entrance() === sceneId) throw new ReasonedError('SCENE_NEEDED');
      await this.record(new Map([[upload.id, 'withdrawn']]), upload.id, { what: 'withdrawn', person });
      if (builtIn === undefined) library.withdraw(sceneId);
      else library.publish({ id: builtIn.id, revision: builtIn.revision, names: builtIn.names }, builtIn.folder);
      log.info({ upload: upload.id, person, scene: sceneId, builtIn: builtIn !== undefined }, 'a scene was withdrawn');
      await this.dropFormer(sceneId);
    });
  }

  private async find(id: string): Promise<UploadRecord> {
    const upload = await this.deps.uploads.get(id);
    if (upload === null || upload.state === 'removed') throw new ReasonedError('UPLOAD_UNKNOWN');
    return upload;
  }

  /** What is sound to the check must also be so to the rooms: it is tried before anybody is moved into it. */
  private async usable(upload: UploadRecord): Promise<PublishedScene> {
    const { reader, shelf } = this.deps;
    try {
      const scene = await reader.describe(shelf.pathOf(upload.id), upload.id);
      await reader.tryOut(shelf.pathOf(upload.id), scene);
      return scene;
    } catch (cause) {
      this.deps.log.error({ err: cause, upload: upload.id }, 'an uploaded scene cannot be loaded');
      throw new ReasonedError('SCENE_UNUSABLE', undefined, { cause });
    }
  }

  private async showAgain(upload: UploadRecord): Promise<void> {
    try {
      this.deps.library.publish(await this.usable(upload), this.deps.shelf.pathOf(upload.id));
    } catch (error) {
      if (!(error instanceof ReasonedError)) throw error;
      // It is in the log; people then see the scene that came with the venue, or none of this id.
    }
  }

  private record(states: ReadonlyMap<string, StoredUploadState>, upload: string, { what, person }: { what: UploadDeedKind; person: string }): Promise<void> {
    return this.deps.uploads.change(states, { upload, what, person, at: Date.now() });
  }

  /** Keeps the last revision before the one that is shown; older ones remain as a record. */
  private async dropFormer(scene: string): Promise<void> {
    const former = formerOf(scene, await this.deps.uploads.list()).filter(({ kept }) => kept);
    await this.dropFiles(former.slice(FORMER_KEPT).map(({ id }) => id));
  }

  private async dropFiles(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.deps.uploads.forgetFiles(ids);
    for (const id of ids) {
      this.deps.previews.close(id);
      await this.deps.shelf.remove(id);
    }
  }

  private async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const people = await Promise.all([...new Set(ids)].map((id) => this.deps.people.get(id)));
    return new Map(people.flatMap((person) => (person === null ? [] : [[person.id, person.name] as const])));
  }
}
