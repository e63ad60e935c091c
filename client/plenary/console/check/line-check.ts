/** A sound check under way: listens to a line until there is enough speech, then says what was found. */
import { signal } from '@preact/signals';
import { audibleSeconds, measureLine } from './measure.ts';
import type { LineFigures } from './measure.ts';
import { FRAME } from './spectrum.ts';
import { judge } from './verdict.ts';
import type { Verdicts } from './verdict.ts';

/** Speech that is enough for figures, seconds. */
export const WANTED_S = 6;
/** Then it is over, enough or not. */
const MOST_S = 20;
/** Less than that says nothing. */
const LEAST_S = 1.5;

export type LineCheckState =
  | { readonly kind: 'idle' }
  /** Speech so far, seconds. */
  | { readonly kind: 'listening'; readonly seconds: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'done'; readonly figures: LineFigures; readonly verdicts: Verdicts };

export class LineCheck {
  readonly state = signal<LineCheckState>({ kind: 'idle' });
  private readonly tap: () => AudioNode | null;
  private analyser: AnalyserNode | null = null;
  private source: AudioNode | null = null;
  private frames: Float32Array<ArrayBuffer>[] = [];
  private timer: ReturnType<typeof setInterval> | undefined;
  /** From then on, on the clock of the audio, the analyser holds a whole frame. */
  private readyAt = 0;

  /** `tap`: the line now; another node when it was connected anew. */
  constructor(tap: () => AudioNode | null) {
    this.tap = tap;
  }

  start(): void {
    this.stop();
    this.frames = [];
    this.state.value = { kind: 'listening', seconds: 0 };
    // A frame's length by itself, so that frames hardly overlap.
    this.timer = setInterval(() => { this.listen(); }, (FRAME / 48_000) * 1000);
  }

  stop(): void {
    clearInterval(this.timer);
    this.connect(null);
    if (this.state.peek().kind === 'listening') this.state.value = { kind: 'idle' };
  }

  private connect(source: AudioNode | null): void {
    if (source === this.source) return;
    if (this.analyser !== null) this.source?.disconnect(this.analyser);
    this.source = source;
    this.analyser = source === null ? null : new AnalyserNode(source.context, { fftSize: FRAME });
    if (this.analyser === null) return;
    source?.connect(this.analyser);
    this.readyAt = this.analyser.context.currentTime + (2 * FRAME) / this.analyser.context.sampleRate;
  }

  private listen(): void {
    this.connect(this.tap());
    if (this.analyser !== null && this.analyser.context.currentTime < this.readyAt) return;
    const samples = new Float32Array(FRAME);
    this.analyser?.getFloatTimeDomainData(samples);
    this.frames.push(samples);
    const rate = this.analyser?.context.sampleRate ?? 48_000;
    const state = this.state.peek();
    const seconds = (state.kind === 'listening' ? state.seconds : 0) + audibleSeconds(samples, rate);
    if (seconds < WANTED_S && this.frames.length * FRAME < MOST_S * rate) this.state.value = { kind: 'listening', seconds };
    else this.finish(rate);
  }

  private finish(rate: number): void {
    const samples = new Float32Array(this.frames.length * FRAME);
    this.frames.forEach((frame, i) => { samples.set(frame, i * FRAME); });
    const figures = measureLine(samples, rate);
    this.state.value = figures === null || figures.speechSeconds < LEAST_S ? { kind: 'silent' } : { kind: 'done', figures, verdicts: judge(figures) };
    this.frames = [];
    this.stop();
  }
}
