/** Where links lead: to a scene folder beside this one, and a spawn point that is there. */
import path from 'node:path';
import { Layout } from '../../../shared/scene/layout.ts';
import type { Venue } from '../../../shared/scene/layout.ts';
import { SCENE_FILES } from '../../../shared/scene/files.ts';
import type { Findings } from '../findings.ts';
import { readIfThere } from '../io.ts';

/** Warns of links that lead nowhere as far as can be seen from here: the other scene may only exist in the venue. */
export async function checkLinks(folder: string, { layout, venue }: { layout: Layout; venue: Venue | undefined }, findings: Findings): Promise<void> {
  for (const { id, to, spawn } of layout.links) {
    const where = `link "${id}"`;
    if (to === venue?.id) {
      findings.warn({ code: 'link-to-itself', where, message: 'it leads to this very scene.', fix: 'Name the scene it should lead to.' });
      continue;
    }
    const file = await readIfThere(path.resolve(folder, '..', to, SCENE_FILES.layout));
    if (!file) {
      findings.warn({ code: 'unknown-scene', where, message: `there is no packed scene "${to}" beside this folder.`, fix: 'Mend the name, or make sure that the venue has such a scene.' });
      continue;
    }
    const other = Layout.safeParse(parse(file)).data;
    if (spawn !== null && other && !other.spawnPoints.some((point) => point.id === spawn)) {
      findings.warn({ code: 'unknown-spawn', where, message: `scene "${to}" has no spawn point "${spawn}", so people arrive at its first.`, fix: `Use one of ${other.spawnPoints.map((point) => point.id).slice(0, 10).join(', ')}.` });
    }
  }
}

function parse(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(file));
  } catch {
    // The other scene's own check says what is wrong with it.
    return undefined;
  }
}
