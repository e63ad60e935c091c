import { ActivityMeter } from './activity.ts';
import { LossMeter, nothingReported } from './loss-meter.ts';
import type { Reported } from './loss-meter.ts';
import { MicrophoneSource } from './source.ts';
import { SlotStream } from './slot.ts';
import type { Offer } from './offer.ts';

/** The way to one peer's browser. `send` never throws: a packet that cannot go out is lost, as on any network. */
export interface Transport {
  readonly open: boolean;
  /** Copies the packet before it returns. @returns whether it went out */
  send(packet: Uint8Array): boolean;
  close(): void;
}

/** Packets forwarded from one speaker to one listener. */
export interface Tally {
  packets: number;
}

/** One slot of one listener. */
export interface Slot {
  readonly owner: Peer;
  readonly stream: SlotStream;
  speaker: string | null;
  tally: Tally;
  packets: number;
  octets: number;
  readonly reported: Reported;
  /** Place in the speaker's list of fed slots, or -1. */
  fedAt: number;
}

/** What a peer sends. */
export interface Microphone {
  readonly ssrc: number;
  readonly payloadType: number;
  /** Header extension id of the audio level, 0 if not negotiated. */
  readonly levelId: number;
  readonly source: MicrophoneSource;
  readonly meter: ActivityMeter;
  /** Slots that hear this microphone now: a dense array, walked once for every packet. */
  readonly feeds: Slot[];
  lastSenderReport: number;
  lastSenderReportAtMs: number;
  reportedPackets: number;
}

export interface Peer {
  readonly id: string;
  readonly transport: Transport;
  readonly joinedAtMs: number;
  readonly microphone: Microphone | null;
  readonly slots: readonly Slot[];
  /** By speaker, since the join. */
  readonly tallies: Map<string, Tally>;
  /** Of all that it hears, as it reports it. */
  readonly loss: LossMeter;
  announced: boolean;
}

/** Four seconds of one voice. */
const REPORTED_PACKETS = 200;

function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}

/** SSRCs for the slots of one connection, different from each other and from the microphone's (RFC 3550 section 8.1). */
export function pickSsrcs(offer: Offer): number[] {
  const taken = new Set<number>();
  for (const line of offer.lines) if (line.ssrc !== null) taken.add(line.ssrc);
  const picked: number[] = [];
  for (const line of offer.lines) {
    if (line.role !== 'slot') continue;
    let ssrc = 0;
    do ssrc = 1 + randomBelow(0xfffffffe);
    while (taken.has(ssrc));
    taken.add(ssrc);
    picked.push(ssrc);
  }
  return picked;
}

function createMicrophone(offer: Offer): Microphone | null {
  const line = offer.lines.find((candidate) => candidate.role === 'microphone');
  if (!line || line.ssrc === null) return null;
  return {
    ssrc: line.ssrc,
    payloadType: line.payloadType,
    levelId: line.audioLevelId ?? 0,
    source: new MicrophoneSource(),
    meter: new ActivityMeter(),
    feeds: [],
    lastSenderReport: 0,
    lastSenderReportAtMs: 0,
    reportedPackets: 0,
  };
}

/** @param ssrcs as `pickSsrcs` gave them and the answer told them */
export function createPeer(id: string, offer: Offer, link: { transport: Transport; ssrcs: readonly number[]; nowMs: number }): Peer {
  const slots: Slot[] = [];
  const peer: Peer = {
    id,
    transport: link.transport,
    joinedAtMs: link.nowMs,
    microphone: createMicrophone(offer),
    slots,
    tallies: new Map(),
    loss: new LossMeter(REPORTED_PACKETS),
    announced: false,
  };
  for (const line of offer.lines) {
    if (line.role !== 'slot') continue;
    const stream = new SlotStream(link.ssrcs[slots.length] ?? 0, line.payloadType, { sequence: randomBelow(0x8000), timestamp: randomBelow(2 ** 32) });
    slots.push({ owner: peer, stream, speaker: null, tally: { packets: 0 }, packets: 0, octets: 0, reported: nothingReported(), fedAt: -1 });
  }
  return peer;
}

/** Lets the slot hear the microphone from its next packet on. */
export function attach(slot: Slot, microphone: Microphone): void {
  slot.stream.switchSource();
  slot.fedAt = microphone.feeds.length;
  microphone.feeds.push(slot);
}

/** From here on no packet of the microphone reaches the slot. */
export function detach(slot: Slot, microphone: Microphone): void {
  const last = microphone.feeds.pop();
  if (last && last !== slot) {
    microphone.feeds[slot.fedAt] = last;
    last.fedAt = slot.fedAt;
  }
  slot.fedAt = -1;
}
