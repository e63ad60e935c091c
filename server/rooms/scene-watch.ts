import type { SceneChange } from '../scenes/library.ts';
import type { LiveScenes } from './live-scenes.ts';
import type { Log, VenueServices } from './services.ts';
import type { Travel } from './travel.ts';

export interface SceneWatchDeps {
  readonly library: VenueServices['scenes'];
  readonly firstScene: string;
  readonly scenes: LiveScenes;
  readonly travel: Travel;
  /** The list of scenes is another now. */
  readonly announce: () => void;
  readonly log: Log;
}

/** The scene where people are who have none: the first, or, if it is not shown, any. Null: there is no scene at all. */
export function entranceScene(library: VenueServices['scenes'], firstScene: string): string | null {
  return (library.find(firstScene) ?? library.list()[0])?.id ?? null;
}

/** Follows the library: people in a scene that is replaced or withdrawn are moved, one change after the other. */
export class SceneWatch {
  private readonly deps: SceneWatchDeps;
  private readonly unsubscribe: () => void;
  private changes: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(deps: SceneWatchDeps) {
    this.deps = deps;
    this.unsubscribe = deps.library.onChange((change) => {
      this.changes = this.changes.then(() => this.follow(change));
    });
  }

  /** Resolves when all changes so far have been followed. */
  get settled(): Promise<void> {
    return this.changes;
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
  }

  private async follow({ id, cause }: SceneChange): Promise<void> {
    if (this.stopped) return;
    this.deps.announce();
    try {
      if (cause === 'replaced') await this.replace(id);
      if (cause === 'withdrawn') await this.withdraw(id);
    } catch (error) {
      // People stay in what they see: its files are still there.
      this.deps.log.error({ err: error, scene: id, cause }, 'people could not be moved out of a scene');
    }
  }

  private async replace(id: string): Promise<void> {
    const { scenes, travel } = this.deps;
    if (scenes.get(id) === undefined) return;
    const next = await scenes.load(id);
    const old = scenes.get(id);
    if (old === undefined || this.stopped || old.ref.revision === next.ref.revision) {
      scenes.close(next);
      return;
    }
    scenes.put(next);
    travel.moveAll(old, next, true, { cause: 'replaced', by: '' });
    scenes.close(old);
  }

  private async withdraw(id: string): Promise<void> {
    const { scenes, travel, library, firstScene, log } = this.deps;
    const entrance = entranceScene(library, firstScene);
    if (scenes.get(id) === undefined) return;
    if (entrance === null) {
      log.warn({ scene: id }, 'the last scene was withdrawn: people stay in it');
      return;
    }
    await scenes.open(entrance);
    const old = scenes.get(id);
    const to = scenes.get(entrance);
    // Published again meanwhile: that is the next change.
    if (old === undefined || to === undefined || to === old || this.stopped) return;
    travel.moveAll(old, to, false, { cause: 'withdrawn', by: '' });
    scenes.close(old);
  }
}
