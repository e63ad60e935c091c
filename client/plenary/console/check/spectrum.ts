/** Power spectra: pure, so that they can be tested without sound. */

/** Samples of a frame: 85 ms at 48 kHz, 12 Hz a bin, which tells 100 Hz from 125 Hz. */
export const FRAME = 4096;
const HALF = FRAME / 2;

const WINDOW = Float64Array.from({ length: FRAME }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FRAME));
const COSINES = Float64Array.from({ length: HALF }, (_, i) => Math.cos((2 * Math.PI * i) / FRAME));
const SINES = Float64Array.from({ length: HALF }, (_, i) => Math.sin((2 * Math.PI * i) / FRAME));
const BITS = Math.log2(FRAME);
const REVERSED = Uint16Array.from({ length: FRAME }, (_, i) => {
  let reversed = 0;
  for (let bit = 0; bit < BITS; bit += 1) reversed |= ((i >> bit) & 1) << (BITS - 1 - bit);
  return reversed;
});
const real = new Float64Array(FRAME);
const imaginary = new Float64Array(FRAME);

/** Fast Fourier transform in place, radix 2, decimation in time (Cooley and Tukey 1965), of what is in `real`, already in the order of reversed bits. */
function transform(): void {
  for (let size = 2; size <= FRAME; size *= 2) {
    const half = size / 2;
    const step = FRAME / size;
    for (let start = 0; start < FRAME; start += size) {
      for (let k = 0; k < half; k += 1) {
        const c = COSINES[k * step] as number;
        const s = SINES[k * step] as number;
        const low = start + k;
        const high = low + half;
        const re = (real[high] as number) * c + (imaginary[high] as number) * s;
        const im = (imaginary[high] as number) * c - (real[high] as number) * s;
        real[high] = (real[low] as number) - re;
        imaginary[high] = (imaginary[low] as number) - im;
        real[low] = (real[low] as number) + re;
        imaginary[low] = (imaginary[low] as number) + im;
      }
    }
  }
}

/** Adds the power of each of the `FRAME / 2` bins of a frame that begins at `start`, under a Hann window, to `into`. The scale is of no matter: only ratios are used. */
export function addPower(samples: Float32Array, start: number, into: Float64Array): void {
  for (let i = 0; i < FRAME; i += 1) {
    real[REVERSED[i] as number] = (samples[start + i] ?? 0) * (WINDOW[i] as number);
    imaginary[i] = 0;
  }
  transform();
  for (let bin = 0; bin < HALF; bin += 1) into[bin] = (into[bin] as number) + (real[bin] as number) ** 2 + (imaginary[bin] as number) ** 2;
}

/** A part of the spectrum, Hz. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Bands of a twelfth of an octave, 50 Hz to 20 kHz, one at 1 kHz: fine enough to tell 14 from 15 kHz. */
export const BANDS: readonly Band[] = Array.from({ length: 105 }, (_, i) => {
  const centre = 1000 * 2 ** ((i - 52) / 12);
  return { low: centre * 2 ** (-1 / 24), high: centre * 2 ** (1 / 24) };
});

/** Power in each of the bands; bins that lie in two are shared. */
export function bandPowers(power: Float64Array, sampleRate: number): Float64Array {
  const width = sampleRate / FRAME;
  return Float64Array.from(BANDS, ({ low, high }) => {
    let sum = 0;
    const last = Math.min(HALF - 1, Math.ceil(high / width + 0.5));
    for (let bin = Math.max(1, Math.floor(low / width - 0.5)); bin <= last; bin += 1) {
      const shared = Math.min(high, (bin + 0.5) * width) - Math.max(low, (bin - 0.5) * width);
      if (shared > 0) sum += ((power[bin] as number) * shared) / width;
    }
    return sum;
  });
}
