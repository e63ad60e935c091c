import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import { store } from '../store.ts';
import { NO_SCREEN, screenStatus } from './screen-status.ts';
import { followWallPicture, wallPicture } from './wall-picture.ts';

const PICTURE = { id: 'a picture' } as unknown as MediaStream;
const talk = (kind: TalkState['kind']): TalkState => ({ id: 't1', kind, members: [] }) as unknown as TalkState;

let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { createElement: () => ({ srcObject: null, play: () => Promise.resolve() }) });
  store.where.value = { space: 'arve', place: null };
  store.talk.value = talk('room');
  screenStatus.value = NO_SCREEN;
  stop = followWallPicture();
});
afterEach(() => {
  stop();
  store.talk.value = null;
  screenStatus.value = NO_SCREEN;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the wall of a meeting room', () => {
  it('shows what is shown in the meeting, and moves', () => {
    screenStatus.value = { share: 1, by: 'ann', state: 'live', picture: PICTURE };
    expect(wallPicture.value).toMatchObject({ space: 'arve', frame: 0, video: { srcObject: PICTURE } });
    vi.advanceTimersByTime(1000);
    expect(wallPicture.value?.frame).toBe(4);
    const { video } = wallPicture.value ?? {};
    screenStatus.value = NO_SCREEN;
    expect([wallPicture.value, video?.srcObject]).toEqual([null, null]);
  });

  it.each(['dome', 'virtual'] as const)('shows nothing of a talk that has no wall: %s', (kind) => {
    store.talk.value = talk(kind);
    screenStatus.value = { share: 1, by: 'ann', state: 'live', picture: PICTURE };
    expect(wallPicture.value).toBeNull();
  });

  it('goes dark for whoever walks out', () => {
    screenStatus.value = { share: 1, by: 'ann', state: 'live', picture: PICTURE };
    store.talk.value = null;
    expect(wallPicture.value).toBeNull();
    vi.advanceTimersByTime(1000);
    expect(wallPicture.value).toBeNull();
  });
});
