/** How much an uploaded package may be and cost. What has no reason to differ between installations is not configurable. */

const MEGABYTE = 1024 * 1024;

export interface PackageLimits {
  /** Bytes of the zip file. */
  readonly packageBytes: number;
  /** Bytes of all its files together. */
  readonly unpackedBytes: number;
  /** Bytes of a `.json` file: those are parsed whole. */
  readonly jsonBytes: number;
  readonly files: number;
  /** Unpacked over packed, for files of more than `ratioFromBytes`. Text of a scene reaches 40; DEFLATE can do 1,032. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

/** Scenes are packed already (WebP, meshopt), so that a package hardly shrinks: four times its size is generous. */
const UNPACKED_TIMES = 4;

/** @param megabytes the largest package (`PLENUM_UPLOAD_MEGABYTES`). */
export function packageLimits(megabytes: number): PackageLimits {
  const packageBytes = megabytes * MEGABYTE;
  return { packageBytes, unpackedBytes: packageBytes * UNPACKED_TIMES, jsonBytes: 4 * MEGABYTE, files: 500, ratio: 120, ratioFromBytes: MEGABYTE };
}

export interface CheckLimits {
  /** Milliseconds by the clock, then the check is ended. */
  readonly timeMs: number;
  /** Megabytes of JavaScript heap. */
  readonly heapMegabytes: number;
  /** Megabytes that the process may have to write in, where the system can limit that: pictures and WebAssembly lie outside the heap. */
  readonly dataMegabytes: number;
  /** Bytes that the check may print. */
  readonly outputBytes: number;
}

/** The Geneva scene (1.8 MB, 244,000 triangles) takes 1.3 s and 190 MB resident, and its check still passes with 1,000 MB to write in. */
export const CHECK_LIMITS: CheckLimits = { timeMs: 60_000, heapMegabytes: 1024, dataMegabytes: 2048, outputBytes: 4 * MEGABYTE };
