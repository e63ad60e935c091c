import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folder in which the files of sound uploads lie, one folder an upload, named by its id. A folder comes into being by one rename and is then never
 * written to again. The store is the authority: a folder that it does not mention is what a crash left, and is swept away.
 */
export class Shelf {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  pathOf(id: string): string {
    return join(this.folder, id);
  }

  /** Makes the folder, and removes what is in it but not in `kept`. @returns the ids of `kept` whose files are missing. */
  async sweep(kept: ReadonlySet<string>): Promise<readonly string[]> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const found = await readdir(this.folder);
    for (const name of found) if (!kept.has(name)) await rm(join(this.folder, name), { recursive: true, force: true });
    return [...kept].filter((id) => !found.includes(id));
  }

  /** Moves the files of an upload in: all at once, as `from` lies on the same disk. */
  async take(id: string, from: string): Promise<void> {
    await rename(from, this.pathOf(id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { recursive: true, force: true });
  }
}
