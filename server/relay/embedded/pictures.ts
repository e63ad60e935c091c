import type { PictureCounters, PictureLayer, PictureSize } from '../relay.ts';
import { readFeedback, readReports } from './feedback.ts';
import type { PictureOffer } from './offer.ts';
import type { Transport } from './peer.ts';
import { PicturePacket } from './picture-packet.ts';
import { PictureSource } from './picture-source.ts';
import { View } from './picture-view.ts';
import type { ViewDeps, VoiceReport } from './picture-view.ts';
import { emptyPacket, isRtcp, parseRtp } from './rtp.ts';
import { ShownPictures } from './shown-pictures.ts';
import type { ShownPicture } from './shown-pictures.ts';
import { KnownWays } from './way.ts';

/** One connection for pictures: it shows or it watches. */
export interface PicturePeer {
  readonly id: string;
  readonly transport: Transport;
  readonly joinedAtMs: number;
  readonly source: PictureSource | null;
  readonly view: View | null;
  announced: boolean;
}

export interface PictureLink {
  readonly transport: Transport;
  /** Of what a viewer is sent, as the answer told it. */
  readonly ssrc: number;
  readonly layer?: PictureLayer;
  /** The connection for voices of whoever watches. */
  readonly voice?: string;
  readonly nowMs: number;
}

/**
 * Forwards what is shown to those lines that the server names, and to nobody else. Knows nothing of sockets: packets come in by `receive` and go out by the peers' transports. Nothing is allocated for a packet.
 */
