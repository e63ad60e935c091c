import type { AbstractEngine } from '@babylonjs/core/Engines/abstractEngine.pure';

/** A driver that resets gives the context back within a second or two; after this, ms, it will not. */
const PATIENCE_MS = 8_000;

export interface ContextEvents {
  /** The context is back and Babylon has uploaded what it knows of; what only we know of is to be uploaded again. */
  onRestored(): void;
  /** It has not come back. */
  onGone(): void;
}

/**
 * Watches the graphics context, which a browser may take away at any time (a driver reset, a laptop that changes its GPU, a phone short
 * of memory). @returns how to stop watching
 */
export function watchContext(engine: AbstractEngine, events: ContextEvents): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lost = engine.onContextLostObservable.add(() => {
    clearTimeout(timer);
    timer = setTimeout(() => events.onGone(), PATIENCE_MS);
  });
  const restored = engine.onContextRestoredObservable.add(() => {
    clearTimeout(timer);
    events.onRestored();
  });
  return () => {
    clearTimeout(timer);
    engine.onContextLostObservable.remove(lost);
    engine.onContextRestoredObservable.remove(restored);
  };
}
