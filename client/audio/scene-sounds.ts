import type { Acoustics } from '../../shared/rules/acoustics.ts';
import type { Sound } from '../../shared/scene/layout.ts';
import { CEILING, loudnessOf, soundGain } from './sound-gain.ts';
import type { Ears } from './mixer.ts';

/** Changes of loudness and direction take about three times this, seconds: slower than voices, since a door is walked through in a second. */
const GLIDE_S = 0.08;
/** While somebody who is heard speaks. */
const UNDER_VOICES = 0.4;

/** One recording of the scene on its way to the ears. */
class Source {
  private readonly sound: Sound;
  private readonly loudness: number;
  private level = 0;
  private readonly node: AudioBufferSourceNode;
  private readonly gain: GainNode;
  private readonly panner: PannerNode;

  constructor(sound: Sound, buffer: AudioBuffer, out: AudioNode) {
    this.sound = sound;
    this.loudness = loudnessOf(Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel)));
    const context = out.context as AudioContext;
    this.node = new AudioBufferSourceNode(context, { buffer, loop: sound.loop });
    this.gain = new GainNode(context, { gain: 0 });
    // Direction only, as with voices; loudness is sound-gain.ts.
    this.panner = new PannerNode(context, { panningModel: 'equalpower', distanceModel: 'linear', rolloffFactor: 0 });
    this.node.connect(this.gain).connect(this.panner).connect(out);
    this.node.start();
  }

  /** Where and how loud it is to these ears. @returns its share of the whole, as power */
  measure(ears: Ears, acoustics: Acoustics): number {
    this.level = soundGain(this.sound, acoustics, ears);
    return (this.level * this.loudness) ** 2;
  }

  /** @param scale of what was measured */
  place(ears: Ears, scale: number, now: number): void {
    this.gain.gain.setTargetAtTime(this.level * scale, now, GLIDE_S);
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
  private readonly abort = new AbortController();
  private sources: Source[] = [];
  private fetched = false;

  constructor(deps: SceneSoundsDeps) {
    this.deps = deps;
    const context = deps.bus.context as AudioContext;
    this.volume = new GainNode(context, { gain: 0 });
    this.volume.connect(deps.bus);
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
    let power = 0;
    for (const source of this.sources) power += source.measure(ears, this.deps.acoustics);
    const scale = Math.min(1, CEILING / Math.max(1e-6, Math.sqrt(power)));
    for (const source of this.sources) source.place(ears, scale, now);
  }

  close(): void {
    this.abort.abort();
    for (const source of this.sources) source.stop();
    this.sources = [];
    this.volume.disconnect();
  }

  /** One after the other: nobody waits for them, and voices need the line. A recording that does not come or cannot be decoded is silent. */
  private async fetch(): Promise<void> {
    const { signal } = this.abort;
    for (const sound of this.deps.sounds) {
      const buffer = await this.decode(sound.file).catch(() => null);
      if (signal.aborted) return;
      if (buffer !== null) this.sources.push(new Source(sound, buffer, this.volume));
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
