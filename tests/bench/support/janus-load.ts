import nodeDatachannel from 'node-datachannel';
import { MediaPeer } from '../../support/media-peer.ts';
import type { LoadPlan } from './load-protocol.ts';
import { speakerName, speakerOfSlot } from './load-protocol.ts';
import type { Ear } from './voice.ts';
import { Voice } from './voice.ts';

/** The same speakers and listeners, on Janus' videoroom: each speaker publishes a feed, each listener subscribes to as many feeds as it has slots. */

export const JANUS_ROOM = 1234;
const FIRST_SSRC = 100_000;
/** Janus forgets a session after a minute without a word (its default). */
const KEEP_ALIVE_MS = 20_000;
const ATTEMPTS = 8;
const CONNECT_TIMEOUT_MS = 10_000;

interface JanusReply {
  readonly janus: string;
  readonly transaction?: string;
  readonly data?: { readonly id: number };
  readonly plugindata?: { readonly data: { readonly id?: number; readonly error?: string } };
  readonly jsep?: { readonly type: string; readonly sdp: string };
}

/** Janus' WebSocket API: one session, a handle for each peer. */
class JanusSession {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (reply: JanusReply) => void>();
  #transactions = 0;
  #session = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      const reply = JSON.parse(String(event.data)) as JanusReply;
      // 'ack' promises the real reply for later.
      if (reply.janus === 'ack' || reply.transaction === undefined) return;
      this.#waiting.get(reply.transaction)?.(reply);
      this.#waiting.delete(reply.transaction);
    });
  }

  static async open(port: number): Promise<JanusSession> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'janus-protocol');
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error('Janus does not answer')));
    });
    const session = new JanusSession(socket);
    session.#session = (await session.#request({ janus: 'create' })).data?.id ?? 0;
    setInterval(() => void session.#request({ janus: 'keepalive', session_id: session.#session }), KEEP_ALIVE_MS);
    return session;
  }

  async attach(): Promise<number> {
    const reply = await this.#request({ janus: 'attach', session_id: this.#session, plugin: 'janus.plugin.videoroom' });
    return reply.data?.id ?? 0;
  }

  async message(handle: number, body: object, jsep?: object): Promise<JanusReply> {
    const reply = await this.#request({ janus: 'message', session_id: this.#session, handle_id: handle, body, ...(jsep ? { jsep } : {}) });
    const error = reply.plugindata?.data.error;
    if (error) throw new Error(`Janus: ${error}`);
    return reply;
  }

  /** Says that all candidates were in the description. */
  endOfCandidates(handle: number): void {
    void this.#request({ janus: 'trickle', session_id: this.#session, handle_id: handle, candidate: { completed: true } });
  }

  #request(message: object): Promise<JanusReply> {
    this.#transactions += 1;
    const transaction = String(this.#transactions);
    return new Promise((resolve) => {
      this.#waiting.set(transaction, resolve);
      this.#socket.send(JSON.stringify({ ...message, transaction }));
    });
  }
}

async function publish(session: JanusSession, plan: LoadPlan, index: number): Promise<{ feed: number; voice: Voice }> {
  const name = speakerName(plan.prefix, index);
  const ssrc = FIRST_SSRC + index;
  let feed = 0;
  const peer = await MediaPeer.connect({ name, ssrc, slots: 0, bindAddress: plan.address }, async (offer) => {
    const handle = await session.attach();
    const joined = await session.message(handle, { request: 'join', ptype: 'publisher', room: JANUS_ROOM, display: name });
    feed = joined.plugindata?.data.id ?? 0;
    const reply = await session.message(handle, { request: 'publish' }, { type: 'offer', sdp: offer });
    session.endOfCandidates(handle);
    return reply.jsep?.sdp ?? '';
  });
  return { feed, voice: new Voice(index, ssrc, (packet) => peer.send(packet)) };
}

/** Kept so that no listener is collected while it listens. */
const listening: unknown[] = [];

async function subscribe(session: JanusSession, plan: LoadPlan, who: { index: number; feeds: readonly number[]; ear: Ear }): Promise<void> {
  const handle = await session.attach();
  const streams = Array.from({ length: plan.slots }, (_, slot) => ({ feed: who.feeds[speakerOfSlot(who.index, slot, plan.speakers)], mid: '0' }));
  const joined = await session.message(handle, { request: 'join', ptype: 'subscriber', room: JANUS_ROOM, streams });
  const connection = new nodeDatachannel.PeerConnection(`janus-listener-${who.index}`, { iceServers: [], bindAddress: plan.address, disableAutoNegotiation: true });
  connection.onTrack((track) => {
    listening.push(track);
    if (who.index >= plan.sampled) return;
    const slot = who.index * plan.slots + Number(track.mid());
    track.onMessage((packet) => {
      const type = (packet[1] ?? 0) & 0x7f;
      if (type < 64 || type > 95) who.ear.hear(slot, packet);
    });
  });
  const connected = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Janus: not connected in time')), CONNECT_TIMEOUT_MS);
    connection.onStateChange((state) => {
      if (state === 'connected') resolve();
      else if (state === 'failed' || state === 'closed') reject(new Error(`Janus: ${state}`));
      if (state !== 'connecting') clearTimeout(timer);
    });
  });
  connected.catch(() => undefined);
  const gathered = new Promise<void>((resolve) => connection.onGatheringStateChange((state) => state === 'complete' && resolve()));
  connection.setRemoteDescription(joined.jsep?.sdp ?? '', 'offer');
  connection.setLocalDescription('answer');
  await gathered;
  await session.message(handle, { request: 'start' }, { type: 'answer', sdp: connection.localDescription()?.sdp ?? '' });
  session.endOfCandidates(handle);
  await connected;
  listening.push(connection);
}

async function retried(action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** Connects the plan's speakers and listeners, one after the other: Janus' signalling is not what is measured. */
export async function joinJanus(plan: LoadPlan, voices: Voice[], ear: Ear): Promise<void> {
  const session = await JanusSession.open(plan.janusPort);
  const feeds: number[] = [];
  for (let index = 0; index < plan.speakers; index += 1) {
    const published = await publish(session, plan, index);
    feeds.push(published.feed);
    voices.push(published.voice);
  }
  for (let index = 0; index < plan.listeners; index += 1) await retried(() => subscribe(session, plan, { index, feeds, ear }));
}
