import { writePictureAnswer } from './description.ts';
import type { HostAddress } from './description.ts';
import type { Command, Report } from './ipc.ts';
import { LAYER_LIMITS } from './picture-source.ts';
import type { VoiceReport } from './picture-view.ts';
import { Pictures } from './pictures.ts';
import type { PicturePeer } from './pictures.ts';
import { NativeTransport } from './transport.ts';
import type { TransportPlace } from './transport.ts';

/** As for voices: who needs longer has gone, or never came. */
const CONNECT_TIMEOUT_MS = 20_000;
/** Packets over the rate since the join: some seconds of a flood. */
const FLOOD_PACKETS = 3000;
/** Each keeps 650 KB of what was shown last; more than these at once no uplink of a house carries. */
const MAX_SHOWING = 200;

export interface PictureDeskDeps {
  readonly tell: (report: Report) => void;
  readonly place: () => TransportPlace;
  readonly addresses: () => readonly HostAddress[];
  readonly maxPeers: () => number;
  /** A connection was closed. */
  readonly closed: () => void;
  /** How the voices arrive that a peer hears. */
  readonly voiceOf: (peer: string) => VoiceReport | null;
}

/** Connections for pictures, inside the relay's process. */
export class PictureDesk {
  readonly #deps: PictureDeskDeps;
  readonly #pictures: Pictures;

  constructor(deps: PictureDeskDeps) {
    this.#deps = deps;
    this.#pictures = new Pictures(deps.voiceOf);
  }

  handle(command: Extract<Command, { type: 'joinPicture' | 'leavePicture' | 'show' | 'sizePicture' | 'pictureCounters' }>): void {
    switch (command.type) {
      case 'joinPicture':
        this.#join(command);
        break;
      case 'leavePicture': {
        this.#pictures.forget(command.peer);
        const peer = this.#pictures.find(command.peer);
        if (peer) this.#drop(peer);
        break;
      }
      case 'show':
        this.#pictures.show(command.picture, command);
        break;
      case 'sizePicture':
        this.#pictures.setSize(command.peer, command.size);
        break;
      case 'pictureCounters':
        this.#deps.tell({ type: 'pictureCounters', request: command.request, peers: this.#pictures.counters() });
        break;
    }
  }

  /** Every few 10 ms. */
  turn(): void {
    this.#pictures.turn(performance.now());
  }

  /** Once a second. */
  tick(): void {
    const now = performance.now();
    this.#pictures.tick(now, Date.now());
    for (const { line, wanted } of this.#pictures.takeWanted()) this.#deps.tell({ type: 'pictureWanted', peer: line, wanted });
    for (const peer of [...this.#pictures.peers]) {
      const late = !peer.announced && now - peer.joinedAtMs > CONNECT_TIMEOUT_MS;
      if (late || (peer.source?.intake.overRate ?? 0) > FLOOD_PACKETS) this.#lose(peer);
    }
  }

  #join({ request, peer: id, offer, layer = 'screen', voice }: Extract<Command, { type: 'joinPicture' }>): void {
    const former = this.#pictures.find(id);
    if (former) this.#drop(former);
    if (this.#pictures.size >= this.#deps.maxPeers() || (offer.role === 'shows' && this.#pictures.showing >= MAX_SHOWING)) {
      this.#deps.tell({ type: 'refused', request, why: 'the relay is full' });
      return;
    }
    try {
      const ssrc = 1 + Math.floor(Math.random() * 0xfffffffe);
      const transport = new NativeTransport(offer, this.#deps.place());
      const peer = this.#pictures.add(id, offer, { transport, ssrc, layer, nowMs: performance.now(), ...(voice === undefined ? {} : { voice }) });
      transport.listen({
        packet: (packet) => { this.#pictures.receive(peer, packet, performance.now()); },
        up: () => { peer.announced = true; },
        down: () => { this.#lose(peer); },
      });
      this.#deps.tell({ type: 'pictureJoined', request, answer: writePictureAnswer(offer, transport.local, this.#deps.addresses(), { ssrc, maxKbps: LAYER_LIMITS[layer].most / 1000 }) });
    } catch (error) {
      this.#deps.tell({ type: 'refused', request, why: error instanceof Error ? error.message : String(error) });
    }
  }

  #drop(peer: PicturePeer): void {
    this.#pictures.remove(peer);
    peer.transport.close();
    this.#deps.closed();
  }

  #lose(peer: PicturePeer): void {
    if (this.#pictures.find(peer.id) !== peer) return;
    this.#drop(peer);
    this.#deps.tell({ type: 'pictureLost', peer: peer.id });
  }
}
