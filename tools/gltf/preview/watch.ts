/** Tells when anything in a scene folder was saved. */
import { watch } from 'node:fs';
import { fingerprint } from './prepare.ts';

/** Tools write a file in several steps: a save is over when nothing happens for this long, ms. */
const QUIET_MS = 120;
/** Not everything tells of changes (network folders do not): the folder is looked at this often all the same, ms. */
const LOOK_MS = 1500;
/** What this tool writes itself, what people never mean, and the logs of authors' scripts. */
const IGNORED = /(^|[\\/])(\.[^\\/]+|__pycache__|[^\\/]+\.(tmp|blend1|blend@|log|npz|pyc))([\\/]|$)|^(scene\.glb|layout\.json|navmesh\.bin)$/;

/** Whether a change of this file (relative to the folder) is nothing to show. @param packed the folder has no export: its packed files are the scene */
export function isIgnored(name: string, packed: boolean): boolean {
  if (packed && /^(scene\.glb|layout\.json|navmesh\.bin)$/.test(name)) return false;
  return IGNORED.test(name);
}

export interface Watcher {
  close(): void;
}

/**
 * Calls back after every save, with when it was first noticed (`performance.now()`), never twice for one.
 * @param ignored names, relative to the folder, whose changes do not count
 */
export async function watchFolder(folder: string, ignored: (name: string) => boolean, onSave: (noticed: number) => void): Promise<Watcher> {
  let known = await fingerprint(folder, ignored);
  let noticed = 0;
  let quiet: NodeJS.Timeout | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    const since = noticed === 0 ? performance.now() : noticed;
    const now = await fingerprint(folder, ignored);
    noticed = 0;
    if (closed || now === known) return;
    known = now;
    onSave(since);
  };
  const soon = (): void => {
    if (noticed === 0) noticed = performance.now();
    clearTimeout(quiet);
    quiet = setTimeout(() => void look(), QUIET_MS);
  };
  const events = watch(folder, { recursive: true }, (_event, name) => {
    if (name === null || !ignored(name)) soon();
  });
  // A folder that cannot be watched is still looked at now and then.
  events.on('error', () => undefined);
  const slow = setInterval(() => {
    if (noticed === 0) void look();
  }, LOOK_MS);
  return {
    close() {
      closed = true;
      events.close();
      clearInterval(slow);
      clearTimeout(quiet);
    },
  };
}