export class Pictures {
  readonly #peers = new Map<string, PicturePeer>();
  readonly #shown = new ShownPictures();
  readonly #sizes = new Map<string, PictureSize>();
  readonly #parsed = emptyPacket();
  readonly #packet = new PicturePacket();
  readonly #viewDeps: ViewDeps;
  /** Views that are to be looked at between two seconds. */
  readonly #probing = new Set<View>();
  /** The viewer whose feedback is being read. */
  #asking: View | null = null;
  #nowMs = 0;
  readonly #sink = {
    lost: (sequence: number): void => { this.#asking?.resend(sequence, this.#nowMs); },
    needsPicture: (): void => { (this.#asking?.next ?? this.#asking?.current)?.request(this.#nowMs); },
    carries: (bitrate: number): void => { this.#asking?.noteEstimate(bitrate, this.#nowMs); },
    received: (ssrc: number, lost: number, highest: number): void => { if (ssrc === this.#asking?.ssrc) this.#asking.noteReport(lost, highest, this.#nowMs); },
  };

  /** @param voiceOf how the voices that a peer hears arrive, or null if nothing is known */
  constructor(voiceOf: (peer: string) => VoiceReport | null = () => null) {
    this.#viewDeps = { packet: this.#packet, ways: new KnownWays(), voiceOf };
  }

  get peers(): IterableIterator<PicturePeer> {
    return this.#peers.values();
  }

  get size(): number {
    return this.#peers.size;
  }

  /** How many show something. */
  get showing(): number {
    let count = 0;
    for (const { source } of this.#peers.values()) if (source !== null) count += 1;
    return count;
  }

  find(id: string): PicturePeer | undefined {
    return this.#peers.get(id);
  }

  /** Adds a peer. The caller removes and closes a former one of the same id first. */
  add(id: string, offer: PictureOffer, link: PictureLink): PicturePeer {
    const { transport, nowMs, layer = 'screen', voice = null } = link;
    const shows = offer.role === 'shows';
    const source = shows ? new PictureSource(id, offer, { transport, layer, nowMs }) : null;
    const view = shows ? null : new View(id, offer, { transport, ssrc: link.ssrc, voice }, this.#viewDeps);
    if (view !== null) view.size = this.#sizes.get(id) ?? 'high';
    const peer = { id, transport, joinedAtMs: nowMs, source, view, announced: false };
    this.#peers.set(id, peer);
    this.#nowMs = nowMs;
    for (const [, shown] of this.#shown.all()) if (shown.viewers.includes(id) || shown.layers.includes(id)) this.#connect(shown, shown.viewers);
    return peer;
  }

  remove(peer: PicturePeer): void {
    if (this.#peers.get(peer.id) !== peer) return;
    this.#peers.delete(peer.id);
    if (peer.view !== null) {
      this.#probing.delete(peer.view);
      peer.view.setLayers([], this.#nowMs);
    }
    if (peer.source !== null) for (const [, shown] of this.#shown.all()) if (shown.layers.includes(peer.id)) this.#connect(shown, shown.viewers);
  }

  /** A picture goes to these and to nobody else, from this call on. */
  show(picture: string, shown: ShownPicture): void {
    const before = this.#shown.get(picture)?.viewers ?? [];
    this.#shown.set(picture, shown);
    this.#connect(null, before.filter((viewer) => !shown.viewers.includes(viewer)));
    this.#connect(shown, shown.viewers);
  }

  /** The most that a viewer has use for. */
  setSize(id: string, size: PictureSize): void {
    this.#sizes.set(id, size);
    const view = this.#peers.get(id)?.view ?? null;
    if (view === null) return;
    view.size = size;
    view.choose(this.#nowMs);
  }

  /** Drops what a line shows, and what it was to be shown. */
  forget(id: string): void {
    this.#sizes.delete(id);
    const before = new Map(this.#shown.all());
    for (const picture of this.#shown.forget(id)) {
      const now = this.#shown.get(picture);
      const viewers = before.get(picture)?.viewers ?? [];
      this.#connect(null, viewers.filter((viewer) => now?.viewers.includes(viewer) !== true));
      if (now !== undefined) this.#connect(now, now.viewers);
    }
  }

  /** Hot path. `nowMs` is a monotonic clock. */
  receive(peer: PicturePeer, packet: Buffer, nowMs: number): void {
    const { source, view } = peer;
    this.#nowMs = nowMs;
    this.#packet.nowMs = nowMs;
    if (isRtcp(packet)) {
      if (view !== null) this.#feedback(view, packet);
      else source?.noteSenderReport(packet, nowMs);
      return;
    }
    const parsed = this.#parsed;
    if (source === null || !parseRtp(packet, 0, parsed) || !source.take(packet, parsed, nowMs)) return;
    const { feeds, waiting, frame } = source;
    if (feeds.length > 0) this.#packet.load(packet, parsed.payloadStart, parsed.payloadEnd);
    for (let i = 0; i < feeds.length; i += 1) feeds[i]?.forward(source, parsed, frame, nowMs);
    if (frame.startsKeyframe) for (let i = waiting.length - 1; i >= 0; i -= 1) waiting[i]?.switchTo(source, parsed, frame, nowMs);
  }

  /** Every few 10 ms. */
  turn(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#packet.nowMs = nowMs;
    for (const view of this.#probing) {
      view.pace(nowMs);
      if (!view.probing) this.#probing.delete(view);
    }
  }

  /** Once a second: reports, choices, how much is wanted, and what of a whole picture is still owed. */
  tick(nowMs: number, unixMs: number): void {
    this.#nowMs = nowMs;
    for (const { transport, view } of this.#peers.values()) {
      if (view === null || !transport.open) continue;
      view.second(nowMs, unixMs);
      if (view.probing) this.#probing.add(view);
    }
    for (const { transport, source } of this.#peers.values()) if (transport.open) source?.report(nowMs);
  }

  /** News of what is wanted, line by line. */
  *takeWanted(): Generator<{ line: string; wanted: boolean }> {
    for (const { id, transport, source } of this.#peers.values()) {
      const wanted = transport.open ? source?.takeWanted(this.#nowMs) ?? null : null;
      if (wanted !== null) yield { line: id, wanted };
    }
  }

  counters(): PictureCounters[] {
    return Array.from(this.#peers.values(), ({ id, transport, source, view }) => ({
      peer: id, connected: transport.open, packetsIn: source?.intake.packets ?? 0, packetsOut: view?.packets ?? 0,
      packetsFrom: Object.fromEntries(Array.from(view?.tallies ?? []).filter(([, { packets }]) => packets > 0).map(([from, { packets }]) => [from, packets])),
    }));
  }

  #connect(shown: ShownPicture | null, viewers: readonly string[]): void {
    const layers: PictureSource[] = [];
    for (const line of shown?.layers ?? []) {
      const source = this.#peers.get(line)?.source ?? null;
      if (source !== null) layers.push(source);
    }
    for (const id of viewers) this.#peers.get(id)?.view?.setLayers(layers, this.#nowMs);
  }

  #feedback(view: View, packet: Buffer): void {
    this.#asking = view;
    readReports(packet, this.#sink);
    readFeedback(packet, view.ssrc, this.#sink);
    this.#asking = null;
  }
}
