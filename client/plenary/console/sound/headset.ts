/** What comes in, on its way to an interpreter's headphones: volume, bass, treble, hearing protection. Tone and chimes are heard there too, and are never sent to anybody. */
import { signal } from '@preact/signals';
import type { SoundChain } from '../../contract.ts';
import type { ConsolePreferences } from '../preferences.ts';

/** The tone by which lines are set up: 1 kHz at -18 dBFS (EBU R 68). */
export const TONE = { hertz: 1000, db: -18 } as const;
const BASS_HERTZ = 250;
const TREBLE_HERTZ = 4000;
/** Either way, at the ends of the controls. */
const TONE_CONTROL_DB = 12;
const GLIDE_S = 0.05;
/** Notes of the chimes, Hz: rising to be asked, falling when it is done. */
const CHIMES = { asked: [660, 880, 660, 880], done: [880, 660] } as const;
const NOTE_S = 0.14;
const CHIME_DB = -24;

const gainOf = (db: number): number => 10 ** (db / 20);

/** Curve of a WaveShaper that changes nothing up to the ceiling, and holds everything there that is beyond. */
export function hardCurve(ceilingDb: number, points = 8193): Float32Array<ArrayBuffer> {
  const ceiling = gainOf(ceilingDb);
  return Float32Array.from({ length: points }, (_, i) => Math.max(-ceiling, Math.min(ceiling, (2 * i) / (points - 1) - 1)));
}

export class Headset implements SoundChain {
  readonly input: GainNode;
  readonly output: WaveShaperNode;
  /** The guard against sudden loudness runs. Without it (an old browser, or not loaded yet) the ceiling alone holds. */
  readonly guarded = signal(false);
  readonly toneOn = signal(false);
  private readonly context: AudioContext;
  private readonly bass: BiquadFilterNode;
  private readonly treble: BiquadFilterNode;
  private readonly mixed: GainNode;
  private guard: AudioWorkletNode | null = null;
  private tone: OscillatorNode | null = null;
  private ceilingDb: number;
  private closed = false;

  constructor(context: AudioContext, preferences: ConsolePreferences) {
    this.context = context;
    this.ceilingDb = Number(preferences.ceiling);
    this.input = new GainNode(context);
    this.bass = new BiquadFilterNode(context, { type: 'lowshelf', frequency: BASS_HERTZ });
    this.treble = new BiquadFilterNode(context, { type: 'highshelf', frequency: TREBLE_HERTZ });
    this.mixed = new GainNode(context);
    this.output = new WaveShaperNode(context, { curve: hardCurve(this.ceilingDb) });
    this.input.connect(this.bass).connect(this.treble).connect(this.mixed).connect(this.output);
    this.turn(preferences);
    void this.protect();
  }

  turn({ volume, bass, treble, ceiling }: ConsolePreferences): void {
    const { currentTime } = this.context;
    this.input.gain.setTargetAtTime(volume, currentTime, GLIDE_S);
    this.bass.gain.setTargetAtTime((bass - 0.5) * 2 * TONE_CONTROL_DB, currentTime, GLIDE_S);
    this.treble.gain.setTargetAtTime((treble - 0.5) * 2 * TONE_CONTROL_DB, currentTime, GLIDE_S);
    if (Number(ceiling) === this.ceilingDb) return;
    this.ceilingDb = Number(ceiling);
    this.output.curve = hardCurve(this.ceilingDb);
    this.guard?.port.postMessage(this.ceilingDb);
  }

  /** The test tone, in these headphones only. */
  setTone(on: boolean): void {
    this.tone?.stop();
    this.tone = null;
    this.toneOn.value = on;
    if (!on) return;
    const gain = new GainNode(this.context, { gain: 0 });
    gain.gain.setTargetAtTime(gainOf(TONE.db), this.context.currentTime, 0.02);
    this.tone = new OscillatorNode(this.context, { frequency: TONE.hertz });
    this.tone.connect(gain).connect(this.mixed);
    this.tone.start();
  }

  chime(kind: keyof typeof CHIMES): void {
    const gain = new GainNode(this.context, { gain: 0 });
    const note = new OscillatorNode(this.context, { type: 'triangle' });
    const start = this.context.currentTime;
    CHIMES[kind].forEach((hertz, i) => {
      note.frequency.setValueAtTime(hertz, start + i * NOTE_S);
      gain.gain.setTargetAtTime(gainOf(CHIME_DB), start + i * NOTE_S, 0.01);
      gain.gain.setTargetAtTime(0, start + (i + 0.6) * NOTE_S, 0.02);
    });
    note.connect(gain).connect(this.mixed);
    note.start();
    note.stop(start + (CHIMES[kind].length + 1) * NOTE_S);
  }

  close(): void {
    this.closed = true;
    this.setTone(false);
    for (const node of [this.input, this.bass, this.treble, this.mixed, this.guard]) node?.disconnect();
  }

  private async protect(): Promise<void> {
    try {
      const { default: address } = await import('./guard-worklet.ts?worker&url');
      await this.context.audioWorklet.addModule(address);
    } catch {
      // The ceiling holds without it, and the console says that the guard does not run.
      return;
    }
    if (this.closed) return;
    this.guard = new AudioWorkletNode(this.context, 'plenum-hearing-guard', { processorOptions: { ceiling: this.ceilingDb }, outputChannelCount: [2], channelCount: 2, channelCountMode: 'explicit' });
    this.mixed.disconnect();
    this.mixed.connect(this.guard).connect(this.output);
    this.guarded.value = true;
  }
}
