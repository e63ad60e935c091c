/** The sound check of a line: what it carries, measured on somebody who speaks. Pure. */
import { BANDS, FRAME, addPower, bandPowers } from './spectrum.ts';

/** What was measured. Levels are root mean squares, dB under a full-scale square wave (a full-scale sine has -3). */
export interface LineFigures {
  /** Lowest and highest frequency that the speech has, Hz. */
  readonly lowHz: number;
  readonly highHz: number;
  /** Of speech, without the pauses. */
  readonly levelDb: number;
  /** In the pauses; null if there was none. */
  readonly noiseDb: number | null;
  /** Samples at full scale: the microphone or the line is overdriven. */
  readonly clipped: boolean;
  readonly speechSeconds: number;
}

/** A quarter of a frame, 21 ms: shorter than a pause between words. */
const PIECE = FRAME / 4;
/** Digital silence is not minus infinity here, or it could not be averaged. */
const FLOOR_DB = -100;
/** Quieter than this nothing comes at all: a gate, a lost packet. It is no pause in which a room could be heard. */
const NOTHING_DB = -95;
/** So much of nothing is a gate that closes in the pauses. */
const GATED_SHARE = 0.1;
/** Pieces louder than this may be speech. */
const AUDIBLE_DB = -60;
/** If loud and quiet pieces are nearer to each other than this, there were no pauses. */
const APART_DB = 6;
/** Energy this far under the loudest band is not counted as carried: the long-term spectrum of speech falls by 25 dB to 10 kHz (Byrne et al. 1994), of soft voices by more. */
const UNDER_PEAK_DB = 45;
/** A band counts if speech stands out of the pauses' noise by so much. */
const OVER_NOISE_DB = 6;
/** Half an octave without energy is the end: what is beyond is a whistle or a hum. Between the harmonics of a voice there is less. */
const GAP_BANDS = 6;
/** A voice is loudest below 4 kHz; what is louder above is none. */
const VOICE_BANDS = BANDS.filter(({ high }) => high < 4000).length;
/** From here a sample counts as full scale, and so many in a thousand are overdriven. */
const FULL_SCALE = 0.985;
const CLIPPED_SHARE = 0.001;

const decibels = (power: number): number => Math.max(FLOOR_DB, 10 * Math.log10(Math.max(power, 1e-12)));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const power = (db: number): number => 10 ** (db / 10);

function meanSquare(samples: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i += 1) sum += (samples[i] as number) ** 2;
  return sum / length;
}

/** Level of each piece, dB. */
export function pieceLevels(samples: Float32Array): readonly number[] {
  return Array.from({ length: Math.floor(samples.length / PIECE) }, (_, i) => decibels(meanSquare(samples, i * PIECE, PIECE)));
}

interface Split {
  /** Pieces above this are speech. */
  readonly threshold: number;
  readonly pauses: boolean;
}

/** Parts speech from pauses: two means of the levels (Lloyd 1982), the border half way between them. */
function splitLevels(all: readonly number[]): Split {
  const levels = all.filter((level) => level > NOTHING_DB);
  let [quiet, loud] = [Math.min(...levels), Math.max(...levels)];
  for (let round = 0; round < 20; round += 1) {
    const border = (quiet + loud) / 2;
    const [below, above] = [levels.filter((level) => level < border), levels.filter((level) => level >= border)];
    if (below.length === 0 || above.length === 0) break;
    [quiet, loud] = [mean(below), mean(above)];
  }
  if (loud - quiet < APART_DB) return { threshold: NOTHING_DB, pauses: false };
  return { threshold: (quiet + loud) / 2, pauses: true };
}

/** The quieter half of the pauses: ends of words are in the other. With a gate there is no noise, but for ends of words that are no pause. */
function noiseOf(levels: readonly number[], { threshold, pauses }: Split): number | null {
  const nothing = levels.filter((level) => level <= NOTHING_DB).length;
  const quiet = pauses ? levels.filter((level) => level > NOTHING_DB && level < threshold).sort((a, b) => a - b) : [];
  if (nothing > levels.length * GATED_SHARE && nothing > quiet.length) return FLOOR_DB;
  return quiet.length === 0 ? null : decibels(mean(quiet.slice(0, Math.ceil(quiet.length / 2)).map(power)));
}

interface Spectra {
  readonly speech: Float64Array;
  /** Null if no frame is all pause. */
  readonly noise: Float64Array | null;
}

/** Mean power in each band, of frames with speech and of frames that are all pause. */
function spectraOf(samples: Float32Array, sampleRate: number, levels: readonly number[], threshold: number): Spectra {
  const [speech, noise] = [new Float64Array(FRAME / 2), new Float64Array(FRAME / 2)];
  let [spoken, paused] = [0, 0];
  for (let frame = 0; (frame + 1) * FRAME <= samples.length; frame += 1) {
    const pieces = levels.slice(frame * 4, frame * 4 + 4);
    const loud = pieces.filter((level) => level >= threshold).length;
    if (loud >= 3) {
      addPower(samples, frame * FRAME, speech);
      spoken += 1;
    } else if (loud === 0 && pieces.every((level) => level > NOTHING_DB)) {
      addPower(samples, frame * FRAME, noise);
      paused += 1;
    }
  }
  const scaled = (sum: Float64Array, count: number): Float64Array => bandPowers(sum, sampleRate).map((value) => value / Math.max(1, count));
  return { speech: scaled(speech, spoken), noise: paused === 0 ? null : scaled(noise, paused) };
}

/** From the loudest band outwards, until half an octave carries nothing. @returns index of the last band that does */
function edge(carries: readonly boolean[], from: number, step: 1 | -1): number {
  let last = from;
  for (let band = from; band >= 0 && band < carries.length && Math.abs(band - last) <= GAP_BANDS; band += step) if (carries[band] === true) last = band;
  return last;
}

function bandwidthOf({ speech, noise }: Spectra): { lowHz: number; highHz: number } {
  const voice = speech.subarray(0, VOICE_BANDS);
  const peak = voice.indexOf(Math.max(...voice));
  const least = (speech[peak] as number) * power(-UNDER_PEAK_DB);
  const carries = Array.from(speech, (value, band) => value >= least && value >= (noise?.[band] ?? 0) * power(OVER_NOISE_DB));
  return { lowHz: BANDS[edge(carries, peak, -1)]?.low ?? 0, highHz: BANDS[edge(carries, peak, 1)]?.high ?? 0 };
}

/** Seconds of what may be speech, for the progress of a measurement. */
export function audibleSeconds(samples: Float32Array, sampleRate: number): number {
  return (pieceLevels(samples).filter((level) => level > AUDIBLE_DB).length * PIECE) / sampleRate;
}

/**
 * Measures a line. @param samples frames of `FRAME` samples, one after another, -1..1; frames need not follow each other without a gap
 * @returns null if nothing is to be heard
 */
export function measureLine(samples: Float32Array, sampleRate: number): LineFigures | null {
  const levels = pieceLevels(samples);
  if (levels.length === 0 || Math.max(...levels) <= AUDIBLE_DB) return null;
  const split = splitLevels(levels);
  const spoken = levels.filter((level) => level >= split.threshold);
  let full = 0;
  for (const sample of samples) if (Math.abs(sample) >= FULL_SCALE) full += 1;
  return {
    ...bandwidthOf(spectraOf(samples, sampleRate, levels, split.threshold)),
    levelDb: decibels(mean(spoken.map(power))),
    noiseDb: noiseOf(levels, split),
    clipped: full > samples.length * CLIPPED_SHARE,
    speechSeconds: (spoken.length * PIECE) / sampleRate,
  };
}
