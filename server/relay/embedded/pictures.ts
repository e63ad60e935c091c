import type { PictureCounters } from '../relay.ts';
import { NACK_BYTES, PLI_BYTES, readFeedback, REMB_BYTES, writeBitrate, writeLoss, writePictureRequest } from './feedback.ts';
import type { PictureOffer } from './offer.ts';
import type { Transport } from './peer.ts';
import { PictureCache } from './picture-cache.ts';
import { findSenderReport, RECEIVER_REPORT_BYTES, SENDER_REPORT_BYTES, writeReceiverReport, writeSenderReport } from './rtcp.ts';
import { emptyPacket, isRtcp, MAX_PAYLOAD_BYTES, parseRtp, RTP_HEADER_BYTES, writeRtpHeader } from './rtp.ts';
import type { RtpPacket, RtpStamp } from './rtp.ts';
import { MicrophoneSource } from './source.ts';
import type { SourceKind } from './source.ts';

/** RTP clock of video (RFC 3551 section 5). */
const CLOCK_HZ = 90_000;
/** What is wanted of whoever shows something, at most. */
export const PICTURE_MAX_KBPS = 1500;
/** However bad the way of one viewer is, the others are shown something that can be read. */
const MIN_BITRATE = 250_000;
/** At 1.5 Mbit/s some 160 packets of 1,200 bytes; small ones and catching up leave it well below this. */
const PICTURE: SourceKind = { clockHz: CLOCK_HZ, packetsPerSecond: 500, burstPackets: 600 };
/** A whole picture of a screen is large: asked for no oftener than this, whoever comes or has lost it. */
const REQUEST_MS = 500;
/** A packet is asked for again no sooner: about the longest round trip. */
const LOSS_MS = 100;
/** Packets that a viewer may have sent again in a second. */
const RESENT_PER_SECOND = 150;
/** What a viewer says of their way counts so long. */
const ESTIMATE_MS = 10_000;

interface Source {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly intake: MicrophoneSource;
  readonly cache: PictureCache;
  readonly viewers: View[];
  requestedAtMs: number;
  wanted: boolean;
  lastTimestamp: number;
  lastAtMs: number;
  lastSenderReport: number;
  lastSenderReportAtMs: number;
  reportedPackets: number;
  /** The last packet that was asked for again, and when. */
  lossSequence: number;
  lossAtMs: number;
}

interface View {
  readonly owner: PicturePeer;
  readonly ssrc: number;
  readonly stamp: RtpStamp;
  from: PicturePeer | null;
  /** Sequence numbers of a viewer's connection are those of the source and this, so that what is lost can be named. */
  offset: number | null;
  generation: number;
  packets: number;
  octets: number;
  resendsLeft: number;
  estimate: number;
  estimateAtMs: number;
  readonly tallies: Map<string, { packets: number }>;
}

export interface PicturePeer {
  readonly id: string;
  readonly transport: Transport;
  readonly joinedAtMs: number;
  readonly source: Source | null;
  readonly view: View | null;
  announced: boolean;
}

/** @param ssrc of what a viewer is sent, as the answer told it */
export function createPicturePeer(id: string, offer: PictureOffer, link: { transport: Transport; ssrc: number; nowMs: number }): PicturePeer {
  const peer: { -readonly [K in keyof PicturePeer]: PicturePeer[K] } = { id, transport: link.transport, joinedAtMs: link.nowMs, source: null, view: null, announced: false };
  if (offer.role === 'shows') {
    peer.source = {
      ssrc: offer.ssrc ?? 0, payloadType: offer.payloadType, intake: new MicrophoneSource(PICTURE), cache: new PictureCache(), viewers: [],
      requestedAtMs: -Infinity, wanted: false, lastTimestamp: 0, lastAtMs: link.nowMs, lastSenderReport: 0, lastSenderReportAtMs: 0, reportedPackets: 0, lossSequence: -1, lossAtMs: 0,
    };
  } else {
    peer.view = {
      owner: peer, ssrc: link.ssrc, stamp: { marker: false, payloadType: offer.payloadType, sequence: 0, timestamp: 0, ssrc: link.ssrc },
      from: null, offset: null, generation: 0, packets: 0, octets: 0, resendsLeft: RESENT_PER_SECOND, estimate: Infinity, estimateAtMs: 0, tallies: new Map(),
    };
  }
  return peer;
}

/**
 * Forwards what somebody shows to those viewers whom the server names, and to nobody else. Every viewer has the picture of one person at a time, on a connection that is made for it, so a packet needs but
 * another header. Knows nothing of sockets: packets come in by `receive` and go out by the peers' transports. Nothing is allocated for a packet.
 */
