import type { PictureLayer } from '../relay.ts';
import { NACK_BYTES, PLI_BYTES, REMB_BYTES, writeBitrate, writeLoss, writePictureRequest } from './feedback.ts';
import { HIGH_FLOOR } from './layer-choice.ts';
import { VIDEO_CLOCK_HZ } from './layer-numbers.ts';
import type { PictureOffer } from './offer.ts';
import type { Transport } from './peer.ts';
import { PictureCache } from './picture-cache.ts';
import { findSenderReport, RECEIVER_REPORT_BYTES, writeReceiverReport } from './rtcp.ts';
import { sequenceDistance } from './rtp.ts';
import type { RtpPacket } from './rtp.ts';
import { MicrophoneSource } from './source.ts';
import type { SourceKind } from './source.ts';
import { Uplink } from './uplink.ts';
import { emptyFrame, readFrame } from './video-codecs.ts';
import type { VideoCodec } from './video-codecs.ts';
import type { View } from './picture-view.ts';

/** Bits a second that are wanted of a layer at most, and at least, however bad the way of its worst viewer is: the others are shown something that can be read. */
export const LAYER_LIMITS: Readonly<Record<PictureLayer, { readonly most: number; readonly least: number }>> = {
  screen: { most: 1_500_000, least: 250_000 },
  high: { most: 1_200_000, least: HIGH_FLOOR },
  low: { most: 150_000, least: 60_000 },
};
/** At 1.5 Mbit/s some 160 packets of 1,200 bytes; small ones and catching up leave it well below this. */
const PICTURE: SourceKind = { clockHz: VIDEO_CLOCK_HZ, packetsPerSecond: 500, burstPackets: 600 };
/** A whole picture of a screen is large: asked for no oftener than this, whoever comes or has lost it. */
const REQUEST_MS = 500;
/** A packet is asked for again no sooner: about the longest round trip. */
const LOSS_MS = 100;
/** A wider gap is no loss to be mended packet by packet: viewers ask for a whole picture. */
const MENDED_GAP = 64;
/** A power of two. */
const ASKED_PLACES = 256;
/** The relay's own SSRC towards whoever shows something. */
const REPORTER = 1;

const pli = Buffer.alloc(PLI_BYTES);
const nack = Buffer.alloc(NACK_BYTES);
const remb = Buffer.alloc(REMB_BYTES);
const receiverReport = Buffer.alloc(RECEIVER_REPORT_BYTES);

/** What comes in on one line: which packets may pass, what is kept of them, and what is asked of whoever shows it. */
export class PictureSource {
  readonly line: string;
  readonly ssrc: number;
  readonly intake = new MicrophoneSource(PICTURE);
  readonly cache = new PictureCache();
  /** Of the packet that was taken last. */
  readonly frame = emptyFrame();
  codec: VideoCodec = 'vp8';
  /** Viewers who are sent it, and those who will be from its next whole picture on. */
  readonly feeds: View[] = [];
  readonly waiting: View[] = [];
  /** Viewers who would be sent it if their way became narrow. */
  standbys = 0;
  lastAtMs: number;
  readonly #transport: Transport;
  readonly #payloadTypes: PictureOffer['payloadTypes'];
  readonly #uplink: Uplink;
  readonly #limits: { readonly most: number; readonly least: number };
  #requestedAtMs = -Infinity;
  #isRequestOwed = false;
  #newest = -1;
  #toldWanted: boolean | null = null;
  #lastSenderReport = 0;
  #lastSenderReportAtMs = 0;
  #reportedPackets = 0;
  readonly #askedAtMs = new Float64Array(ASKED_PLACES).fill(-Infinity);
  readonly #askedFor = new Int32Array(ASKED_PLACES).fill(-1);

  constructor(line: string, offer: PictureOffer, { transport, layer, nowMs }: { transport: Transport; layer: PictureLayer; nowMs: number }) {
    this.line = line;
    this.ssrc = offer.ssrc ?? 0;
    this.#payloadTypes = offer.payloadTypes;
    this.#transport = transport;
    this.#limits = LAYER_LIMITS[layer];
    this.#uplink = new Uplink(this.#limits);
    this.lastAtMs = nowMs;
  }

