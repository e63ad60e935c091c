/** What the figures of a sound check mean. Pure; the words are in the catalogues, as `plenary.console.check.<code>`. */
import type { LineFigures } from './measure.ts';

export type Grade = 'good' | 'fair' | 'poor';
export type CheckCode =
  | 'bandGood' | 'bandFair' | 'bandNarrow' | 'bandLow'
  | 'levelGood' | 'levelQuiet' | 'levelLoud' | 'levelClipped'
  | 'noiseGood' | 'noiseFair' | 'noisePoor' | 'noiseUnknown';

export interface Verdict {
  readonly grade: Grade;
  readonly code: CheckCode;
}

export interface Verdicts {
  readonly bandwidth: Verdict;
  readonly level: Verdict;
  readonly noise: Verdict;
}

/** What an interpreter's line has to carry, Hz (ISO 20109:2016 and ISO 24019:2022, in which the band for simultaneous interpreting is 125 Hz to 15 kHz). */
export const BAND = { low: 125, high: 15_000 } as const;
/** Below this a line is like a telephone (3.4 kHz) or "HD voice" (7 kHz): sibilants are lost, and listening is tiring. */
const WIDE_HZ = 8000;
/** A high voice has nothing below; a telephone begins at 300 Hz. */
const HIGH_VOICE_HZ = 250;
/** Levels of speech, dBFS: what is between is neither lost nor pressed. Ours, around the -23 of EBU R 128. */
const LEVEL = { least: -33, lowest: -40, most: -12 } as const;
/** How far noise is under speech, dB. Ours: 15 dB begin to cost words, 30 dB are a quiet office. */
const UNDER = { good: 30, fair: 20 } as const;

function bandwidth({ lowHz, highHz }: LineFigures): Verdict {
  if (highHz < WIDE_HZ) return { grade: 'poor', code: 'bandNarrow' };
  if (highHz < BAND.high) return { grade: 'fair', code: 'bandFair' };
  if (lowHz > HIGH_VOICE_HZ) return { grade: 'fair', code: 'bandLow' };
  return { grade: 'good', code: 'bandGood' };
}

function level({ levelDb, clipped }: LineFigures): Verdict {
  if (clipped) return { grade: 'poor', code: 'levelClipped' };
  if (levelDb > LEVEL.most) return { grade: 'fair', code: 'levelLoud' };
  if (levelDb < LEVEL.lowest) return { grade: 'poor', code: 'levelQuiet' };
  return levelDb < LEVEL.least ? { grade: 'fair', code: 'levelQuiet' } : { grade: 'good', code: 'levelGood' };
}

function noise({ levelDb, noiseDb }: LineFigures): Verdict {
  if (noiseDb === null) return { grade: 'fair', code: 'noiseUnknown' };
  const under = levelDb - noiseDb;
  if (under >= UNDER.good) return { grade: 'good', code: 'noiseGood' };
  return under >= UNDER.fair ? { grade: 'fair', code: 'noiseFair' } : { grade: 'poor', code: 'noisePoor' };
}

export function judge(figures: LineFigures): Verdicts {
  return { bandwidth: bandwidth(figures), level: level(figures), noise: noise(figures) };
}
