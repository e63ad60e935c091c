/** Hearing protection of an interpreter's headphones. Pure signal processing, run by an audio worklet; it allocates nothing while it runs. */

/** The limiter knows what comes so long before it is heard, seconds. */
const AHEAD_S = 0.0025;
/** After a peak the limiter lets go in about this time, seconds. */
const RELEASE_S = 0.08;
/** What is sudden is what is louder, by so much, than the last seconds were. */
const SUDDEN_DB = 12;
/** Loudness now and loudness of the last seconds are measured over these times, seconds. */
const NOW_S = 0.02;
const BEFORE_S = 3;
/** After something sudden the sound comes back in about this time, seconds. */
const RECOVERY_S = 0.6;
/** Quieter than this nothing is sudden: after a pause a voice begins anew, at its usual level. dBFS, root mean square. */
const CALM_DB = -24;

const gainOf = (db: number): number => 10 ** (db / 20);
const coefficient = (seconds: number, sampleRate: number): number => 1 - Math.exp(-1 / (seconds * sampleRate));

/**
 * Two guards after another, with one gain for all channels. Against sudden loudness (feedback, a dropped microphone, an acoustic shock): what is 12 dB louder than the last seconds is
 * brought down to that, and comes back slowly. Then a limiter with look-ahead: no sample leaves that is over the ceiling, by construction, since each is multiplied by the mean of gains of which every one is low enough for it.
 * It delays by 2.5 ms.
 */
export class HearingGuard {
  /** Linear; no sample leaves that is larger. */
  ceiling: number;
  private readonly delay: readonly Float32Array[];
  private readonly length: number;
  private readonly gains: Float64Array;
  /** Indices of the gains that may still become the least of the window, in rising order of gain. */
  private readonly candidates: Float64Array;
  private readonly candidateGains: Float64Array;
  private first = 0;
  private count = 0;
  private at = 0;
  private index = 0;
  private held = 1;
  private sum: number;
  private now = 0;
  private before = 0;
  private calm = 1;
  private readonly rates: { readonly now: number; readonly before: number; readonly release: number; readonly recovery: number };
  private readonly sudden = gainOf(SUDDEN_DB) ** 2;
  private readonly least = gainOf(CALM_DB) ** 2;

  /** @param ceilingDb dBFS */
  constructor(sampleRate: number, channels: number, ceilingDb: number) {
    this.ceiling = gainOf(ceilingDb);
    this.length = Math.max(1, Math.round(AHEAD_S * sampleRate));
    this.delay = Array.from({ length: channels }, () => new Float32Array(this.length));
    this.gains = new Float64Array(this.length + 1).fill(1);
    this.candidates = new Float64Array(this.length + 1);
    this.candidateGains = new Float64Array(this.length + 1);
    this.sum = this.length + 1;
    this.rates = { now: coefficient(NOW_S, sampleRate), before: coefficient(BEFORE_S, sampleRate), release: coefficient(RELEASE_S, sampleRate), recovery: coefficient(RECOVERY_S, sampleRate) };
  }

  /** Gain of the guard against sudden loudness, 0..1: 1 while nothing is sudden. */
  get calming(): number {
    return this.calm;
  }

  /** One block of samples of each channel; what goes in and what comes out may be the same arrays. */
  process(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): void {
    const samples = inputs[0]?.length ?? 0;
    for (let i = 0; i < samples; i += 1) {
      let peak = 0;
      for (let c = 0; c < inputs.length; c += 1) peak = Math.max(peak, Math.abs((inputs[c] as Float32Array)[i] as number));
      const gain = this.limit(peak) * this.follow(peak);
      for (let c = 0; c < outputs.length; c += 1) {
        const line = this.delay[c];
        const input = inputs[Math.min(c, inputs.length - 1)] as Float32Array;
        if (line === undefined) continue;
        const late = line[this.at] as number;
        line[this.at] = input[i] as number;
        (outputs[c] as Float32Array)[i] = late * gain;
      }
      this.at = (this.at + 1) % this.length;
    }
  }

  /** How much what is coming is to be turned down for being sudden. */
  private follow(peak: number): number {
    const { now, before, recovery } = this.rates;
    const power = peak * peak;
    this.now += (power - this.now) * now;
    const allowed = Math.max(this.least, this.before * this.sudden);
    const wanted = this.now > allowed ? Math.sqrt(allowed / this.now) : 1;
    // What was turned down counts as it is heard: a long noise becomes usual only slowly.
    this.before += (Math.min(this.now, allowed) - this.before) * before;
    this.calm = wanted < this.calm ? wanted : this.calm + (wanted - this.calm) * recovery;
    return this.calm;
  }

  /** Least gain of the window, let go slowly, averaged over the window: smooth, and never too much for the sample that leaves now. */
  private limit(peak: number): number {
    const { gains, length, candidates, candidateGains } = this;
    const size = length + 1;
    const needed = peak > this.ceiling ? this.ceiling / peak : 1;
    while (this.count > 0 && (candidateGains[(this.first + this.count - 1) % size] as number) >= needed) this.count -= 1;
    const last = (this.first + this.count) % size;
    candidates[last] = this.index;
    candidateGains[last] = needed;
    this.count += 1;
    if ((candidates[this.first] as number) <= this.index - size) {
      this.first = (this.first + 1) % size;
      this.count -= 1;
    }
    const least = candidateGains[this.first] as number;
    this.held = Math.min(least, this.held + (1 - this.held) * this.rates.release);
    const slot = this.index % size;
    this.sum += this.held - (gains[slot] as number);
    gains[slot] = this.held;
    this.index += 1;
    return Math.min(1, this.sum / size);
  }
}
