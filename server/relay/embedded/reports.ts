import type { Microphone, Peer, Slot } from './peer.ts';
import { RECEIVER_REPORT_BYTES, SENDER_REPORT_BYTES, writeReceiverReport, writeSenderReport } from './rtcp.ts';

/** A moment on both clocks: monotonic, as packets are stamped, and Unix time. */
export interface Moment {
  readonly nowMs: number;
  readonly unixMs: number;
}

const senderReport = Buffer.alloc(SENDER_REPORT_BYTES);
const receiverReport = Buffer.alloc(RECEIVER_REPORT_BYTES);

function reportSlot(slot: Slot, moment: Moment): void {
  writeSenderReport(senderReport, {
    ssrc: slot.stream.ssrc,
    unixMs: moment.unixMs,
    rtpTimestamp: slot.stream.timestampAt(moment.nowMs),
    packets: slot.packets,
    octets: slot.octets,
  });
  slot.owner.transport.send(senderReport);
}

function reportMicrophone(peer: Peer, microphone: Microphone, nowMs: number): void {
  microphone.reportedPackets = microphone.source.packets;
  const heard = microphone.lastSenderReport !== 0;
  writeReceiverReport(receiverReport, {
    reporter: peer.slots[0]?.stream.ssrc ?? 1,
    source: microphone.ssrc,
    report: microphone.source.nextReport(),
    lastSenderReport: microphone.lastSenderReport,
    delaySince: heard ? Math.round(((nowMs - microphone.lastSenderReportAtMs) * 65536) / 1000) >>> 0 : 0,
  });
  peer.transport.send(receiverReport);
}

/** Sends the RTCP that is due to every peer: about its microphone if it was heard, about each slot that is fed. */
export function sendReports(peers: Iterable<Peer>, moment: Moment): void {
  for (const peer of peers) {
    if (!peer.transport.open) continue;
    const { microphone } = peer;
    if (microphone && microphone.source.packets !== microphone.reportedPackets) reportMicrophone(peer, microphone, moment.nowMs);
    for (const slot of peer.slots) if (slot.fedAt >= 0 && slot.packets > 0) reportSlot(slot, moment);
  }
}
