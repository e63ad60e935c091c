/** What the authors' preview page is told of a scene: by `npm run scene -- preview` after every save, or by a server in `report.json` beside the scene. */

/** Something that is wrong with a scene, as `tools/gltf` finds it. */
export interface PreviewFinding {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly code: string;
  /** What the author knows the thing by, such as `node "chair-3"`. */
  readonly where: string;
  readonly message: string;
  readonly fix: string;
}

/** What a scene costs to draw and to load. Bytes; textures without compression, with mipmaps. */
export interface PreviewCost {
  readonly drawCalls: number;
  readonly triangles: number;
  readonly textureBytes: number;
  readonly wireBytes: number;
}

/** `budgets` of `venue.json`. */
export interface PreviewBudgets {
  readonly drawCalls: number;
  readonly triangles: number;
  readonly textureMegabytes: number;
  readonly wireMegabytes: number;
}

/** Name of the file with a {@link PreviewReport}, beside the files of a scene. */
export const REPORT_FILE = 'report.json';

/** The last line of `npm run scene -- check --json`, with the budgets that it compared with. */
export interface PreviewReport extends PreviewCost {
  readonly findings: readonly PreviewFinding[];
  readonly budgets?: PreviewBudgets;
}

/** All that the page knows, sent whole at every change. */
export interface PreviewState {
  /** Name of the folder. */
  readonly folder: string;
  /** What is shown; null until the first save that can be. `base` has a slash at its end and is another one after every save. */
  readonly scene: {
    readonly revision: number;
    readonly base: string;
    /** Where images, light maps and the environment are, by names made of their content, so that the same name is the same file; null: at `base`. With a slash at its end. */
    readonly parts: string | null;
    /** The file that it was made of. */
    readonly from: string;
    /** From the save until the files were ready, milliseconds. */
    readonly milliseconds: number;
    /** A part of the cost, known at once; the rest comes with the check. */
    readonly cost: Omit<PreviewCost, 'wireBytes'>;
    readonly findings: readonly PreviewFinding[];
  } | null;
  /** Why the last save could not be shown; the scene before it stays. */
  readonly broken: readonly PreviewFinding[] | null;
  /** A save is being prepared. */
  readonly working: boolean;
  /** The full check of a revision, as it will be published; it takes longer. */
  readonly check: { readonly revision: number; readonly report: PreviewReport | null; readonly running: boolean } | null;
}
