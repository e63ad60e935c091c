import { NullEngine } from '@babylonjs/core/Engines/nullEngine.pure';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchContext } from './context-watch.ts';

const engine = new NullEngine();
let told: string[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  stop = watchContext(engine, { onRestored: () => told.push('restored'), onGone: () => told.push('gone') });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('a lost graphics context', () => {
  it('that comes back is only a moment without picture', () => {
    engine.onContextLostObservable.notifyObservers(engine);
    vi.advanceTimersByTime(3000);
    engine.onContextRestoredObservable.notifyObservers(engine);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['restored']);
  });

  it('that stays away is told of once', () => {
    engine.onContextLostObservable.notifyObservers(engine);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['gone']);
  });

  it('is nobody\'s concern after the world was disposed of', () => {
    engine.onContextLostObservable.notifyObservers(engine);
    stop();
    vi.advanceTimersByTime(60_000);
    engine.onContextRestoredObservable.notifyObservers(engine);
    expect(told).toEqual([]);
  });
});
