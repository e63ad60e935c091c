import type { SceneFigures, UploadReport } from '../../shared/protocol/staff.ts';
import type { Log } from '../log.ts';
import type { PublishedScene } from './live-scenes.ts';

/** What the scenes that came with the venue cost: measured by the check when somebody first asks, one after the other, and kept in memory. */
export class Figures {
  private readonly known = new Map<string, SceneFigures | null>();
  private readonly check: (folder: string) => Promise<UploadReport>;
  private readonly log: Log;

  /** @param check waits for its turn by itself. */
  constructor(check: (folder: string) => Promise<UploadReport>, log: Log) {
    this.check = check;
    this.log = log;
  }

  /** The figures, or null if they are not known yet (they are being found out then) or cannot be found out. */
  of({ id, revision }: PublishedScene, folder: string | null): SceneFigures | null {
    const key = `${id}/${revision}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    this.known.set(key, null);
    if (folder !== null) void this.measure(key, folder);
    return null;
  }

  private async measure(key: string, folder: string): Promise<void> {
    try {
      this.known.set(key, (await this.check(folder)).figures);
    } catch (error) {
      this.log.warn({ err: error, scene: key }, 'a scene could not be measured');
    }
  }
}