export class Pictures {
  readonly #peers = new Map<string, PicturePeer>();
  /** Who is to get whose picture, whether or not they are joined. */
  readonly #shown = new Map<string, readonly string[]>();
  readonly #packet = emptyPacket();
  readonly #scratch = Buffer.alloc(RTP_HEADER_BYTES + MAX_PAYLOAD_BYTES);
  readonly #views: Buffer[] = [];
  readonly #pli = Buffer.alloc(PLI_BYTES);
  readonly #nack = Buffer.alloc(NACK_BYTES);
  readonly #remb = Buffer.alloc(REMB_BYTES);
  readonly #senderReport = Buffer.alloc(SENDER_REPORT_BYTES);
  readonly #receiverReport = Buffer.alloc(RECEIVER_REPORT_BYTES);
  /** The viewer whose feedback is being read. */
  #asking: View | null = null;
  #askedAtMs = 0;
  readonly #sink = {
    lost: (sequence: number): void => { this.#resend(sequence); },
    needsPicture: (): void => { this.#request(this.#asking?.from ?? null, this.#askedAtMs); },
    carries: (bitrate: number): void => {
      if (this.#asking === null) return;
      this.#asking.estimate = bitrate;
      this.#asking.estimateAtMs = this.#askedAtMs;
    },
  };

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
  add(peer: PicturePeer): void {
    this.#peers.set(peer.id, peer);
    for (const [from, viewers] of this.#shown) if (from === peer.id || viewers.includes(peer.id)) this.#connect(from);
  }

  remove(peer: PicturePeer): void {
    if (this.#peers.get(peer.id) !== peer) return;
    this.#peers.delete(peer.id);
    for (const view of [...(peer.source?.viewers ?? [])]) this.#disconnect(view);
    if (peer.view !== null) this.#disconnect(peer.view);
  }

  /** What `from` shows goes to these and to nobody else, from this call on. */
  show(from: string, viewers: readonly string[]): void {
    if (viewers.length === 0) this.#shown.delete(from);
    else this.#shown.set(from, viewers);
    this.#connect(from);
  }

  /** Drops what `id` was to be shown, and to whom it shows. */
  forget(id: string): void {
    this.show(id, []);
    for (const [from, viewers] of this.#shown) if (viewers.includes(id)) this.show(from, viewers.filter((viewer) => viewer !== id));
  }

  /** Hot path. `nowMs` is a monotonic clock. */
  receive(peer: PicturePeer, packet: Buffer, nowMs: number): void {
    const { source, view } = peer;
    if (isRtcp(packet)) {
      if (view !== null) this.#feedback(view, packet, nowMs);
      else if (source !== null) noteSenderReport(source, packet, nowMs);
      return;
    }
    const parsed = this.#packet;
    if (source === null || !parseRtp(packet, 0, parsed)) return;
    if (parsed.ssrc !== source.ssrc || parsed.payloadType !== source.payloadType) return;
    if (source.intake.accept(parsed, nowMs) === 'drop') return;
    source.lastTimestamp = parsed.timestamp;
    source.lastAtMs = nowMs;
    source.cache.keep(packet, parsed);
    if (source.viewers.length === 0) return;
    packet.copy(this.#scratch, RTP_HEADER_BYTES, parsed.payloadStart, parsed.payloadEnd);
    for (let i = 0; i < source.viewers.length; i += 1) {
      const each = source.viewers[i];
      if (each !== undefined) this.#send(each, source, parsed, parsed.payloadEnd - parsed.payloadStart);
    }
  }

  /** Once a second: reports, how much is wanted, and what of a whole picture is still owed. */
  tick(nowMs: number, unixMs: number): void {
    for (const peer of this.#peers.values()) {
      if (!peer.transport.open) continue;
      if (peer.source !== null) this.#reportSource(peer, peer.source, nowMs);
      if (peer.view !== null) this.#reportView(peer.view, nowMs, unixMs);
    }
  }

  counters(): PictureCounters[] {
    return Array.from(this.#peers.values(), ({ id, transport, source, view }) => ({
      peer: id, connected: transport.open, packetsIn: source?.intake.packets ?? 0, packetsOut: view?.packets ?? 0,
      packetsFrom: Object.fromEntries(Array.from(view?.tallies ?? [], ([from, { packets }]) => [from, packets])),
    }));
  }

  #connect(from: string): void {
    const shower = this.#peers.get(from);
    const viewers = this.#shown.get(from) ?? [];
    for (const view of [...(shower?.source?.viewers ?? [])]) if (!viewers.includes(view.owner.id)) this.#disconnect(view);
    const source = shower?.source ?? null;
    if (shower === undefined || source === null) return;
    for (const id of viewers) {
      const view = this.#peers.get(id)?.view ?? null;
      if (view === null || view.from === shower) continue;
      this.#disconnect(view);
      view.from = shower;
      view.offset = null;
      source.viewers.push(view);
      if (!view.tallies.has(from)) view.tallies.set(from, { packets: 0 });
      source.wanted = true;
    }
  }

  #disconnect(view: View): void {
    const viewers = view.from?.source?.viewers;
    view.from = null;
    const at = viewers?.indexOf(view) ?? -1;
    if (at >= 0) viewers?.splice(at, 1);
  }

  #send(view: View, source: Source, packet: Pick<RtpPacket, 'sequence' | 'timestamp' | 'marker'>, payloadBytes: number): void {
    if (!view.owner.transport.open || view.from === null) return;
    if (view.offset === null || view.generation !== source.intake.generation) {
      // Below 2^15, or a viewer who misses the first packets around a wrap would guess the wrong SRTP rollover counter (RFC 3711 section 3.3.1).
      const start = view.packets === 0 ? Math.floor(Math.random() * 0x4000) : view.stamp.sequence + 1;
      view.offset = start - packet.sequence;
      view.generation = source.intake.generation;
      this.#request(view.from, source.lastAtMs);
    }
    const { stamp } = view;
    stamp.sequence = (packet.sequence + view.offset) & 0xffff;
    stamp.timestamp = packet.timestamp;
    stamp.marker = packet.marker;
    const length = RTP_HEADER_BYTES + payloadBytes;
    const bytes = (this.#views[length] ??= this.#scratch.subarray(0, length));
    writeRtpHeader(bytes, stamp);
    if (!view.owner.transport.send(bytes)) return;
    view.packets += 1;
    view.octets += payloadBytes;
    const tally = view.tallies.get(view.from.id);
    if (tally !== undefined) tally.packets += 1;
  }

  #feedback(view: View, packet: Buffer, nowMs: number): void {
    if (view.from === null) return;
    this.#asking = view;
    this.#askedAtMs = nowMs;
    readFeedback(packet, view.ssrc, this.#sink);
    this.#asking = null;
  }

  /** Sends a packet again that the viewer lost, or asks for it if it never came here. */
  #resend(sequence: number): void {
    const view = this.#asking;
    const shower = view?.from ?? null;
    const source = shower?.source ?? null;
    if (view === null || shower === null || source === null || view.offset === null || view.resendsLeft <= 0) return;
    view.resendsLeft -= 1;
    const original = (sequence - view.offset) & 0xffff;
    if (!source.cache.has(original)) {
      if (source.lossSequence === original && this.#askedAtMs - source.lossAtMs < LOSS_MS) return;
      source.lossSequence = original;
      source.lossAtMs = this.#askedAtMs;
      writeLoss(this.#nack, REPORTER, source.ssrc, original);
      shower.transport.send(this.#nack);
      return;
    }
    const length = source.cache.copy(original, this.#scratch, RTP_HEADER_BYTES);
    const before = view.stamp.sequence;
    this.#packet.sequence = original;
    this.#packet.timestamp = source.cache.timestamp(original);
    this.#packet.marker = source.cache.marker(original);
    this.#send(view, source, this.#packet, length);
    view.stamp.sequence = before;
  }

  /** Asks for a whole picture, at once or when it may be asked for again. */
  #request(shower: PicturePeer | null, nowMs: number): void {
    const source = shower?.source ?? null;
    if (shower === null || source === null) return;
    source.wanted = nowMs - source.requestedAtMs < REQUEST_MS;
    if (source.wanted) return;
    source.requestedAtMs = nowMs;
    writePictureRequest(this.#pli, REPORTER, source.ssrc);
    shower.transport.send(this.#pli);
  }

  #reportSource(peer: PicturePeer, source: Source, nowMs: number): void {
    if (source.wanted) this.#request(peer, nowMs);
    if (source.intake.packets === source.reportedPackets) return;
    source.reportedPackets = source.intake.packets;
    const heard = source.lastSenderReport !== 0;
    writeReceiverReport(this.#receiverReport, {
      reporter: REPORTER, source: source.ssrc, report: source.intake.nextReport(), lastSenderReport: source.lastSenderReport,
      delaySince: heard ? Math.round(((nowMs - source.lastSenderReportAtMs) * 65536) / 1000) >>> 0 : 0,
    });
    peer.transport.send(this.#receiverReport);
    let bitrate = PICTURE_MAX_KBPS * 1000;
    for (const { estimate, estimateAtMs } of source.viewers) if (nowMs - estimateAtMs < ESTIMATE_MS) bitrate = Math.min(bitrate, estimate);
    writeBitrate(this.#remb, REPORTER, source.ssrc, Math.max(MIN_BITRATE, bitrate));
    peer.transport.send(this.#remb);
  }

  #reportView(view: View, nowMs: number, unixMs: number): void {
    view.resendsLeft = RESENT_PER_SECOND;
    const source = view.from?.source ?? null;
    if (source === null || view.packets === 0) return;
    const rtpTimestamp = (source.lastTimestamp + Math.round(((nowMs - source.lastAtMs) * CLOCK_HZ) / 1000)) >>> 0;
    writeSenderReport(this.#senderReport, { ssrc: view.ssrc, unixMs, rtpTimestamp, packets: view.packets, octets: view.octets });
    view.owner.transport.send(this.#senderReport);
  }
}

/** The relay's own SSRC towards whoever shows something. */
const REPORTER = 1;

function noteSenderReport(source: Source, packet: Buffer, nowMs: number): void {
  const report = findSenderReport(packet, source.ssrc);
  if (report === 0) return;
  source.lastSenderReport = report;
  source.lastSenderReportAtMs = nowMs;
}
