/** Whether the derived files are those that the source gives. */
import { SCENE_FILES } from '../../../shared/scene/files.ts';
import { derive } from '../derive.ts';
import { Findings, SceneError } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { parseGlb } from '../io.ts';
import { stampOf } from '../packed.ts';

const PACK_AGAIN = 'Run "npm run scene -- pack" on the folder and commit what it writes.';

/** The files of a scene folder that `pack` derives. */
export interface DerivedFiles {
  layout: Uint8Array | undefined;
  navmesh: Uint8Array | undefined;
  /** A file of the folder, for the sounds. */
  read(name: string): Promise<Uint8Array | undefined>;
}

/** Derives layout and navigation mesh from the source again and compares them byte by byte. */
export async function checkFresh(source: { name: string; bytes: Uint8Array }, files: DerivedFiles, findings: Findings): Promise<void> {
  const own = new Findings();
  let faults: readonly Finding[] = own.list;
  try {
    const scene = await parseGlb(source.bytes, source.name);
    // A packed scene has no marks left to derive anything from.
    if (stampOf(scene.json)) return;
    const derived = await derive(scene, own);
    if (own.ok) {
      compare(SCENE_FILES.layout, files.layout, derived.layoutBytes, findings);
      compare(SCENE_FILES.navigation, files.navmesh, derived.navmesh, findings);
      for (const [name, bytes] of Object.entries(derived.sounds)) compare(name, await files.read(name), bytes, findings);
      return;
    }
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    // An error that stopped the derivation may carry the findings collected so far.
    faults = [...new Set([...own.list, ...error.findings])];
  }
  for (const finding of faults) if (finding.severity === 'error') findings.error({ ...finding, where: `${source.name}, ${finding.where}` });
}

function compare(name: string, found: Uint8Array | undefined, expected: Uint8Array, findings: Findings): void {
  if (found && Buffer.compare(found, expected) !== 0) findings.error({ code: 'stale', where: name, message: 'it is not what the source gives now.', fix: PACK_AGAIN });
}
