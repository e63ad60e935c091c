import type { Activity, PeerCounters, Route } from '../relay.ts';
import { readReports } from './feedback.ts';
import { sentUpTo } from './loss-meter.ts';
import { attach, detach } from './peer.ts';
import type { Peer, Slot, Tally } from './peer.ts';
import { RouteTable } from './routes.ts';
import { findSenderReport } from './rtcp.ts';
import { emptyPacket, isRtcp, MAX_PAYLOAD_BYTES, parseRtp, RTP_HEADER_BYTES, writeRtpHeader } from './rtp.ts';
import type { RtpPacket } from './rtp.ts';

/** A listener that has heard more people than this drops the counts of those who left, so that a long event costs no growing memory. */
const MAX_TALLIES = 1024;
/**
 * When there is more to forward than the CPU can do, something must give. Old voice is worth nothing (G.114 allows 150 ms from mouth to
 * ear), and a turn of the event loop without end starves commands, above all those that take a listener's right to hear away. So
 * a turn that has WORKED this long drops the rest.
 */
const MAX_TURN_MS = 200;
/** A turn that only WAITED, because the machine was busy with something else, is given longer: words a little late are better than none. */
const MAX_STALL_MS = 1000;
/** What is forwarded in any turn however long it waited: some 20 ms of work. */
const MIN_TURN_PACKETS = 2000;

/** CPU time of this thread, ms. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * Forwards each microphone's packets to the slots that its routes name, and to nobody else. Knows nothing of sockets: packets come in
 * by `receive` and go out by the peers' transports.
 */
