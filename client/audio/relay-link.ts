import type { MediaStatus } from '../app/contracts.ts';

/** ICE "disconnected" may heal by itself; after this long it is given up and a new connection offered. */
const HEAL_MS = 2500;
/** From the offer to media flowing; then another try. */
const CONNECT_MS = 8000;
const RETRY_MS = [200, 1000, 2000, 4000] as const;

export interface RelayLinkDeps {
  readonly slots: number;
  readonly iceServers: readonly RTCIceServer[];
  /** Carries an offer to the server. The answer comes back through `answer()`. */
  offer(sdp: string): void;
  onStatus(status: MediaStatus): void;
  /** Slot tracks in the order of the slots; called once a connection. */
  onTracks(tracks: readonly MediaStreamTrack[]): void;
  /** Sees every encoded frame, in and out, of connections that were made with its options; absent: nobody does. */
  readonly frames?: FrameTap;
}

/** What stands between connections and their frames: see `seal/port.ts`. */
export interface FrameTap {
  readonly connectionOptions: object;
  attach(connection: RTCPeerConnection): void;
}

/**
 * The media connection to the relay: one microphone out, K slots in, negotiated once. A microphone that is added, muted or changed later is a
 * `replaceTrack`, never a renegotiation. When the connection is lost a new one is offered until it holds.
 */
export class RelayLink {
  private readonly deps: RelayLinkDeps;
  private connection: RTCPeerConnection | null = null;
  private sender: RTCRtpSender | null = null;
  private track: MediaStreamTrack | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private everLive = false;
  private closed = false;

  constructor(deps: RelayLinkDeps) {
    this.deps = deps;
  }

  /** For the support panel and the tests. */
  get peerConnection(): RTCPeerConnection | null {
    return this.connection;
  }

  /** Offers a fresh connection, dropping the one there was. */
  start(): void {
    this.drop();
    if (this.closed) return;
    this.deps.onStatus(this.everLive ? 'reconnecting' : 'connecting');
    void this.open().catch(() => this.retry());
  }

  /** The server's answer to the last offer. One that comes too late or makes no sense leads to another try. */
  answer(sdp: string): void {
    const connection = this.connection;
    if (connection?.signalingState !== 'have-local-offer') return;
    connection.setRemoteDescription({ type: 'answer', sdp }).catch(() => this.retry());
  }

  /** The server lost us or could not answer. */
  reset(): void {
    this.retry();
  }

  /** What the microphone m-line carries; null sends nothing at all. */
  setTrack(track: MediaStreamTrack | null): void {
    this.track = track;
    void this.sender?.replaceTrack(track).catch(() => undefined);
  }

  close(): void {
    this.closed = true;
    this.drop();
    this.deps.onStatus('off');
  }

  private async open(): Promise<void> {
    const connection = new RTCPeerConnection({ iceServers: [...this.deps.iceServers], bundlePolicy: 'max-bundle', ...this.deps.frames?.connectionOptions });
    this.connection = connection;
    this.sender = connection.addTransceiver(this.track ?? 'audio', { direction: 'sendonly' }).sender;
    const receivers: RTCRtpReceiver[] = [];
    for (let slot = 0; slot < this.deps.slots; slot += 1) {
      receivers.push(connection.addTransceiver('audio', { direction: 'recvonly' }).receiver);
    }
    this.deps.frames?.attach(connection);
    connection.addEventListener('connectionstatechange', () => this.onState(connection));
    const offer = await connection.createOffer();
    await connection.setLocalDescription(offer);
    if (this.connection !== connection) return;
    this.deps.onTracks(receivers.map((receiver) => receiver.track));
    this.deps.offer(connection.localDescription?.sdp ?? offer.sdp ?? '');
    this.watch(CONNECT_MS);
  }

  private onState(connection: RTCPeerConnection): void {
    if (this.connection !== connection) return;
    if (connection.connectionState === 'connected') {
      clearTimeout(this.timer);
      this.attempt = 0;
      this.everLive = true;
      this.deps.onStatus('live');
    } else if (connection.connectionState === 'disconnected') {
      this.deps.onStatus('reconnecting');
      this.watch(HEAL_MS);
    } else if (connection.connectionState === 'failed') {
      this.retry();
    }
  }

  private watch(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.connection?.connectionState !== 'connected') this.retry();
    }, ms);
  }

  private retry(): void {
    if (this.closed) return;
    this.drop();
    this.deps.onStatus(this.attempt >= RETRY_MS.length ? 'failed' : 'reconnecting');
    const pause = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)];
    this.attempt += 1;
    this.timer = setTimeout(() => this.start(), pause);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.connection?.close();
    this.connection = null;
    this.sender = null;
  }
}
