/**
 * What the secretariat's page and the server say to each other about scenes, over HTTP below `/api/staff`, with `Authorization: Bearer <token>` of a
 * person whose role is `secretariat`. Refusals are `ProblemResponse` (`session.ts`).
 */
import { z } from 'zod';
import type { Language } from './vocabulary.ts';

/**
 * Why a package was refused before (or instead of) being judged as a scene. Each has a text in the catalogues (`staff.fault.<CODE>`); what is wrong
 * with the scene itself stands in `findings`.
 */
export const PACKAGE_FAULTS = [
  // the zip file
  'NOT_A_ZIP', 'ZIP_DAMAGED', 'ZIP_ENCRYPTED', 'ZIP_METHOD', 'ZIP_OVERLAP',
  // its size
  'TOO_MANY_FILES', 'UNPACKED_TOO_LARGE', 'FILE_TOO_LARGE', 'RATIO',
  // its files
  'PATH', 'FOLDER', 'LINK', 'NAME', 'DUPLICATE', 'SVG', 'KIND', 'CONTENT',
  // the check
  'CHECK_TIME', 'CHECK_MEMORY', 'CHECK_OUTPUT', 'CHECK_FAILED', 'DISK_FULL',
] as const;
export type PackageFault = (typeof PACKAGE_FAULTS)[number];

/**
 * `receiving` to `checking`: in work; lost if the server stops. `refused`: it has errors, its files are gone. `checked`: it may be looked at, then
 * (`previewed`) published. `published`: people walk in it. `replaced`, `withdrawn`: it was published once.
 */
export const UPLOAD_STATES = ['receiving', 'unpacking', 'waiting', 'checking', 'refused', 'checked', 'previewed', 'published', 'replaced', 'withdrawn'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** As the scene authors' command line says it, in English: `where` is the author's name of the thing, `fix` what to do. */
export interface SceneFinding {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly code: string;
  readonly where: string;
  readonly message: string;
  readonly fix: string;
}

/** What a scene costs; bytes on the wire are those of the files as stored. */
export interface SceneFigures {
  readonly drawCalls: number;
  readonly triangles: number;
  readonly textureBytes: number;
  readonly wireBytes: number;
}

export interface UploadReport {
  /** `where`: the file of the package concerned, or empty. */
  readonly fault: { readonly code: PackageFault; readonly where: string } | null;
  readonly figures: SceneFigures | null;
  readonly errors: number;
  readonly warnings: number;
  /** The first of them, errors before warnings; `errors` and `warnings` count all. */
  readonly findings: readonly SceneFinding[];
}

export type SceneNames = Readonly<Record<Language, string>>;

/** Who did something, and when (milliseconds since the epoch). `name` is empty for somebody who is not in the roster any more. */
export interface Deed {
  readonly name: string;
  readonly at: number;
}

export interface StaffUpload {
  readonly id: string;
  readonly state: UploadState;
  /** Scene id of its `venue.json`; empty while or if that is not known. */
  readonly scene: string;
  readonly names: SceneNames | null;
  /** Name of the uploaded file. */
  readonly file: string;
  /** Size of the package. */
  readonly bytes: number;
  readonly uploaded: Deed;
  /** The last time that it was published. */
  readonly published: Deed | null;
  /** The files are there, so it can be looked at. */
  readonly kept: boolean;
  readonly report: UploadReport | null;
}

/** A scene that people can be in now. */
export interface StaffScene {
  readonly id: string;
  readonly revision: string;
  readonly names: SceneNames;
  readonly people: number;
  /** People enter here, so it cannot be taken away. */
  readonly first: boolean;
  /** The upload that is shown; null: the scene that came with the venue. */
  readonly upload: string | null;
  /** A scene of this id came with the venue, and is shown (again) without the upload. */
  readonly builtIn: boolean;
  /** The upload that was shown before, for "publish the previous one again". */
  readonly previous: string | null;
  /** Null until it has been measured. */
  readonly figures: SceneFigures | null;
  readonly published: Deed | null;
}

/** `GET /api/staff/scenes` */
export interface StaffOverview {
  readonly scenes: readonly StaffScene[];
  /** Newest first; without those that were removed. */
  readonly uploads: readonly StaffUpload[];
  readonly packageBytes: number;
}

/** `POST /api/staff/scenes?name=FILE`, body: the package. 202: it was received and is being checked. */
export interface UploadAccepted {
  readonly id: string;
}

/** `POST /api/staff/uploads/ID/preview`: an address that nobody can guess, below which the files lie until `expiresAt`. Ends with a slash. */
export interface PreviewAddress {
  readonly base: string;
  readonly expiresAt: number;
}

const revision = z.string().max(64);

/** `POST /api/staff/uploads/ID/publish`. `replaces`: the revision that the person was shown as the one to be replaced, or null if there was none. */
export const PublishRequest = z.object({ replaces: revision.nullable() });
/** `POST /api/staff/scenes/ID/withdraw`. `revision`: what the person was shown as published. */
export const WithdrawRequest = z.object({ revision });
