/** Voices of a formal session: the floor, one language, and one's own. Nothing here hangs on what is shown, so that views may change, and tabs be hidden, without a break. */
import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { MediaStatus, Settings } from '../app/contracts.ts';
import { audioContext, chooseSpeaker, wakeAudio } from '../audio/context.ts';
import { Inlet } from '../audio/inlet.ts';
import { Microphone, MicrophoneError, analyserLevel } from '../audio/microphone.ts';
import { RelayLink } from '../audio/relay-link.ts';
import type { PlenarySound, PlenaryStore, SoundChain } from './contract.ts';
import { ceilingCurve, gainsFor } from './loudness.ts';

/** Slots of the relay: the floor, and a language. */
export const PLENARY_SLOTS = 2;
/** Gains reach their target in about three times this, seconds: no click, and no word lost. */
const GLIDE_S = 0.06;
/** Hearing protection (ISO 20109 asks interpreters' consoles for it): what is too loud is pressed at once, then held by the ceiling. */
const LIMITER = { threshold: -10, knee: 4, ratio: 20, attack: 0.001, release: 0.15 } as const;

/** One slot's way to the ears. */
class Line {
  readonly inlet: Inlet;
  private readonly gain: GainNode;

  constructor(context: AudioContext, track: MediaStreamTrack, out: AudioNode) {
    this.gain = new GainNode(context, { gain: 0 });
    this.gain.connect(out);
    this.inlet = new Inlet(context, track, this.gain);
  }

  turn(gain: number, now: number): void {
    this.gain.gain.setTargetAtTime(gain, now, GLIDE_S);
  }

  close(): void {
    this.inlet.close();
    this.gain.disconnect();
  }
}

export interface PlenaryAudioDeps {
  readonly store: PlenaryStore;
  readonly settings: ReadonlySignal<Settings>;
  readonly iceServers: readonly RTCIceServer[];
  readonly offer: (sdp: string) => void;
}

export class PlenaryAudio implements PlenarySound {
  readonly media = signal<MediaStatus>('off');
  readonly mic = signal<PlenarySound['mic']['value']>({ captured: false, sending: false, problem: null });
  readonly locked = signal(false);
  readonly link: RelayLink;
  private readonly deps: PlenaryAudioDeps;
  private readonly context = audioContext();
  private readonly master = new GainNode(this.context);
  private readonly ceiling = new WaveShaperNode(this.context, { curve: ceilingCurve() });
  private lines: readonly Line[] = [];
  private chain: SoundChain | null = null;
  private microphone: Microphone | null = null;
  private device: Pick<Settings, 'microphone' | 'originalSound'> | null = null;
  private opening = false;
  private open = false;
  private hushed = false;
  private readonly ends: (() => void)[];

  constructor(deps: PlenaryAudioDeps) {
    this.deps = deps;
    this.master.connect(new DynamicsCompressorNode(this.context, LIMITER)).connect(this.ceiling).connect(this.context.destination);
    this.link = new RelayLink({
      slots: PLENARY_SLOTS,
      iceServers: deps.iceServers,
      offer: deps.offer,
      onStatus: (status) => { this.media.value = status; },
      onTracks: (tracks) => { this.take(tracks); },
    });
    const onState = (): void => { this.locked.value = this.context.state !== 'running'; };
    this.context.addEventListener('statechange', onState);
    onState();
    this.ends = [
      () => { this.context.removeEventListener('statechange', onState); },
      effect(() => { this.turn(gainsFor(deps.store.listening.value, deps.store.audio.value)); }),
      effect(() => { this.apply(deps.settings.value); }),
    ];
  }

  /** What goes to the ears, after everything. For measurements. */
  get output(): AudioNode {
    return this.chain?.output ?? this.ceiling;
  }

  tap(of: 'floor' | 'language' | 'microphone'): AudioNode | null {
    if (of === 'microphone') return this.microphone?.node ?? null;
    return this.lines[of === 'floor' ? 0 : 1]?.inlet.analyser ?? null;
  }

