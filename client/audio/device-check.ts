import { signal } from '@preact/signals';
import type { DeviceCheck, MicProblem, Settings } from '../app/contracts.ts';
import { audioContext, chooseSpeaker, wakeAudio } from './context.ts';
import { DeviceList, Microphone, MicrophoneError } from './microphone.ts';

const LEVEL_MS = 50;
/** A rising two-note chime, gentle and long enough to find the volume: E5, A5. */
const CHIME = [{ hertz: 659.26, at: 0 }, { hertz: 880, at: 0.28 }] as const;
const CHIME_S = 0.9;

/** See `DeviceCheck`. Hands the opened microphone on to the venue, so that permission is asked for once. */
export class BrowserDeviceCheck implements DeviceCheck {
  readonly state = signal<'idle' | 'asking' | 'listening' | { readonly problem: MicProblem }>('idle');
  readonly level = signal(0);
  readonly devices = new DeviceList();
  readonly microphones = this.devices.microphones;
  readonly speakers = this.devices.speakers;
  private microphone: Microphone | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly settings: () => Settings;
  private turn = 0;

  constructor(settings: () => Settings) {
    this.settings = settings;
  }

  async start(): Promise<void> {
    this.stop();
    this.turn += 1;
    const turn = this.turn;
    this.state.value = 'asking';
    await wakeAudio();
    try {
      const { microphone: device, originalSound } = this.settings();
      const microphone = await Microphone.open({ device, originalSound }, audioContext());
      if (turn !== this.turn) {
        microphone.close();
        return;
      }
      this.microphone = microphone;
      microphone.onEnded(() => this.fail('lost'));
      this.state.value = 'listening';
      this.timer = setInterval(() => {
        this.level.value = microphone.level();
      }, LEVEL_MS);
      this.devices.refresh();
    } catch (error) {
      if (turn === this.turn) this.fail(error instanceof MicrophoneError ? error.reason : 'unsupported');
    }
  }

  async playTestSound(): Promise<void> {
    await wakeAudio();
    await chooseSpeaker(this.settings().speaker);
    const context = audioContext();
    const now = context.currentTime + 0.02;
    for (const note of CHIME) {
      const oscillator = new OscillatorNode(context, { type: 'sine', frequency: note.hertz });
      const envelope = new GainNode(context, { gain: 0 });
      const start = now + note.at;
      envelope.gain.setValueAtTime(0, start);
      envelope.gain.linearRampToValueAtTime(0.25 * this.settings().volume, start + 0.02);
      envelope.gain.exponentialRampToValueAtTime(0.001, start + CHIME_S);
      oscillator.connect(envelope).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + CHIME_S);
    }
  }

  /** Gives the open microphone to the venue; the check is over. Null if there is none. */
  take(): Microphone | null {
    const microphone = this.microphone;
    this.microphone = null;
    this.stop();
    return microphone;
  }

  stop(): void {
    this.turn += 1;
    clearInterval(this.timer);
    this.microphone?.close();
    this.microphone = null;
    this.level.value = 0;
    this.state.value = 'idle';
  }

  private fail(problem: MicProblem): void {
    clearInterval(this.timer);
    this.microphone?.close();
    this.microphone = null;
    this.level.value = 0;
    this.state.value = { problem };
  }
}
