/** Whether the derived files are those that the source gives. */
import { SCENE_FILES } from '../../../shared/scene/files.ts';
import { derive } from '../derive.ts';
import { Findings, SceneError } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { parseGlb } from '../io.ts';

const PACK_AGAIN = 'Run "npm run scene -- pack" on the folder and commit what it writes.';

/** The files of a scene folder that `pack` derives. */
export interface DerivedFiles {
  layout: Uint8Array | undefined;
  navmesh: Uint8Array | undefined;
}

/** Derives layout and navigation mesh from the source again and compares them byte by byte. */
export async function checkFresh(source: { name: string; bytes: Uint8Array }, files: DerivedFiles, findings: Findings): Promise<void> {
  const own = new Findings();
  let faults: readonly Finding[] = own.list;
  try {
    const derived = await derive(await parseGlb(source.bytes, source.name), own);
    if (own.ok) {
      compare(SCENE_FILES.layout, files.layout, derived.layoutBytes, findings);
      compare(SCENE_FILES.navigation, files.navmesh, derived.navmesh, findings);
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
