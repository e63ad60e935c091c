import nodeDatachannel from 'node-datachannel';
import type { IceUdpMuxListener } from 'node-datachannel';
import { announcedAddresses, freeUdpPort } from './addresses.ts';
import { writeAnswer } from './description.ts';
import type { HostAddress } from './description.ts';
import { Forwarder } from './forwarder.ts';
import type { Command, RelaySettings, Report } from './ipc.ts';
import { PictureDesk } from './picture-desk.ts';
import { createPeer, pickSsrcs } from './peer.ts';
import type { Peer } from './peer.ts';
import { Recordings } from './recording/recordings.ts';
import { sendReports } from './reports.ts';
import { NativeTransport } from './transport.ts';

/** From offer to media: ICE and DTLS take under a second, a slow mobile network a few. Who needs longer has gone, or never came. */
const CONNECT_TIMEOUT_MS = 20_000;
const ACTIVITY_INTERVAL_MS = 100;
const TURN_INTERVAL_MS = 20;
const HOUSEKEEPING_INTERVAL_MS = 1000;
/** As much of a recording is lost when this process is killed. */
const WRITE_INTERVAL_MS = 250;
/** RFC 3550 section 6.2 recommends at least 5 s between reports; browsers do the same for audio. */
const REPORT_INTERVAL_MS = 5000;
/** Packets over the rate since the join: some 20 s of double speed, or one second of a flood. Nobody speaks like that. */
const FLOOD_PACKETS = 2500;

/**
 * A closed connection keeps some 10 KB of native memory until its JavaScript object is collected, which V8, seeing only the few bytes of
 * that object, puts off for thousands of them. Collecting takes about 10 ms, half a packet of speech, once in so many hang-ups.
 */
const COLLECT_AFTER_CLOSED = 200;

type JoinCommand = Extract<Command, { type: 'join' }>;

/** The relay inside its own process: takes commands, owns the media port and every connection. */
export class RelayWorker {
  readonly #tell: (report: Report) => void;
  readonly #forwarder = new Forwarder();
  readonly #recordings: Recordings;
  readonly #pictures: PictureDesk;
  #settings: RelaySettings | null = null;
  #addresses: HostAddress[] = [];
  #port = 0;
  #closed = 0;
  /** A join takes about a millisecond: one a turn of the event loop, or a crowd at the door would hold up everybody's voice. */
  readonly #joins: JoinCommand[] = [];
  /** Holds the port open while nobody is joined, for as long as it is referred to. Its requests are not listened to: they would be a flood's way into the event loop. */
  #listener: IceUdpMuxListener | null = null;

  constructor(tell: (report: Report) => void) {
    this.#tell = tell;
    this.#recordings = new Recordings((name, why) => tell({ type: 'recordFailed', name, why }));
    this.#forwarder.tap = this.#recordings;
    this.#pictures = new PictureDesk({
      tell, place: () => ({ port: this.#port, bindAddress: this.#settings?.bindAddress }), addresses: () => this.#addresses,
      maxPeers: () => this.#settings?.maxPeers ?? 0, closed: () => { this.#closed += 1; },
      voiceOf: (peer) => this.#forwarder.voiceOf(peer),
    });
  }

