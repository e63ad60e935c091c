import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { Acoustics } from '../../shared/rules/acoustics.ts';
import type { MicState } from '../../shared/protocol/vocabulary.ts';
import type { AvatarPose, MediaStatus, MicInfo, MicProblem, Settings } from '../app/contracts.ts';
import { audioContext, chooseSpeaker, wakeAudio } from './context.ts';
import { Microphone, MicrophoneError } from './microphone.ts';
import { Mixer } from './mixer.ts';
import type { Ears } from './mixer.ts';
import { RelayLink } from './relay-link.ts';
import type { FrameTap } from './relay-link.ts';

const LEVEL_MS = 100;

export interface VoiceDeps {
  readonly slots: number;
  readonly iceServers: readonly RTCIceServer[];
  readonly settings: ReadonlySignal<Settings>;
  readonly acoustics: Acoustics;
  readonly offer: (sdp: string) => void;
  /** The server must know whether there is anything to hear. */
  readonly onMicState: (state: MicState) => void;
  readonly volumeOf: (person: string) => number;
  readonly frames?: FrameTap;
}

/** What takes my voice. */
export interface TrackSink {
  /** Null: nothing at all is sent. */
  setTrack(track: MediaStreamTrack | null): void;
}

/** My voice out and everybody's voices in. Nothing here hangs on the render loop. */
export class Voice {
  readonly mic = signal<MicInfo>({ state: 'off', level: 0, problem: null });
  readonly status = signal<MediaStatus>('off');
  readonly mixer: Mixer;
  readonly link: RelayLink;
  private readonly deps: VoiceDeps;
  private microphone: Microphone | null = null;
  private muted = false;
  private hushed = false;
  private direct: TrackSink | 'none' | null = null;
  private readonly timer: ReturnType<typeof setInterval>;
  private captured: Pick<Settings, 'microphone' | 'originalSound'> | null = null;
  private readonly unsubscribe: () => void;
  private opening = false;

  constructor(deps: VoiceDeps) {
    this.deps = deps;
    this.mixer = new Mixer(audioContext(), deps.acoustics, deps.volumeOf);
    this.link = new RelayLink({
      slots: deps.slots,
      iceServers: deps.iceServers,
      offer: deps.offer,
      onStatus: (status) => {
        this.status.value = status;
      },
      onTracks: (tracks) => this.mixer.setTracks(tracks),
      ...(deps.frames === undefined ? {} : { frames: deps.frames }),
    });
    this.timer = setInterval(() => this.measure(), LEVEL_MS);
    this.unsubscribe = deps.settings.subscribe((settings) => this.applySettings(settings));
    void wakeAudio();
  }

  /** What the microphone captures, for measurements; null without one. */
  get input(): AudioNode | null {
    return this.microphone?.node ?? null;
  }

  /** Uses an already opened microphone (from the device check). */
  adopt(microphone: Microphone): void {
    const { microphone: device, originalSound } = this.deps.settings.peek();
    this.captured = { microphone: device, originalSound };
    this.take(microphone);
  }

  /** Asks for the microphone; a refusal is shown as `mic.problem` and listening goes on. */
  async addMicrophone(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    const { microphone: device, originalSound } = this.deps.settings.peek();
    this.captured = { microphone: device, originalSound };
    try {
      await wakeAudio();
      this.take(await Microphone.open({ device, originalSound }, audioContext()));
    } catch (error) {
      this.lose(error instanceof MicrophoneError ? error.reason : 'unsupported');
    } finally {
      this.opening = false;
    }
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    if (this.microphone === null) {
      if (!muted) void this.addMicrophone();
      return;
    }
    // Muted means that not one packet leaves this device.
    this.feed();
    this.setState(muted ? 'muted' : 'live', null);
  }

  /** While on, nothing is sent, whatever the state of the microphone: it is not known who would hear it. */
  setHushed(on: boolean): void {
    this.hushed = on;
    this.feed();
  }

  /** Where my voice goes instead of the relay; `none`: nowhere, until there is such a way. Null: to the relay. */
  setDirect(direct: TrackSink | 'none' | null): void {
    this.direct = direct;
    this.feed();
  }

  update(ears: Ears, poseOf: (person: string) => AvatarPose | undefined): void {
    this.mixer.update(ears, poseOf);
  }

  /** What I say now, 0..1; 0 while muted. */
  ownLevel(): number {
    return this.microphone === null || this.muted ? 0 : this.microphone.level();
  }

  close(): void {
    clearInterval(this.timer);
    this.unsubscribe();
    this.link.close();
    this.mixer.close();
    this.microphone?.close();
    this.microphone = null;
    this.mic.value = { state: 'off', level: 0, problem: null };
  }

  private feed(): void {
    const track = this.muted || this.hushed ? null : (this.microphone?.track ?? null);
    this.link.setTrack(this.direct === null ? track : null);
    if (this.direct !== null && this.direct !== 'none') this.direct.setTrack(track);
  }

  private take(microphone: Microphone): void {
    this.microphone?.close();
    this.microphone = microphone;
    microphone.onEnded(() => {
      if (this.microphone === microphone) this.lose('lost');
    });
    this.feed();
    this.setState(this.muted ? 'muted' : 'live', null);
  }

  private lose(problem: MicProblem): void {
    this.microphone?.close();
    this.microphone = null;
    this.feed();
    this.setState('off', problem);
  }

  private setState(state: MicState, problem: MicProblem | null): void {
    this.mic.value = { state, level: 0, problem };
    this.deps.onMicState(state);
  }

  private measure(): void {
    const level = this.microphone?.level() ?? 0;
    const mic = this.mic.peek();
    if (Math.abs(mic.level - level) > 0.02) this.mic.value = { ...mic, level };
  }

  private applySettings(settings: Settings): void {
    this.mixer.setMasterVolume(settings.volume);
    void chooseSpeaker(settings.speaker);
    const captured = this.captured;
    if (this.microphone === null || captured === null) return;
    if (captured.microphone !== settings.microphone || captured.originalSound !== settings.originalSound) void this.addMicrophone();
  }
}