  insert(chain: SoundChain | null): void {
    if (this.chain === chain) return;
    const { destination } = this.context;
    if (this.chain !== null) {
      this.ceiling.disconnect(this.chain.input);
      this.chain.output.disconnect(destination);
    } else {
      this.ceiling.disconnect(destination);
    }
    this.chain = chain;
    if (chain === null) this.ceiling.connect(destination);
    else this.ceiling.connect(chain.input);
    chain?.output.connect(destination);
  }

  level(of: 'floor' | 'language' | 'microphone'): number {
    if (of === 'microphone') return this.microphone?.level() ?? 0;
    const line = this.lines[of === 'floor' ? 0 : 1];
    return line === undefined ? 0 : analyserLevel(line.inlet.analyser, line.inlet.samples);
  }

  /** Uses an already opened microphone (from the sound check). */
  adopt(microphone: Microphone): void {
    const { microphone: device, originalSound } = this.deps.settings.peek();
    this.device = { microphone: device, originalSound };
    this.hold(microphone);
  }

  async addMicrophone(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    const { microphone: device, originalSound } = this.deps.settings.peek();
    this.device = { microphone: device, originalSound };
    try {
      await wakeAudio();
      this.hold(await Microphone.open({ device, originalSound }, this.context));
    } catch (error) {
      this.lose(error instanceof MicrophoneError ? error.reason : 'unsupported');
    } finally {
      this.opening = false;
    }
  }

  unlock(): void {
    void wakeAudio();
  }

  /** The session says that my microphone is open, or not. An open one is asked for if there is none. */
  setOpen(open: boolean): void {
    this.open = open;
    this.feed();
    if (open && this.microphone === null) void this.addMicrophone();
  }

  /** While on, nothing is sent although the microphone is open: somebody coughs. */
  setHushed(on: boolean): void {
    this.hushed = on;
    this.feed();
  }

  close(): void {
    for (const end of this.ends) end();
    this.link.close();
    for (const line of this.lines) line.close();
    this.lines = [];
    this.microphone?.close();
    this.microphone = null;
    this.master.disconnect();
    this.ceiling.disconnect();
    this.chain?.output.disconnect();
    this.chain = null;
    this.mic.value = { captured: false, sending: false, problem: null };
  }

  private take(tracks: readonly MediaStreamTrack[]): void {
    for (const line of this.lines) line.close();
    this.lines = tracks.map((track) => new Line(this.context, track, this.master));
    const { listening, audio } = this.deps.store;
    this.turn(gainsFor(listening.peek(), audio.peek()));
  }

  private turn({ floor, language }: { readonly floor: number; readonly language: number }): void {
    this.lines[0]?.turn(floor, this.context.currentTime);
    this.lines[1]?.turn(language, this.context.currentTime);
  }

  private feed(): void {
    const track = this.open && !this.hushed ? (this.microphone?.track ?? null) : null;
    this.link.setTrack(track);
    this.mic.value = { ...this.mic.peek(), captured: this.microphone !== null, sending: track !== null };
  }

  private hold(microphone: Microphone): void {
    this.microphone?.close();
    this.microphone = microphone;
    microphone.onEnded(() => { if (this.microphone === microphone) this.lose('lost'); });
    this.mic.value = { ...this.mic.peek(), problem: null };
    this.feed();
  }

  private lose(problem: PlenarySound['mic']['value']['problem']): void {
    this.microphone?.close();
    this.microphone = null;
    this.mic.value = { ...this.mic.peek(), problem };
    this.feed();
  }

  private apply({ volume, speaker, microphone, originalSound }: Settings): void {
    this.master.gain.setTargetAtTime(volume, this.context.currentTime, GLIDE_S);
    void chooseSpeaker(speaker);
    const { device } = this;
    if (this.microphone !== null && device !== null && (device.microphone !== microphone || device.originalSound !== originalSound)) void this.addMicrophone();
  }
}
