// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { newSession } from '../../shared/rules/plenary/initial.ts';
import { mayBeRecorded } from './recording.ts';
import { createPlenaryStore } from './store.ts';

describe('consent to being recorded', () => {
  it('opens the microphone while no recording runs, and after one has agreed to the one that does', () => {
    const store = createPlenaryStore();
    const since = (recordingSince: number | null): void => { store.state.value = newSession({ title: 'Council', kind: 'plenary', recordingSince }); };
    since(null);
    expect(mayBeRecorded(store)).toBe(true);
    since(1000);
    expect(mayBeRecorded(store)).toBe(false);
    store.consent.value = { since: 1000, agreed: false };
    expect(mayBeRecorded(store)).toBe(false);
    store.consent.value = { since: 1000, agreed: true };
    expect(mayBeRecorded(store)).toBe(true);
    // Another recording is another question.
    since(2000);
    expect(mayBeRecorded(store)).toBe(false);
  });
});
