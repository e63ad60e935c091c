import type { Acoustics } from '../../shared/rules/acoustics.ts';
import type { Sound } from '../../shared/scene/layout.ts';
import { soundGain } from './sound-gain.ts';
import type { Ears } from './mixer.ts';

/** Changes of loudness and direction take about three times this, seconds: slower than voices, since a door is walked through in a second. */
const GLIDE_S = 0.08;
/** Voices at a metre arrive at about -20 dBFS: everything that a scene sounds like stays under that, however its author mixed it. */
const LIMITER = { threshold: -30, knee: 6, ratio: 20, attack: 0.01, release: 0.4 } as const;
/** While somebody who is heard speaks. */
const UNDER_VOICES = 0.4;

/** One recording of the scene on its way to the ears. */
class Source {
  readonly sound: Sound;
  private readonly node: AudioBufferSourceNode;
  private readonly gain: GainNode;
  private readonly panner: PannerNode;

  constructor(sound: Sound, buffer: AudioBuffer, out: AudioNode) {
    this.sound = sound;
    const context = out.context as AudioContext;
    this.node = new AudioBufferSourceNode(context, { buffer, loop: sound.loop });
    this.gain = new GainNode(context, { gain: 0 });
    // Direction only, as with voices; loudness is sound-gain.ts.
    this.panner = new PannerNode(context, { panningModel: 'equalpower', distanceModel: 'linear', rolloffFactor: 0 });
    this.node.connect(this.gain).connect(this.panner).connect(out);
    this.node.start();
  }

  place(ears: Ears, acoustics: Acoustics, now: number): void {
    this.gain.gain.setTargetAtTime(soundGain(this.sound, acoustics, ears), now, GLIDE_S);
    const { position } = this.sound;
    if (position === null) return;
    const dx = position[0] - ears.x;
    const dz = position[2] - ears.z;
    const sin = Math.sin(ears.yaw);
    const cos = Math.cos(ears.yaw);
    const right = -cos * dx + sin * dz;
    const ahead = sin * dx + cos * dz;
    // From all around where one stands in it.
    const near = Math.hypot(right, ahead) < 0.3;
    this.panner.positionX.setTargetAtTime(near ? 0 : right, now, GLIDE_S);
    this.panner.positionZ.setTargetAtTime(near ? -0.3 : -ahead, now, GLIDE_S);
  }

  stop(): void {
    this.node.stop();
    this.node.disconnect();
    this.panner.disconnect();
  }
}

export interface SceneSoundsDeps {
  readonly sounds: readonly Sound[];
  /** Address of the scene's folder, with a slash at the end. */
  readonly base: string;
  readonly acoustics: Acoustics;
  /** What leads to the ears. */
  readonly bus: AudioNode;
}

/** The scene's own sounds: water, leaves, a murmur. Under the voices always, and fetched only when they are wanted. */
export class SceneSounds {
  private readonly deps: SceneSoundsDeps;
  private readonly volume: GainNode;
  private readonly limiter: DynamicsCompressorNode;
  private readonly abort = new AbortController();
  private sources: Source[] = [];
  private fetched = false;

  constructor(deps: SceneSoundsDeps) {
    this.deps = deps;
    const context = deps.bus.context as AudioContext;
    this.volume = new GainNode(context, { gain: 0 });
    this.limiter = new DynamicsCompressorNode(context, LIMITER);
    this.limiter.connect(this.volume).connect(deps.bus);
  }

  /** @param volume 0..1; the first above 0 fetches the recordings. @param voices somebody who is heard speaks now */
  setVolume(volume: number, voices: boolean): void {
    if (volume > 0 && !this.fetched) {
      this.fetched = true;
      void this.fetch();
    }
    const { context } = this.volume;
    this.volume.gain.setTargetAtTime(volume * (voices ? UNDER_VOICES : 1), context.currentTime, GLIDE_S * 3);
  }

  update(ears: Ears): void {
    const now = this.volume.context.currentTime;
    for (const source of this.sources) source.place(ears, this.deps.acoustics, now);
  }

  close(): void {
    this.abort.abort();
    for (const source of this.sources) source.stop();
    this.sources = [];
    this.limiter.disconnect();
    this.volume.disconnect();
  }

  /** One after the other: nobody waits for them, and voices need the line. A recording that does not come or cannot be decoded is silent. */
  private async fetch(): Promise<void> {
    const { signal } = this.abort;
    for (const sound of this.deps.sounds) {
      const buffer = await this.decode(sound.file).catch(() => null);
      if (signal.aborted) return;
      if (buffer !== null) this.sources.push(new Source(sound, buffer, this.limiter));
    }
  }

  private async decode(file: string): Promise<AudioBuffer> {
    const response = await fetch(this.deps.base + file, { signal: this.abort.signal, priority: 'low' });
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    return this.volume.context.decodeAudioData(await response.arrayBuffer());
  }
}

/** Whether the person asked their browser to save data. */
export function savesData(): boolean {
  return (navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } }).connection?.saveData === true;
}