export class Forwarder {
  /** Is given every packet that may pass, whomever it goes to: recordings. */
  tap: { hear(peer: string, packet: Uint8Array, parsed: RtpPacket, generation: number): void } | null = null;
  readonly #peers = new Map<string, Peer>();
  readonly #routes = new RouteTable();
  /** One packet is in hand at a time: parsed here, and composed in `#scratch` for every slot in turn. */
  readonly #packet = emptyPacket();
  readonly #scratch = Buffer.alloc(RTP_HEADER_BYTES + MAX_PAYLOAD_BYTES);
  /** Views of the scratch buffer by length: making one for every packet would be garbage at 60,000 a second. */
  readonly #views: Buffer[] = [];
  #turnAtMs = Number.NaN;
  #turnCpuMs = 0;
  #turnPackets = 0;
  #shedding = false;
  #shed = 0;
  /** The listener whose reports are being read. */
  #reporting: Peer | null = null;
  #reportedAtMs = 0;
  readonly #reports = {
    received: (ssrc: number, lost: number, highest: number): void => {
      for (const { stream, packets, reported } of this.#reporting?.slots ?? []) {
        if (stream.ssrc === ssrc) this.#reporting?.loss.note(reported, { lost, highest, sent: sentUpTo(highest, { packets, newest: stream.newest }) }, this.#reportedAtMs);
      }
    },
  };
  readonly #cpuMs: () => number;

  /** @param cpuMs CPU time spent so far, to tell work from waiting */
  constructor(cpuMs: () => number = threadCpuMs) {
    this.#cpuMs = cpuMs;
  }

  get peers(): IterableIterator<Peer> {
    return this.#peers.values();
  }

  get size(): number {
    return this.#peers.size;
  }

  find(id: string): Peer | undefined {
    return this.#peers.get(id);
  }

  /** Adds a peer, connecting the routes that were kept for it. The caller removes and closes a former one of the same id first. */
  add(peer: Peer): void {
    this.#peers.set(peer.id, peer);
    for (const { listener, slot, speaker } of this.#routes.all()) {
      if (listener === peer.id || speaker === peer.id) this.#connect(listener, slot, speaker);
    }
  }

  /** Takes a peer out, keeping its routes for its next join. */
  remove(peer: Peer): void {
    if (this.#peers.get(peer.id) !== peer) return;
    for (const slot of peer.slots) this.#disconnect(slot);
    for (const slot of [...(peer.microphone?.feeds ?? [])]) this.#disconnect(slot);
    this.#peers.delete(peer.id);
  }

  /** Drops all routes to and from a peer that has left. */
  forget(id: string): void {
    this.#routes.forget(id);
  }

  route(changes: readonly Route[]): void {
    for (const change of changes) {
      this.#routes.set(change);
      this.#connect(change.listener, change.slot, change.speaker);
    }
  }

  /** Call at least every few 10 ms from a timer: says that the event loop has come round, so that what comes next is fresh. */
  beginTurn(nowMs: number): void {
    this.#turnAtMs = nowMs;
    this.#turnCpuMs = this.#cpuMs();
    this.#turnPackets = 0;
    this.#shedding = false;
  }

  /** Packets dropped for want of CPU since the last call. */
  takeShed(): number {
    const shed = this.#shed;
    this.#shed = 0;
    return shed;
  }

  /** Hot path. `nowMs` is a monotonic clock. */
  receive(peer: Peer, packet: Buffer, nowMs: number): void {
    const microphone = peer.microphone;
    if (isRtcp(packet)) {
      this.#hearReport(peer, packet, nowMs);
      return;
    }
    if (!microphone) return;
    const parsed = this.#packet;
    if (!parseRtp(packet, microphone.levelId, parsed)) return;
    if (parsed.ssrc !== microphone.ssrc || parsed.payloadType !== microphone.payloadType) return;
    if (microphone.source.accept(parsed, nowMs) === 'drop') return;
    microphone.meter.hear(parsed.level);
    this.tap?.hear(peer.id, packet, parsed, microphone.source.generation);
    if (microphone.feeds.length === 0) return;
    if (this.#overdue(nowMs)) this.#shed += microphone.feeds.length;
    else this.#fanOut(packet, microphone.feeds, { generation: microphone.source.generation, nowMs });
  }

  /** Levels that changed since the last call, for the `activity` event. */
  activity(): Activity[] {
    const batch: Activity[] = [];
    for (const peer of this.#peers.values()) {
      const level = peer.microphone?.meter.report() ?? null;
      if (level !== null) batch.push({ peer: peer.id, level });
    }
    return batch;
  }

  counters(): PeerCounters[] {
    const all: PeerCounters[] = [];
    for (const peer of this.#peers.values()) {
      const packetsFrom: Record<string, number> = Object.create(null) as Record<string, number>;
      for (const [speaker, tally] of peer.tallies) if (tally.packets > 0) packetsFrom[speaker] = tally.packets;
      all.push({
        peer: peer.id,
        connected: peer.transport.open,
        packetsIn: peer.microphone?.source.packets ?? 0,
        packetsOut: peer.slots.map((slot) => slot.packets),
        packetsFrom,
      });
    }
    return all;
  }

  /** How the voices that `id` hears arrive. */
  voiceOf(id: string): { readonly loss: number; readonly lossAtMs: number } | null {
    return this.#peers.get(id)?.loss ?? null;
  }

  #hearReport(peer: Peer, packet: Buffer, nowMs: number): void {
    const { microphone } = peer;
    const report = microphone === null ? 0 : findSenderReport(packet, microphone.ssrc);
    if (microphone !== null && report !== 0) {
      microphone.lastSenderReport = report;
      microphone.lastSenderReportAtMs = nowMs;
    }
    if (peer.slots.length === 0) return;
    this.#reporting = peer;
    this.#reportedAtMs = nowMs;
    readReports(packet, this.#reports);
    this.#reporting = null;
  }

  #overdue(nowMs: number): boolean {
    const lastedMs = nowMs - this.#turnAtMs;
    if (this.#shedding || lastedMs <= MAX_TURN_MS || this.#turnPackets < MIN_TURN_PACKETS) return this.#shedding;
    this.#shedding = lastedMs > MAX_STALL_MS || this.#cpuMs() - this.#turnCpuMs > MAX_TURN_MS;
    return this.#shedding;
  }

  #fanOut(packet: Buffer, feeds: readonly Slot[], at: { generation: number; nowMs: number }): void {
    this.#turnPackets += feeds.length;
    const parsed = this.#packet;
    const length = RTP_HEADER_BYTES + parsed.payloadEnd - parsed.payloadStart;
    packet.copy(this.#scratch, RTP_HEADER_BYTES, parsed.payloadStart, parsed.payloadEnd);
    const view = (this.#views[length] ??= this.#scratch.subarray(0, length));
    for (let i = 0; i < feeds.length; i += 1) {
      const slot = feeds[i];
      if (!slot?.owner.transport.open || !slot.stream.next(parsed, at.generation, at.nowMs)) continue;
      writeRtpHeader(view, slot.stream.stamp);
      if (!slot.owner.transport.send(view)) continue;
      slot.packets += 1;
      slot.octets += length - RTP_HEADER_BYTES;
      slot.tally.packets += 1;
    }
  }

  /** Makes one slot hear `speaker` if both are here; otherwise the slot falls silent until they are. */
  #connect(listener: string, slotIndex: number, speaker: string | null): void {
    const owner = this.#peers.get(listener);
    const slot = owner?.slots[slotIndex];
    if (!owner || !slot) return;
    const microphone = speaker === null ? undefined : this.#peers.get(speaker)?.microphone;
    if (slot.speaker === speaker && speaker !== null && slot.fedAt >= 0 && microphone?.feeds[slot.fedAt] === slot) return;
    this.#disconnect(slot);
    if (speaker === null || !microphone) return;
    slot.speaker = speaker;
    slot.tally = this.#tally(owner, speaker);
    attach(slot, microphone);
  }

  #disconnect(slot: Slot): void {
    if (slot.speaker === null) return;
    const microphone = this.#peers.get(slot.speaker)?.microphone;
    if (microphone && slot.fedAt >= 0) detach(slot, microphone);
    slot.speaker = null;
  }

  #tally(owner: Peer, speaker: string): Tally {
    const known = owner.tallies.get(speaker);
    if (known) return known;
    if (owner.tallies.size >= MAX_TALLIES) {
      for (const id of owner.tallies.keys()) if (!this.#peers.has(id)) owner.tallies.delete(id);
    }
    const tally = { packets: 0 };
    owner.tallies.set(speaker, tally);
    return tally;
  }
}
