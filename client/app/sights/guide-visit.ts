import { effect } from '@preact/signals';
import { Guide } from '../../audio/guide.ts';
import type { SceneFiles } from '../contracts.ts';
import { settings } from '../settings.ts';
import { store } from '../store.ts';

export interface GuideDeps {
  readonly scene: SceneFiles;
  /** Lowers the voices of the others, or no longer. */
  readonly lowerVoices: (on: boolean) => void;
}

/** The audio guide of the exhibits of a scene, in the language of the settings. */
export class GuideVisit {
  private readonly deps: GuideDeps;
  private readonly guide = new Guide();
  private readonly unsubscribers: readonly (() => void)[];

  constructor(deps: GuideDeps) {
    this.deps = deps;
    this.unsubscribers = [
      this.guide.status.subscribe((status) => { store.guide.value = status; }),
      effect(() => { deps.lowerVoices(settings.value.guideLowersVoices && store.guide.value?.state === 'playing'); }),
      effect(() => { this.guide.setVolume(settings.value.volume); }),
    ];
  }

  play(exhibit: string): void {
    const file = this.deps.scene.venue.exhibits?.[exhibit]?.audio?.[settings.peek().language];
    if (file !== undefined) this.guide.play(exhibit, this.deps.scene.base + file);
  }

  pause(): void {
    this.guide.pause();
  }

  seek(seconds: number): void {
    this.guide.seek(seconds);
  }

  setSpeed(speed: number): void {
    this.guide.setSpeed(speed);
  }

  stop(): void {
    this.guide.stop();
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    this.deps.lowerVoices(false);
    this.guide.close();
    store.guide.value = null;
  }
}
