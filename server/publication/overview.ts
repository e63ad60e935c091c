/** What the secretariat's page shows, put together from the store, the library and what is in work. Pure. */
import type { SceneFigures, StaffOverview, StaffScene, StaffUpload } from '../../shared/protocol/staff.ts';
import type { UploadRecord } from '../store/store.ts';
import type { Job } from './intake.ts';
import type { PublishedScene } from './live-scenes.ts';

export interface Facts {
  readonly published: readonly PublishedScene[];
  /** Scenes that came with the venue, by id. */
  readonly builtIn: ReadonlyMap<string, PublishedScene>;
  readonly uploads: readonly UploadRecord[];
  readonly jobs: readonly Readonly<Job>[];
  /** Names of those who uploaded what is in work, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** People in each scene. */
  readonly census: ReadonlyMap<string, number>;
  /** Scene that people enter first. */
  readonly first: string | null;
  readonly packageBytes: number;
  readonly figuresOf: (scene: PublishedScene) => SceneFigures | null;
}

/** When an upload was shown to people last; 0: never. */
function publishedAt(upload: UploadRecord): number {
  return upload.published?.at ?? 0;
}

/** Uploads of a scene that were published once and are not now, the latest first. */
export function formerOf(scene: string, uploads: readonly UploadRecord[]): readonly UploadRecord[] {
  const former = uploads.filter((upload) => upload.scene === scene && (upload.state === 'replaced' || upload.state === 'withdrawn'));
  return former.toSorted((a, b) => publishedAt(b) - publishedAt(a));
}

function describeScene(scene: PublishedScene, facts: Facts): StaffScene {
  const { id, revision, names } = scene;
  const upload = facts.uploads.find((each) => each.id === revision && each.state === 'published') ?? null;
  return {
    id, revision, names,
    people: facts.census.get(id) ?? 0,
    first: id === facts.first,
    upload: upload?.id ?? null,
    builtIn: facts.builtIn.has(id),
    previous: formerOf(id, facts.uploads).find(({ kept }) => kept)?.id ?? null,
    figures: upload?.report.figures ?? facts.figuresOf(scene),
    published: upload?.published ?? null,
  };
}

function describeUpload({ id, state, scene, names, file, bytes, uploaded, published, kept, report }: UploadRecord): StaffUpload | null {
  return state === 'removed' ? null : { id, state, scene, names, file, bytes, uploaded, published, kept, report };
}

function describeJob({ id, state, file, bytes, person, at }: Readonly<Job>, names: Facts['names']): StaffUpload {
  return { id, state, scene: '', names: null, file, bytes, uploaded: { name: names.get(person) ?? '', at }, published: null, kept: false, report: null };
}

export function overview(facts: Facts): StaffOverview {
  const uploads = facts.uploads.map(describeUpload).filter((upload) => upload !== null);
  // For a moment, an upload that has been judged is in the store already, while its job is being cleared away.
  const jobs = facts.jobs.filter(({ id }) => !facts.uploads.some((upload) => upload.id === id));
  return {
    scenes: facts.published.map((scene) => describeScene(scene, facts)),
    uploads: [...jobs.map((job) => describeJob(job, facts.names)), ...uploads],
    packageBytes: facts.packageBytes,
  };
}
