/** Runs `HearingGuard` on the audio thread. What is declared here is of the AudioWorklet's global scope (Web Audio API, section 1.32), which TypeScript's DOM library leaves out. */
import { HearingGuard } from './guard.ts';

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new (options: { readonly processorOptions: { readonly ceiling: number } }) => AudioWorkletProcessor): void;

const CHANNELS = 2;

class GuardProcessor extends AudioWorkletProcessor {
  private readonly guard: HearingGuard;

  constructor({ processorOptions }: { readonly processorOptions: { readonly ceiling: number } }) {
    super();
    this.guard = new HearingGuard(sampleRate, CHANNELS, processorOptions.ceiling);
    this.port.onmessage = ({ data }: MessageEvent<number>) => { this.guard.ceiling = 10 ** (data / 20); };
  }

  process([input]: readonly Float32Array[][], [output]: readonly Float32Array[][]): boolean {
    if (input !== undefined && output !== undefined) this.guard.process(input, output);
    return true;
  }
}

registerProcessor('plenum-hearing-guard', GuardProcessor);
