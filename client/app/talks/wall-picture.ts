import { effect, signal } from '@preact/signals';
import { store } from '../store.ts';
import { screenStatus } from './screen-status.ts';

/** What is shown in a meeting is drawn on the wall so often, milliseconds: pages turn, and the frame rate of the view does not suffer. */
const FRAME_MS = 250;

/** A picture for the wall of a room: its `frame` counts on as it moves. */
export interface WallPicture {
  /** Id of the acoustic space; a screen of the scene that has this id shows the picture. */
  readonly space: string;
  readonly video: HTMLVideoElement;
  readonly frame: number;
}

export const wallPicture = signal<WallPicture | null>(null);

/** Puts what somebody shows in a meeting onto the wall of its room, for those who are in it. @returns how to stop */
export function followWallPicture(): () => void {
  let video: HTMLVideoElement | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  const clear = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    if (video !== null) video.srcObject = null;
    video = null;
    wallPicture.value = null;
  };
  const stop = effect(() => {
    const { picture } = screenStatus.value;
    const { space } = store.where.value;
    const inRoom = store.talk.value?.kind === 'room';
    if (picture === null || space === null || !inRoom) {
      clear();
      return;
    }
    if (video?.srcObject === picture && wallPicture.peek()?.space === space) return;
    clear();
    const shown = document.createElement('video');
    shown.muted = true;
    shown.playsInline = true;
    shown.srcObject = picture;
    void shown.play().catch(() => undefined);
    video = shown;
    let frame = 0;
    wallPicture.value = { space, video: shown, frame };
    timer = setInterval(() => {
      frame += 1;
      wallPicture.value = { space, video: shown, frame };
    }, FRAME_MS);
  });
  return () => {
    stop();
    clear();
  };
}
