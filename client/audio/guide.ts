import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { GuideStatus } from '../app/contracts.ts';
import { audioContext, wakeAudio } from './context.ts';

/** The recording that explains an exhibit. It goes to the listener's own ears alone, past the mixer, so that lowering voices does not lower it. */
export class Guide {
  readonly status: ReadonlySignal<GuideStatus | null>;
  private readonly state = signal<GuideStatus | null>(null);
  private readonly volume: GainNode;
  private element: HTMLAudioElement | null = null;
  private source: MediaElementAudioSourceNode | null = null;
  private address = '';
  private speed = 1;

  constructor() {
    this.status = this.state;
    this.volume = new GainNode(audioContext());
    this.volume.connect(audioContext().destination);
  }

  /** Plays from where it was, or from the beginning of another recording. */
  play(exhibit: string, address: string): void {
    void wakeAudio();
    if (this.element === null || this.address !== address || this.state.peek()?.state === 'failed') this.open(exhibit, address);
    void this.element?.play().catch(() => undefined);
  }

  pause(): void {
    this.element?.pause();
  }

  /** Seconds from the beginning. */
  seek(seconds: number): void {
    const { element } = this;
    if (element === null || !Number.isFinite(element.duration)) return;
    element.currentTime = Math.min(element.duration, Math.max(0, seconds));
    this.report({});
  }

  /** 1 is as it was recorded; the pitch stays. */
  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.element !== null) this.element.playbackRate = speed;
  }

  /** 0..1. */
  setVolume(volume: number): void {
    this.volume.gain.value = volume;
  }

  /** Ends and forgets the recording. */
  stop(): void {
    const { element } = this;
    this.element = null;
    this.source?.disconnect();
    this.source = null;
    this.address = '';
    this.state.value = null;
    if (element === null) return;
    element.pause();
    element.removeAttribute('src');
    element.load();
  }

  close(): void {
    this.stop();
    this.volume.disconnect();
  }

  private open(exhibit: string, address: string): void {
    this.stop();
    const element = new Audio(address);
    element.preload = 'auto';
    element.preservesPitch = true;
    element.playbackRate = element.defaultPlaybackRate = this.speed;
    this.address = address;
    this.element = element;
    // Through the page's audio context, so that it comes out of the loudspeaker that the person chose.
    this.source = audioContext().createMediaElementSource(element);
    this.source.connect(this.volume);
    this.state.value = { id: exhibit, state: 'loading', time: 0, duration: 0 };
    const on = (event: string, change: Partial<GuideStatus>): void => element.addEventListener(event, () => { if (this.element === element) this.report(change); });
    on('playing', { state: 'playing' });
    on('pause', { state: 'paused' });
    on('ended', { state: 'paused' });
    on('waiting', { state: 'loading' });
    on('error', { state: 'failed' });
    for (const event of ['timeupdate', 'durationchange']) on(event, {});
  }

  private report(change: Partial<GuideStatus>): void {
    const now = this.state.peek();
    if (now === null || this.element === null) return;
    const { duration, currentTime } = this.element;
    this.state.value = { ...now, ...change, time: currentTime, duration: Number.isFinite(duration) ? duration : 0 };
  }
}
