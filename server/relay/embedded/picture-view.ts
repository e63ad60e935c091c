import type { PictureSize } from '../relay.ts';
import { HIGH_ENTRY, LayerChoice } from './layer-choice.ts';
import { LayerNumbers } from './layer-numbers.ts';
import { nothingReported, sentUpTo } from './loss-meter.ts';
import type { PictureOffer } from './offer.ts';
import type { Transport } from './peer.ts';
import { Probe } from './probe.ts';
import { PAYLOAD_AT } from './picture-packet.ts';
import type { PicturePacket } from './picture-packet.ts';
import type { PictureSource } from './picture-source.ts';
import { SENDER_REPORT_BYTES, writeSenderReport } from './rtcp.ts';
import { sequenceDistance } from './rtp.ts';
import type { RtpPacket, RtpStamp } from './rtp.ts';
import { emptyFrame, readFrame } from './video-codecs.ts';
import type { FrameFacts } from './video-codecs.ts';
import { Way } from './way.ts';
import type { KnownWays } from './way.ts';

/** Packets that a viewer may have sent again in a second. */
const RESENT_PER_SECOND = 150;
/** Until so many packets have gone out, a line knows less of its way than other lines to the same person do. */
const FIRST_PACKETS = 50;
/** A viewer who has watched more lines than this drops the counts of the earliest. */
const MAX_TALLIES = 256;

const senderReport = Buffer.alloc(SENDER_REPORT_BYTES);
const again = emptyFrame();

/** How the voices that the same person hears arrive. */
export interface VoiceReport {
  /** 0 to 1. */
  readonly loss: number;
  readonly lossAtMs: number;
}

export interface ViewLink {
  readonly transport: Transport;
  readonly ssrc: number;
  /** The person's connection for voices, or null. */
  readonly voice: string | null;
}

/** What all views share. */
export interface ViewDeps {
  readonly packet: PicturePacket;
  readonly ways: KnownWays;
  voiceOf(peer: string): VoiceReport | null;
}

/** One line that watches: which layer of its picture it is sent, and under which numbers. */
export class View {
  readonly line: string;
  readonly ssrc: number;
  readonly way = new Way();
  readonly choice = new LayerChoice();
  size: PictureSize = 'high';
  /** What it is sent now, and what it will be sent from that source's next whole picture on. */
  current: PictureSource | null = null;
  next: PictureSource | null = null;
  packets = 0;
  octets = 0;
  readonly tallies = new Map<string, { packets: number }>();
  readonly #reported = nothingReported();
  readonly #probe = new Probe();
  readonly #numbers: LayerNumbers<PictureSource>;
  readonly #stamp: RtpStamp;
  readonly #link: ViewLink;
  readonly #deps: ViewDeps;
  readonly #payloadTypes: PictureOffer['payloadTypes'];
  readonly #sendTimeId: number;
  /** Of its picture, the largest first; those it can play. */
  #layers: readonly PictureSource[] = [];
  #standby: PictureSource | null = null;
  #generation = 0;
  #resendsLeft = RESENT_PER_SECOND;
  #tally = { packets: 0 };

  constructor(line: string, offer: PictureOffer, link: ViewLink, deps: ViewDeps) {
    this.line = line;
    this.ssrc = link.ssrc;
    this.#link = link;
    this.#deps = deps;
    this.#payloadTypes = offer.payloadTypes;
    this.#sendTimeId = offer.sendTimeId ?? 0;
    this.#stamp = { marker: false, payloadType: offer.payloadTypes.vp8, sequence: 0, timestamp: 0, ssrc: link.ssrc };
    this.#numbers = new LayerNumbers({ sequence: Math.floor(Math.random() * 0x4000), timestamp: Math.floor(Math.random() * 2 ** 32), pictureId: Math.floor(Math.random() * 0x7fff) });
  }

  get probing(): boolean {
    return this.#probe.running;
  }

  /** What it may be sent from now on, the largest first; none: not one packet more. */
  setLayers(layers: readonly PictureSource[], nowMs: number): void {
    this.#layers = layers;
    if (this.current !== null && !layers.includes(this.current)) this.#drop();
    if (this.next !== null && !layers.includes(this.next)) this.#await(null, nowMs);
    if (layers.length === 0) this.#probe.stop();
    this.choose(nowMs);
  }

  /** Decides what to send; call whenever something is known that was not. */
  choose(nowMs: number): void {
    const { way } = this;
    const voice = this.#link.voice === null ? null : this.#deps.voiceOf(this.#link.voice);
    const before = this.choice.level;
    const level = this.choice.decide({
      size: this.size, carries: this.#carries(nowMs), overfull: way.takeOverfull(), sent: way.sent, loss: way.meter.loss, lossAtMs: way.meter.lossAtMs,
      voiceLoss: voice?.loss ?? 0, voiceLossAtMs: voice?.lossAtMs ?? -Infinity,
    }, nowMs);
    if (before === 'high' && this.choice.level !== 'high') way.doubt();
    const playable = this.#layers.filter(({ codec }) => this.#payloadTypes[codec] !== null);
    const smallest = playable.at(-1) ?? null;
    const largest = playable.find((layer) => !layer.isResting(nowMs)) ?? null;
    const wanted = level === 'none' ? null : level === 'high' ? largest : smallest;
    const target = wanted?.isResting(nowMs) === true ? null : wanted;
    this.#aim(target, nowMs);
    this.#standBy(wanted === null ? null : smallest);
  }

