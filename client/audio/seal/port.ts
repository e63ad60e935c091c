import type { SealCounts, SealOrder } from './sealing.ts';
import { connectionOptions, takeStreams, transformKind } from './transforms.ts';
import type { TransformOptions } from './transforms.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface SealPortDeps {
  /** A key has sealed all that it may: another one is needed. */
  onSpent(keyId: number): void;
  /** The worker has failed: no frame passes any more on connections that were attached. */
  onBroken(): void;
}

/** The page's end of the worker that sees all voice frames: attaches it to connections, and passes orders on. */
export class SealPort {
  private readonly deps: SealPortDeps;
  private readonly worker: Worker | null;
  private readonly waiting = new Map<number, (counts: SealCounts | null) => void>();
  private readonly attached = new WeakSet<RTCRtpSender | RTCRtpReceiver>();
  private number = 0;
  private broken = false;

  constructor(deps: SealPortDeps) {
    this.deps = deps;
    this.worker = transformKind() === 'none' ? null : new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.worker?.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.receive(data));
    this.worker?.addEventListener('error', () => this.fail());
  }

  /** Whether frames of connections attached from now on can be sealed. */
  get can(): boolean {
    return this.worker !== null && !this.broken;
  }

  /** For `new RTCPeerConnection`. */
  get connectionOptions(): object {
    return this.can ? connectionOptions() : {};
  }

  /**
   * Puts the worker between a new connection and its frames. To be called before the connection is negotiated: Chromium lets no frame through
   * a transform that comes later.
   */
  attach(connection: RTCPeerConnection): void {
    const { worker } = this;
    if (worker === null || this.broken) return;
    for (const { sender, receiver, direction } of connection.getTransceivers()) {
      const { kind } = receiver.track;
      if (direction !== 'recvonly') this.put(worker, sender, { way: 'out', kind });
      if (direction !== 'sendonly') this.put(worker, receiver, { way: 'in', kind });
    }
    // Of a connection that is called the receivers come later, with the tracks.
    connection.addEventListener('track', ({ receiver, track }) => this.put(worker, receiver, { way: 'in', kind: track.kind }));
  }

  /** Resolves when all frames from now on obey. @returns false if there is nothing that could */
  async order(order: SealOrder): Promise<boolean> {
    return (await this.ask((number) => ({ kind: 'order', number, order }))) !== null;
  }

  /** What has become of all frames so far; null without a worker. */
  counts(): Promise<SealCounts | null> {
    return this.ask((number) => ({ kind: 'count', number }));
  }

  close(): void {
    this.worker?.terminate();
    this.giveUp();
  }

  private put(worker: Worker, source: RTCRtpSender | RTCRtpReceiver, { kind, ...options }: TransformOptions & { readonly kind: string }): void {
    if (this.attached.has(source)) return;
    this.attached.add(source);
    // Pictures are not sealed: they go as they are, and where all streams must be taken they are handed straight on.
    const isVoice = kind === 'audio';
    if (transformKind() === 'script') {
      if (!isVoice) return;
      source.transform = new RTCRtpScriptTransform(worker, options);
      return;
    }
    const { readable, writable } = takeStreams(source);
    if (!isVoice) {
      readable.pipeTo(writable).catch(() => undefined);
      return;
    }
    worker.postMessage({ kind: 'streams', readable, writable, ...options } satisfies ToWorker, [readable, writable]);
  }

  private ask(message: (number: number) => ToWorker): Promise<SealCounts | null> {
    const { worker } = this;
    if (worker === null || this.broken) return Promise.resolve(null);
    this.number += 1;
    const { number } = this;
    return new Promise((resolve) => {
      this.waiting.set(number, resolve);
      worker.postMessage(message(number));
    });
  }

  private receive(message: FromWorker): void {
    if (message.kind === 'spent') {
      this.deps.onSpent(message.keyId);
      return;
    }
    this.waiting.get(message.number)?.(message.counts);
    this.waiting.delete(message.number);
  }

  private fail(): void {
    if (this.broken) return;
    this.giveUp();
    this.deps.onBroken();
  }

  private giveUp(): void {
    this.broken = true;
    for (const resolve of this.waiting.values()) resolve(null);
    this.waiting.clear();
  }
}