  /** Hot path. Judges a packet, keeps it, and asks for those missing before it. @returns whether it is to be forwarded */
  take(packet: Buffer, parsed: RtpPacket, nowMs: number): boolean {
    if (parsed.ssrc !== this.ssrc) return false;
    const { vp8, h264 } = this.#payloadTypes;
    if (parsed.payloadType === vp8) this.codec = 'vp8';
    else if (parsed.payloadType === h264) this.codec = 'h264';
    else return false;
    const before = this.intake.generation;
    if (this.intake.accept(parsed, nowMs) === 'drop' || this.cache.has(parsed.sequence)) return false;
    if (this.intake.generation === before) this.#mend(parsed.sequence, nowMs);
    else this.#newest = parsed.sequence;
    this.lastAtMs = nowMs;
    this.#uplink.noteReceived(packet.length);
    this.cache.keep(packet, parsed);
    readFrame(this.codec, packet, { start: parsed.payloadStart, end: parsed.payloadEnd }, this.frame);
    return true;
  }

  /** Its way to the relay carries less than it needs: for a while it is not to be sent. */
  isResting(nowMs: number): boolean {
    return this.#uplink.isResting(nowMs);
  }

  /** The newest packet that was taken. */
  get newest(): number {
    return this.#newest;
  }

  noteSenderReport(packet: Buffer, nowMs: number): void {
    const report = findSenderReport(packet, this.ssrc);
    if (report === 0) return;
    this.#lastSenderReport = report;
    this.#lastSenderReportAtMs = nowMs;
  }

  /** Asks for a whole picture, at once or when it may be asked for again. */
  request(nowMs: number): void {
    this.#isRequestOwed = nowMs - this.#requestedAtMs < REQUEST_MS;
    if (this.#isRequestOwed) return;
    this.#requestedAtMs = nowMs;
    writePictureRequest(pli, REPORTER, this.ssrc);
    this.#transport.send(pli);
  }

  /** Asks for a packet that did not come. */
  ask(sequence: number, nowMs: number): void {
    const place = sequence % ASKED_PLACES;
    if (this.#askedFor[place] === sequence && nowMs - (this.#askedAtMs[place] ?? 0) < LOSS_MS) return;
    this.#askedFor[place] = sequence;
    this.#askedAtMs[place] = nowMs;
    writeLoss(nack, REPORTER, this.ssrc, sequence);
    this.#transport.send(nack);
  }

  /** Once a second: a receiver report, how much is wanted, and what of a whole picture is still owed. */
  report(nowMs: number): void {
    if (this.#isRequestOwed || this.waiting.length > 0) this.request(nowMs);
    if (this.intake.packets === this.#reportedPackets) return;
    this.#reportedPackets = this.intake.packets;
    const report = this.intake.nextReport();
    this.#uplink.note(report, nowMs);
    writeReceiverReport(receiverReport, {
      reporter: REPORTER, source: this.ssrc, report, lastSenderReport: this.#lastSenderReport,
      delaySince: this.#lastSenderReport === 0 ? 0 : Math.round(((nowMs - this.#lastSenderReportAtMs) * 65536) / 1000) >>> 0,
    });
    this.#transport.send(receiverReport);
    this.tellBitrate(nowMs);
  }

  /** As much as the worst way of its viewers carries, within the layer's limits. */
  tellBitrate(nowMs: number): void {
    let bitrate = this.#uplink.carries;
    for (const { way } of this.feeds) bitrate = Math.min(bitrate, way.asks(nowMs));
    for (const { way } of this.waiting) bitrate = Math.min(bitrate, way.asks(nowMs));
    writeBitrate(remb, REPORTER, this.ssrc, Math.max(this.#limits.least, bitrate));
    this.#transport.send(remb);
  }

  /** @returns news of whether anybody is to be sent it, or null */
  takeWanted(nowMs: number): boolean | null {
    const wanted = !this.#uplink.isResting(nowMs) && this.feeds.length + this.waiting.length + this.standbys > 0;
    if (wanted === this.#toldWanted) return null;
    this.#toldWanted = wanted;
    return wanted;
  }

  #mend(sequence: number, nowMs: number): void {
    const ahead = sequenceDistance(sequence, this.#newest);
    if (ahead <= 0) return;
    if (ahead <= MENDED_GAP) for (let step = 1; step < ahead; step += 1) this.ask((this.#newest + step) & 0xffff, nowMs);
    this.#newest = sequence;
  }
}