  /** Hot path: a packet of `source`, which feeds this view, laid into the scratch packet. */
  forward(source: PictureSource, parsed: RtpPacket, frame: FrameFacts, nowMs: number): void {
    if (this.current !== source || !this.#link.transport.open) return;
    if (this.#generation !== source.intake.generation || !this.#numbers.feeds(source)) {
      this.#begin(source, parsed, frame, nowMs);
      source.request(nowMs);
    }
    const number = this.#numbers.place(parsed, nowMs);
    if (number >= 0) this.#send(source, number, parsed, frame);
  }

  /** A whole picture of what it waits for begins with this packet. If it came late, what follows it has come already, and goes out at once. */
  switchTo(source: PictureSource, parsed: RtpPacket, frame: FrameFacts, nowMs: number): void {
    if (this.next !== source) return;
    this.#await(null, nowMs);
    if (this.current !== null) remove(this.current.feeds, this);
    this.#feed(source);
    this.#begin(source, parsed, frame, nowMs);
    for (let ahead = 0; ahead <= sequenceDistance(source.newest, parsed.sequence); ahead += 1) {
      const sequence = (parsed.sequence + ahead) & 0xffff;
      if (!source.cache.has(sequence)) continue;
      this.#load(source, sequence);
      this.#send(source, this.#numbers.place(cached, nowMs), cached, again);
    }
  }

  /** Sends again what the viewer lost, or asks for it if it never came here. */
  resend(number: number, nowMs: number): void {
    const named = this.#numbers.find(number);
    if (named === null || this.current === null || this.#resendsLeft <= 0) return;
    this.#resendsLeft -= 1;
    const { origin, sequence } = named;
    if (origin === null) {
      this.#sendPadding(number);
      return;
    }
    if (!this.#layers.includes(origin)) return;
    if (!origin.cache.has(sequence)) {
      origin.ask(sequence, nowMs);
      return;
    }
    this.#load(origin, sequence);
    this.#send(origin, number, cached, again);
  }

  /** Every few 10 ms, while it is trying out its way. */
  pace(nowMs: number): void {
    if (this.current === null) this.#probe.stop();
    if (!this.#probe.running) return;
    for (let due = this.#probe.due(nowMs); due > 0; due -= 1) this.#sendPadding(this.#numbers.pad());
  }

  /** Once a second. */
  second(nowMs: number, unixMs: number): void {
    this.#resendsLeft = RESENT_PER_SECOND;
    this.way.second(nowMs);
    if (this.#link.voice !== null && this.packets > FIRST_PACKETS) this.#deps.ways.note(this.#link.voice, this.way.carries(nowMs), nowMs);
    this.#probeOn(nowMs);
    this.choose(nowMs);
    if (this.current === null || this.packets === 0) return;
    writeSenderReport(senderReport, { ssrc: this.ssrc, unixMs, rtpTimestamp: this.#numbers.timestampAt(nowMs), packets: this.packets, octets: this.octets });
    this.#link.transport.send(senderReport);
  }

  /** The browser's estimate of its way, bits a second. */
  noteEstimate(bitrate: number, nowMs: number): void {
    if (this.way.noteEstimate(bitrate, nowMs)) this.#giveUp(nowMs);
    this.choose(nowMs);
  }

  /** Of the viewer's receiver report: packets lost since the beginning, and the extended highest sequence number. */
  noteReport(lost: number, highest: number, nowMs: number): void {
    const sent = sentUpTo(highest, { packets: this.packets, newest: this.#numbers.newest });
    if (this.way.noteReport(this.#reported, { lost, highest, sent }, nowMs)) this.#giveUp(nowMs);
    this.choose(nowMs);
  }

  #probeOn(nowMs: number): void {
    const mayRise = this.size === 'high' && this.#layers.length > 1 && this.current !== null && this.current === this.#layers.at(-1) && this.choice.mayTry(nowMs);
    if (!this.#probe.running) {
      if (mayRise && this.way.carries(nowMs) < HIGH_ENTRY) this.#probe.start(nowMs);
    } else if (!mayRise) this.#probe.stop();
    else if (this.#probe.isOver(nowMs)) this.#giveUp(nowMs);
  }

  #giveUp(nowMs: number): void {
    if (!this.#probe.running) return;
    this.#probe.stop();
    this.choice.tryFailed(nowMs);
  }

  /** What the way carries, as far as this line knows, or another to the same person did lately. */
  #carries(nowMs: number): number {
    const { voice } = this.#link;
    const own = this.way.carries(nowMs);
    return voice === null || this.packets > FIRST_PACKETS ? own : Math.max(own, this.#deps.ways.recall(voice, nowMs));
  }

  /** Down at once, so that the way is freed: until the small layer's whole picture comes nothing is sent. Up, and over to another picture: when that comes. */
  #aim(target: PictureSource | null, nowMs: number): void {
    if (target === this.current) {
      this.#await(null, nowMs);
      return;
    }
    if (target === null) {
      this.#await(null, nowMs);
      this.#drop();
      return;
    }
    if (this.current !== null && this.#layers.indexOf(target) > this.#layers.indexOf(this.current)) this.#drop();
    const smallest = this.#layers.at(-1);
    if (this.current === null && !this.#numbers.started && smallest !== undefined) {
      // Nothing was ever shown: what comes first is as good a beginning as any, and the whole picture follows.
      this.#feed(smallest);
      smallest.request(nowMs);
    }
    this.#await(target === this.current ? null : target, nowMs);
  }

  /** The smallest layer is kept coming while a larger one is sent, so that a fall has something to fall on. */
  #standBy(source: PictureSource | null): void {
    if (this.#standby === source) return;
    if (this.#standby !== null) this.#standby.standbys -= 1;
    this.#standby = source;
    if (source !== null) source.standbys += 1;
  }

  #await(source: PictureSource | null, nowMs: number): void {
    if (this.next === source) return;
    if (this.next !== null) remove(this.next.waiting, this);
    this.next = source;
    if (source === null) return;
    source.waiting.push(this);
    source.request(nowMs);
    source.tellBitrate(nowMs);
  }

  #feed(source: PictureSource): void {
    this.current = source;
    source.feeds.push(this);
    let tally = this.tallies.get(source.line);
    if (tally === undefined) {
      if (this.tallies.size >= MAX_TALLIES) for (const first of this.tallies.keys()) { this.tallies.delete(first); break; }
      tally = { packets: 0 };
      this.tallies.set(source.line, tally);
    }
    this.#tally = tally;
  }

  /** Not one packet more of what it is sent now, not even one that was lost. */
  #drop(): void {
    if (this.current === null) return;
    remove(this.current.feeds, this);
    this.current = null;
    this.#numbers.end();
  }

  #begin(source: PictureSource, parsed: RtpPacket, frame: FrameFacts, nowMs: number): void {
    this.#generation = source.intake.generation;
    this.#numbers.begin(source, parsed, frame, nowMs);
  }

  /** Lays a packet that was kept into the scratch packet. */
  #load(source: PictureSource, sequence: number): void {
    const { packet } = this.#deps;
    packet.loadCached(source.cache, sequence);
    readFrame(source.codec, packet.bytes, { start: PAYLOAD_AT, end: PAYLOAD_AT + packet.payloadBytes }, again);
    cached.sequence = sequence;
    cached.timestamp = source.cache.timestamp(sequence);
    cached.marker = source.cache.marker(sequence);
  }

  #send(source: PictureSource, number: number, parsed: Cached, frame: FrameFacts): void {
    const payloadType = this.#payloadTypes[source.codec];
    if (payloadType === null) return;
    const { transport } = this.#link;
    const { packet } = this.#deps;
    const stamp = this.#stamp;
    stamp.payloadType = payloadType;
    stamp.sequence = number;
    stamp.timestamp = this.#numbers.timestampOf(number, parsed.timestamp);
    stamp.marker = parsed.marker;
    this.#numbers.writeIds(number, packet.bytes, PAYLOAD_AT, frame);
    const bytes = packet.media(stamp, this.#sendTimeId);
    if (!transport.send(bytes)) return;
    this.packets += 1;
    this.octets += packet.payloadBytes;
    const tally = source === this.current ? this.#tally : this.tallies.get(source.line);
    if (tally !== undefined) tally.packets += 1;
    this.way.noteSent(bytes.length);
    if (this.#probe.running) this.#probe.noteSent(bytes.length);
  }

  #sendPadding(number: number): void {
    const { transport } = this.#link;
    const stamp = this.#stamp;
    stamp.sequence = number;
    stamp.timestamp = this.#numbers.lastTimestamp;
    stamp.marker = false;
    const bytes = this.#deps.packet.padding(stamp, this.#sendTimeId);
    if (!transport.send(bytes)) return;
    this.packets += 1;
    this.way.noteSent(bytes.length);
    this.#probe.noteSent(bytes.length);
  }
}

type Cached = Pick<RtpPacket, 'sequence' | 'timestamp' | 'marker'>;
const cached = { sequence: 0, timestamp: 0, marker: false };

function remove(views: View[], view: View): void {
  const at = views.indexOf(view);
  if (at >= 0) views.splice(at, 1);
}
