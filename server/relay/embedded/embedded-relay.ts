import { isIP } from 'node:net';
import type { PeerCounters, RecordOrder, Relay, RelayEvents, Route } from '../relay.ts';
import { RelayError } from '../relay.ts';
import { EmbeddedPictures } from './embedded-pictures.ts';
import type { Report } from './ipc.ts';
import { parseOffer } from './offer.ts';
import { RelayProcess } from './process.ts';
import type { RelayLog } from './process.ts';
import { RouteTable } from './routes.ts';

/** An answer takes milliseconds. Who waits longer is better served by an error and a new attempt: a hung process is replaced meanwhile. */
const REQUEST_TIMEOUT_MS = 5000;
/** What one process can carry is bounded by its CPU long before; this bounds its memory against a flood of joins. */
const DEFAULT_MAX_PEERS = 2000;
const MAX_PEER_ID_CHARS = 128;

export const DEFAULT_MEDIA_PORT = 2568;

export interface EmbeddedRelayOptions {
  /** UDP port for everybody's media; 0 picks a free one. */
  port?: number;
  /** Binds to this address alone, instead of all. */
  bindAddress?: string;
  /** IP addresses at which browsers reach the port, for a server behind a public address. Empty: those of the network interfaces. */
  mediaAddresses?: readonly string[];
  maxPeers?: number;
  log?: RelayLog;
}

interface Waiting {
  readonly settle: (report: Report) => void;
  readonly fail: (error: RelayError) => void;
  readonly timer: NodeJS.Timeout;
}

const SILENT: RelayLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Listeners = { [K in keyof RelayEvents]: Set<RelayEvents[K]> };

/** The relay of a single machine: a process of its own that owns the media port, restarted by itself if it dies. */
export class EmbeddedRelay implements Relay {
  readonly pictures: EmbeddedPictures;
  readonly #process: RelayProcess;
  readonly #log: RelayLog;
  /** Kept here too, because the process forgets everything when it dies. */
  readonly #routes = new RouteTable();
  readonly #waiting = new Map<number, Waiting>();
  readonly #joining = new Map<string, number>();
  readonly #listeners: Listeners = { activity: new Set(), connected: new Set(), lost: new Set(), restarted: new Set(), recordFailed: new Set() };
  #requests = 0;

  /** @throws RelayError UNAVAILABLE if an address is not an IP address */
  constructor(options: EmbeddedRelayOptions = {}) {
    const mediaAddresses = [...(options.mediaAddresses ?? [])];
    for (const address of [...mediaAddresses, ...(options.bindAddress === undefined ? [] : [options.bindAddress])]) {
      if (isIP(address) === 0) throw new RelayError('UNAVAILABLE', `not an IP address: ${address}`);
    }
    this.#log = options.log ?? SILENT;
    this.pictures = new EmbeddedPictures({ send: (command) => this.#process.send(command), request: (send) => this.#request(send) });
    const settings = {
      port: options.port ?? DEFAULT_MEDIA_PORT,
      mediaAddresses,
      maxPeers: options.maxPeers ?? DEFAULT_MAX_PEERS,
      ...(options.bindAddress === undefined ? {} : { bindAddress: options.bindAddress }),
    };
    this.#process = new RelayProcess(settings, this.#log, {
      report: (report) => this.#onReport(report),
      down: () => this.#failAll(),
      restarted: () => this.#onRestarted(),
    });
  }

  /** UDP port of the media, once started. */
  get port(): number {
    return this.#process.port;
  }

