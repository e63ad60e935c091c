import { MediaPeer } from '../../support/media-peer.ts';
import { joinJanus } from './janus-load.ts';
import type { FromLoad, LoadPlan, LoadReport, ToLoad } from './load-protocol.ts';
import { listenerName, speakerName } from './load-protocol.ts';
import { quantile } from './measure.ts';
import { Ear, Voice } from './voice.ts';

/** A load process: real WebRTC peers that speak and listen. Started by `load-process.ts`. */

const FIRST_SSRC = 100_000;
/** Peers are connected a few at a time: each costs a DTLS handshake on both sides. */
const CONNECT_AT_ONCE = 8;

const voices: Voice[] = [];
const ear = new Ear();
/** Kept so that no peer is collected while it listens. */
const peers: MediaPeer[] = [];
const pending = new Map<number, { resolve(answer: string): void; reject(error: Error): void }>();
let plan: LoadPlan;
let requests = 0;
let sentBefore = 0;

function tell(message: FromLoad): void {
  process.send?.(message);
}

function askParent(peer: string, offer: string): Promise<string> {
  requests += 1;
  const request = requests;
  return new Promise((resolve, reject) => {
    pending.set(request, { resolve, reject });
    tell({ type: 'join', request, peer, offer });
  });
}

async function inBatches(count: number, one: (index: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += CONNECT_AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(CONNECT_AT_ONCE, count - from) }, (_, i) => one(from + i)));
  }
}

async function joinEmbedded(): Promise<void> {
  await inBatches(plan.speakers, async (index) => {
    const name = speakerName(plan.prefix, index);
    const ssrc = FIRST_SSRC + index;
    const peer = await MediaPeer.connect({ name, ssrc, slots: 0, bindAddress: plan.address }, (offer) => askParent(name, offer));
    voices.push(new Voice(index, ssrc, (packet) => peer.send(packet)));
  });
  await inBatches(plan.listeners, async (index) => {
    const name = listenerName(plan.prefix, index);
    const peer = await MediaPeer.connect({ name, ssrc: null, slots: plan.slots, bindAddress: plan.address }, (offer) => askParent(name, offer));
    peers.push(peer);
    if (index >= plan.sampled) return;
    for (let slot = 0; slot < plan.slots; slot += 1) peer.onSlotPacket(slot, (packet) => ear.hear(index * plan.slots + slot, packet));
  });
}

async function connect(): Promise<void> {
  if (plan.target === 'embedded') await joinEmbedded();
  else await joinJanus(plan, voices, ear);
  const speak = (): void => {
    for (const voice of voices) voice.tick();
    setTimeout(speak, 1);
  };
  if (voices.length > 0) speak();
  tell({ type: 'connected' });
}

function totalSent(): number {
  return voices.reduce((sum, voice) => sum + voice.sent, 0);
}

function measure(): void {
  ear.reset();
  for (const voice of voices) voice.late = 0;
  sentBefore = totalSent();
  ear.listening = true;
}

function report(): LoadReport {
  ear.listening = false;
  return {
    packetsSent: totalSent() - sentBefore,
    late: voices.reduce((sum, voice) => sum + voice.late, 0),
    slotsHeard: ear.slotsHeard,
    slotsSampled: Math.min(plan.sampled, plan.listeners) * plan.slots,
    received: ear.received,
    lost: ear.lost,
    delayP50Ms: quantile(ear.delays, 0.5),
    delayP99Ms: quantile(ear.delays, 0.99),
  };
}

process.on('message', (message: ToLoad) => {
  if (message.type === 'connect') {
    plan = message.plan;
    connect().catch((error: unknown) => tell({ type: 'failed', why: String(error) }));
  } else if (message.type === 'answer') pending.get(message.request)?.resolve(message.answer);
  else if (message.type === 'refused') pending.get(message.request)?.reject(new Error(message.why));
  else if (message.type === 'measure') measure();
  else if (message.type === 'report') tell({ type: 'measured', report: report() });
  else process.exit(0);
});
process.on('disconnect', () => process.exit(0));
