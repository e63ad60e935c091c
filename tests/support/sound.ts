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
