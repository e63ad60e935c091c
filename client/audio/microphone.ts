import { signal } from '@preact/signals';
import type { MicProblem } from '../app/contracts.ts';

export interface MicrophoneOptions {
  /** Device id, or empty for the browser's default. */
  readonly device: string;
  /** No echo cancellation, noise suppression or gain control: for music, an external mixer, or a measurement. */
  readonly originalSound: boolean;
}

/** What went wrong, in the words of the contract. Names: https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
function problemOf(error: unknown): MicProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none-found';
  if (name === 'NotReadableError' || name === 'AbortError') return 'in-use';
  return 'unsupported';
}

export class MicrophoneError extends Error {
  readonly reason: MicProblem;

  constructor(reason: MicProblem, cause?: unknown) {
    super(`microphone: ${reason}`, { cause });
    this.name = 'MicrophoneError';
    this.reason = reason;
  }
}

async function request(options: MicrophoneOptions): Promise<MediaStream> {
  // `navigator.mediaDevices` is missing on plain http from another machine.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new MicrophoneError('unsupported');
  const processed = !options.originalSound;
  const audio: MediaTrackConstraints = {
    echoCancellation: processed,
    noiseSuppression: processed,
    autoGainControl: processed,
    channelCount: 1,
  };
  try {
    if (options.device === '') return await devices.getUserMedia({ audio });
    try {
      return await devices.getUserMedia({ audio: { ...audio, deviceId: { exact: options.device } } });
    } catch (error) {
      // The chosen device was unplugged since: any microphone is better than none.
      if (problemOf(error) !== 'none-found') throw error;
      return await devices.getUserMedia({ audio });
    }
  } catch (error) {
    throw new MicrophoneError(problemOf(error), error);
  }
}

/** One captured microphone with its level. */
export class Microphone {
  readonly track: MediaStreamTrack;
  private readonly stream: MediaStream;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly analyser: AnalyserNode;
  private readonly samples = new Float32Array(512);

  private constructor(stream: MediaStream, track: MediaStreamTrack, context: AudioContext) {
    this.stream = stream;
    this.track = track;
    this.source = context.createMediaStreamSource(stream);
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = this.samples.length;
    this.source.connect(this.analyser);
  }

  /** @throws MicrophoneError */
  static async open(options: MicrophoneOptions, context: AudioContext): Promise<Microphone> {
    const stream = await request(options);
    const track = stream.getAudioTracks()[0];
    if (track === undefined) throw new MicrophoneError('none-found');
    return new Microphone(stream, track, context);
  }

  /** What is captured, for measurements. */
  get node(): AudioNode {
    return this.source;
  }

  /** Loudness now, 0..1. Allocates nothing. */
  level(): number {
    return analyserLevel(this.analyser, this.samples);
  }

  onEnded(listener: () => void): void {
    this.track.addEventListener('ended', listener, { once: true });
  }

  close(): void {
    this.source.disconnect();
    for (const track of this.stream.getTracks()) track.stop();
  }
}

/** Maps an analyser's RMS to 0..1 over the 50 dB that matter for speech (-60 to -10 dBFS). */
export function analyserLevel(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): number {
  analyser.getFloatTimeDomainData(samples);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / samples.length);
  return levelOfRms(rms);
}

/** RMS (1 is full scale) to 0..1: 0 at -60 dBFS and below, 1 at -10 dBFS and above. */
export function levelOfRms(rms: number): number {
  if (rms <= 0) return 0;
  return Math.min(1, Math.max(0, (20 * Math.log10(rms) + 60) / 50));
}

/** Input and output devices; labels are empty until permission was given once. Refreshed on every change. */
export class DeviceList {
  readonly microphones = signal<readonly { id: string; label: string }[]>([]);
  readonly speakers = signal<readonly { id: string; label: string }[]>([]);

  constructor() {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', this.refresh);
  }

  readonly refresh = (): void => {
    void this.read();
  };

  private async read(): Promise<void> {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const list = devices === undefined ? [] : await devices.enumerateDevices().catch(() => []);
    this.microphones.value = pick(list, 'audioinput');
    this.speakers.value = pick(list, 'audiooutput');
  }
}

function pick(list: readonly MediaDeviceInfo[], kind: MediaDeviceKind): { id: string; label: string }[] {
  return list
    .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
    .map((device) => ({ id: device.deviceId, label: device.label }));
}
