/** Making and measuring sound: WAV files for microphones that play a known tone, and the level of a tone in a recording. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SAMPLE_RATE = 48_000;

/** Writes mono 16-bit PCM (RIFF WAVE) and returns the path. `samples` are -1..1. */
export function writeWav(name: string, samples: Float32Array): string {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, i) => bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32767), 44 + i * 2));
  const path = join(mkdtempSync(join(tmpdir(), 'plenum-sound-')), `${name}.wav`);
  writeFileSync(path, bytes);
  return path;
}

/** A steady tone; whole periods, so that it loops without a click. */
export function tone(hertz: number, amplitude = 0.3, seconds = 2): Float32Array {
  const samples = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  for (let i = 0; i < samples.length; i += 1) samples[i] = amplitude * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE);
  return samples;
}

/** `burst` seconds of tone at the start of every `period` seconds. */
export function bursts(hertz: number, burst: number, period: number): Float32Array {
  const samples = tone(hertz, 0.5, period);
  samples.fill(0, Math.round(burst * SAMPLE_RATE));
  return samples;
}

/**
 * Amplitude (0..1) of one frequency in a recording: the Goertzel algorithm (Goertzel 1958) under a Hann window, whose side lobes are low
 * enough to tell a tone 60 dB under another one.
 */
export function toneAmplitude(samples: ArrayLike<number>, hertz: number, sampleRate: number): number {
  const n = samples.length;
  const omega = (2 * Math.PI * hertz) / sampleRate;
  let re = 0;
  let im = 0;
  let weight = 0;
  for (let i = 0; i < n; i += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n);
    const sample = (samples[i] ?? 0) * window;
    re += sample * Math.cos(omega * i);
    im -= sample * Math.sin(omega * i);
    weight += window;
  }
  return (2 * Math.hypot(re, im)) / weight;
}

export function decibels(amplitude: number): number {
  return 20 * Math.log10(Math.max(amplitude, 1e-9));
}

/** How a recording of somebody who reads aloud differs from silence, a hum and noise: it is loud on the whole, and pauses between words and breaths, never for long. */
export interface SpeechFigures {
  /** Root mean square of all of it, dBFS. */
  readonly level: number;
  /** Share of the time, 0 to 1, that is within 25 dB of the loudest tenth: syllables, not pauses. */
  readonly voiced: number;
  /** Longest time that is not, s. */
  readonly longestPause: number;
}

/** Frames that are looked at, s: shorter than a syllable. */
export const FRAME_S = 0.04;
/** Quieter than the loud tenth by more than this is a pause, dB. */
const PAUSE_DECIBELS = 25;

/** Mean square of each frame of {@link FRAME_S}. Refers to nothing outside, so that a page can run it too. @param length of a frame, samples */
export function frameEnergies(samples: ArrayLike<number>, length: number): number[] {
  const energies: number[] = [];
  for (let start = 0; start + length <= samples.length; start += length) {
    let sum = 0;
    for (let i = start; i < start + length; i += 1) sum += (samples[i] ?? 0) ** 2;
    energies.push(sum / length);
  }
  return energies;
}

/** @param energies of {@link frameEnergies}, a second of them at least */
export function speechFigures(energies: readonly number[]): SpeechFigures {
  const levels = energies.map((energy) => decibels(Math.sqrt(energy)));
  const loud = levels.toSorted((a, b) => b - a)[Math.floor(levels.length / 10)] ?? -Infinity;
  const isVoiced = levels.map((level) => level > loud - PAUSE_DECIBELS);
  let [pause, longest] = [0, 0];
  for (const voiced of isVoiced) {
    pause = voiced ? 0 : pause + FRAME_S;
    longest = Math.max(longest, pause);
  }
  const count = Math.max(1, levels.length);
  return { level: decibels(Math.sqrt(energies.reduce((sum, energy) => sum + energy, 0) / count)), voiced: isVoiced.filter(Boolean).length / count, longestPause: longest };
}