  handle(command: Command): void {
    switch (command.type) {
      case 'start':
        void this.#start(command.settings);
        break;
      case 'join':
        if (this.#joins.push(command) === 1) setImmediate(() => this.#nextJoin());
        break;
      case 'leave':
        this.#leave(command.peer);
        break;
      case 'route':
        this.#forwarder.route(command.changes);
        break;
      case 'counters':
        this.#tell({ type: 'counters', request: command.request, peers: this.#forwarder.counters() });
        break;
      case 'record':
        this.#recordings.record(command);
        break;
      case 'endRecord':
        this.#recordings.end(command.name);
        break;
      case 'ping':
        this.#tell({ type: 'pong', request: command.request });
        break;
      default:
        this.#pictures.handle(command);
    }
  }

  /** @returns when all that was recorded is in its files */
  save(): Promise<void> {
    return this.#recordings.endAll();
  }

  async #start(settings: RelaySettings): Promise<void> {
    try {
      if (this.#listener) throw new Error('the relay is already started');
      this.#settings = settings;
      this.#port = await freeUdpPort(settings.port, settings.bindAddress);
      this.#listener = new nodeDatachannel.IceUdpMuxListener(this.#port, settings.bindAddress);
    } catch (error) {
      this.#tell({ type: 'failed', why: error instanceof Error ? error.message : String(error) });
      return;
    }
    this.#refreshAddresses();
    setInterval(() => {
      this.#forwarder.beginTurn(performance.now());
      this.#pictures.turn();
    }, TURN_INTERVAL_MS);
    setInterval(() => this.#tellActivity(), ACTIVITY_INTERVAL_MS);
    setInterval(() => this.#housekeeping(), HOUSEKEEPING_INTERVAL_MS);
    setInterval(() => this.#recordings.tick(), WRITE_INTERVAL_MS);
    setInterval(() => sendReports(this.#forwarder.peers, { nowMs: performance.now(), unixMs: Date.now() }), REPORT_INTERVAL_MS);
    this.#tell({ type: 'ready', port: this.#port });
  }

  /** A laptop changes networks: what is announced follows. */
  #refreshAddresses(): void {
    const addresses = announcedAddresses(this.#settings?.mediaAddresses ?? [], this.#settings?.bindAddress);
    this.#addresses = addresses.map((address) => ({ address, port: this.#port }));
  }

  #nextJoin(): void {
    const command = this.#joins.shift();
    if (command) this.#join(command);
    if (this.#joins.length > 0) setImmediate(() => this.#nextJoin());
  }

  #join(command: JoinCommand): void {
    const { request, peer: id, offer } = command;
    const former = this.#forwarder.find(id);
    if (former) this.#drop(former);
    if (!this.#settings || this.#forwarder.size >= this.#settings.maxPeers) {
      this.#tell({ type: 'refused', request, why: this.#settings ? 'the relay is full' : 'the relay is not started' });
      return;
    }
    try {
      const ssrcs = pickSsrcs(offer);
      const answer = this.#connect(id, offer, ssrcs);
      this.#tell({ type: 'joined', request, answer, slots: ssrcs.length });
    } catch (error) {
      this.#tell({ type: 'refused', request, why: error instanceof Error ? error.message : String(error) });
    }
  }

  #connect(id: string, offer: JoinCommand['offer'], ssrcs: readonly number[]): string {
    const transport = new NativeTransport(offer, { port: this.#port, bindAddress: this.#settings?.bindAddress });
    const peer = createPeer(id, offer, { transport, ssrcs, nowMs: performance.now() });
    transport.listen({
      packet: (packet) => this.#forwarder.receive(peer, packet, performance.now()),
      up: () => this.#up(peer),
      down: () => this.#lose(peer),
    });
    this.#forwarder.add(peer);
    return writeAnswer(offer, transport.local, ssrcs.map((ssrc) => ({ ssrc })), this.#addresses);
  }

  #up(peer: Peer): void {
    if (this.#forwarder.find(peer.id) !== peer || peer.announced) return;
    peer.announced = true;
    this.#tell({ type: 'connected', peer: peer.id });
  }

  #leave(id: string): void {
    for (let i = this.#joins.length - 1; i >= 0; i -= 1) {
      const waiting = this.#joins[i];
      if (waiting?.peer !== id) continue;
      this.#joins.splice(i, 1);
      this.#tell({ type: 'refused', request: waiting.request, why: 'the peer has left' });
    }
    this.#forwarder.forget(id);
    const peer = this.#forwarder.find(id);
    if (peer) this.#drop(peer);
  }

  #drop(peer: Peer): void {
    this.#forwarder.remove(peer);
    peer.transport.close();
    this.#closed += 1;
  }

  #lose(peer: Peer): void {
    if (this.#forwarder.find(peer.id) !== peer) return;
    this.#drop(peer);
    this.#tell({ type: 'lost', peer: peer.id });
  }

  #tellActivity(): void {
    const batch = this.#forwarder.activity();
    if (batch.length > 0) this.#tell({ type: 'activity', batch });
  }

  #housekeeping(): void {
    this.#refreshAddresses();
    this.#pictures.tick();
    const dropped = this.#forwarder.takeShed();
    if (dropped > 0) this.#tell({ type: 'overload', dropped });
    if (this.#closed >= COLLECT_AFTER_CLOSED) {
      this.#closed = 0;
      globalThis.gc?.();
    }
    const now = performance.now();
    for (const peer of [...this.#forwarder.peers]) {
      const late = !peer.announced && now - peer.joinedAtMs > CONNECT_TIMEOUT_MS;
      const flooding = (peer.microphone?.source.overRate ?? 0) > FLOOD_PACKETS;
      if (late || flooding) this.#lose(peer);
    }
  }
}
