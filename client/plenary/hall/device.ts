import { effect } from '@preact/signals';
import { store } from '../../app/store.ts';

/** Looked at so often. */
const LOOK_MS = 2000;
/** Below it a hall is a row of pictures, and controls come late. */
const LEAST_FRAMES_PER_SECOND = 8;
/** So many looks in a row, ten seconds: a scene that is just being loaded, or a hitch, is no reason. */
const LOOKS = 5;

/** Counts looks at a frame rate in a row that were too slow. */
export class SlowFrames {
  private slow = 0;

  /** @param rate frames a second, or null where nothing is drawn now. @returns whether it has been too slow for long */
  look(rate: number | null): boolean {
    this.slow = rate !== null && rate < LEAST_FRAMES_PER_SECOND ? this.slow + 1 : 0;
    return this.slow >= LOOKS;
  }
}

/**
 * Watches whether the device holds the 3D view: frames that stay slow at the lowest quality, a lost graphics context, a view that could not be loaded.
 * @param framesPerSecond null while nothing is drawn
 * @returns how to stop
 */
export function watchDevice(framesPerSecond: () => number | null, cannotHold: () => void): () => void {
  const frames = new SlowFrames();
  const timer = setInterval(() => {
    if (frames.look(document.hidden ? null : framesPerSecond())) cannotHold();
  }, LOOK_MS);
  const stop = effect(() => { if (store.world.value.kind === 'failed') queueMicrotask(cannotHold); });
  return () => {
    clearInterval(timer);
    stop();
  };
}