  /** Of the relay process, while it runs: for measuring its cost, and for tests that end it. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  start(): Promise<void> {
    return this.#process.start();
  }

  async join(peer: string, offer: string): Promise<{ answer: string; slots: number }> {
    if (peer.length === 0 || peer.length > MAX_PEER_ID_CHARS) throw new RelayError('OFFER_INVALID', 'a peer id of impossible length');
    const parsed = parseOffer(offer);
    this.#joining.set(peer, (this.#joining.get(peer) ?? 0) + 1);
    try {
      const report = await this.#request((request) => this.#process.send({ type: 'join', request, peer, offer: parsed }));
      if (report.type === 'refused') throw new RelayError('UNAVAILABLE', report.why);
      if (report.type !== 'joined') throw new RelayError('UNAVAILABLE', `unexpected reply ${report.type}`);
      return { answer: report.answer, slots: report.slots };
    } finally {
      const left = (this.#joining.get(peer) ?? 1) - 1;
      if (left === 0) this.#joining.delete(peer);
      else this.#joining.set(peer, left);
    }
  }

  leave(peer: string): void {
    this.#routes.forget(peer);
    this.#process.send({ type: 'leave', peer });
  }

  route(changes: readonly Route[]): void {
    for (const change of changes) this.#routes.set(change);
    if (changes.length > 0) this.#process.send({ type: 'route', changes: [...changes] });
  }

  record(order: RecordOrder): void {
    this.#process.send({ type: 'record', ...order });
  }

  endRecord(name: string): void {
    this.#process.send({ type: 'endRecord', name });
  }

  async counters(): Promise<readonly PeerCounters[]> {
    const report = await this.#request((request) => this.#process.send({ type: 'counters', request }));
    if (report.type !== 'counters') throw new RelayError('UNAVAILABLE', `unexpected reply ${report.type}`);
    return report.peers;
  }

  on<K extends keyof RelayEvents>(event: K, listener: RelayEvents[K]): () => void {
    const listeners: Set<RelayEvents[K]> = this.#listeners[event];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    this.#failAll();
  }

  #request(send: (request: number) => boolean): Promise<Report> {
    this.#requests += 1;
    const request = this.#requests;
    return new Promise((resolve, reject) => {
      if (!send(request)) {
        reject(new RelayError('UNAVAILABLE', 'the relay process is not running'));
        return;
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(request);
        reject(new RelayError('TIMEOUT', `the relay did not answer within ${REQUEST_TIMEOUT_MS} ms`));
      }, REQUEST_TIMEOUT_MS);
      this.#waiting.set(request, { settle: resolve, fail: reject, timer });
    });
  }

  #onReport(report: Report): void {
    switch (report.type) {
      case 'joined':
      case 'refused':
      case 'pictureJoined':
      case 'pictureCounters':
      case 'counters': {
        const waiting = this.#waiting.get(report.request);
        this.#waiting.delete(report.request);
        clearTimeout(waiting?.timer);
        waiting?.settle(report);
        break;
      }
      case 'activity':
        this.#emit('activity', (listener) => listener(report.batch));
        break;
      case 'connected':
        this.#emit('connected', (listener) => listener(report.peer));
        break;
      case 'pictureLost':
        this.pictures.lost(report.peer);
        break;
      case 'pictureWanted':
        this.pictures.wanted(report.peer, report.wanted);
        break;
      case 'recordFailed':
        this.#log.error({ recording: report.name, why: report.why }, 'relay: a recording could not be written');
        this.#emit('recordFailed', (listener) => listener(report.name, report.why));
        break;
      case 'overload':
        this.#log.warn({ dropped: report.dropped }, 'relay: more voice than this machine can forward, packets dropped');
        break;
      case 'lost':
        // Of the connection that a join under way replaces: no news for anybody.
        if (!this.#joining.has(report.peer)) this.#emit('lost', (listener) => listener(report.peer));
        break;
    }
  }

  #onRestarted(): void {
    const changes = [...this.#routes.all()];
    if (changes.length > 0) this.#process.send({ type: 'route', changes });
    this.pictures.restarted();
    this.#emit('restarted', (listener) => listener());
  }

  #failAll(): void {
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.fail(new RelayError('UNAVAILABLE', 'the relay process has ended'));
    }
    this.#waiting.clear();
  }

  /** A listener that throws must not keep the others, or the relay, from their work. */
  #emit<K extends keyof RelayEvents>(event: K, call: (listener: RelayEvents[K]) => void): void {
    const listeners: Set<RelayEvents[K]> = this.#listeners[event];
    for (const listener of [...listeners]) {
      try {
        call(listener);
      } catch (error) {
        this.#log.error({ err: error, event }, 'relay: a listener failed');
      }
    }
  }
}
