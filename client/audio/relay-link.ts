import type { MediaStatus } from '../app/contracts.ts';
import { KeptConnection } from '../net/kept-connection.ts';
import type { KeptState } from '../net/kept-connection.ts';

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
  private readonly kept: KeptConnection;
  private sender: RTCRtpSender | null = null;
  private receivers: readonly RTCRtpReceiver[] = [];
  private track: MediaStreamTrack | null = null;
  private everLive = false;

  constructor(deps: RelayLinkDeps) {
    this.deps = deps;
    this.kept = new KeptConnection({
      iceServers: deps.iceServers,
      ...(deps.frames === undefined ? {} : { options: deps.frames.connectionOptions }),
      prepare: (connection) => this.prepare(connection),
      offer: (sdp) => {
        deps.onTracks(this.receivers.map((receiver) => receiver.track));
        deps.offer(sdp);
      },
      onState: (state) => this.changed(state),
    });
  }

  /** For the support panel and the tests. */
  get peerConnection(): RTCPeerConnection | null {
    return this.kept.peerConnection;
  }

  /** Offers a fresh connection, dropping the one there was. */
  start(): void {
    this.kept.start();
  }

  /** The server's answer to the last offer. One that comes too late or makes no sense leads to another try. */
  answer(sdp: string): void {
    this.kept.answer(sdp);
  }

  /** The server lost us or could not answer. */
  reset(): void {
    this.kept.reset();
  }

  /** What the microphone m-line carries; null sends nothing at all. */
  setTrack(track: MediaStreamTrack | null): void {
    this.track = track;
    void this.sender?.replaceTrack(track).catch(() => undefined);
  }

  /** Sends and receives nothing until the next `start`. */
  pause(): void {
    this.kept.pause();
    this.everLive = false;
    this.deps.onStatus('off');
  }

  close(): void {
    this.kept.close();
    this.deps.onStatus('off');
  }

  private prepare(connection: RTCPeerConnection): void {
    this.sender = connection.addTransceiver(this.track ?? 'audio', { direction: 'sendonly' }).sender;
    this.receivers = Array.from({ length: this.deps.slots }, () => connection.addTransceiver('audio', { direction: 'recvonly' }).receiver);
    this.deps.frames?.attach(connection);
  }

  private changed(state: KeptState): void {
    if (state === 'live') this.everLive = true;
    const opening = this.everLive ? 'reconnecting' : 'connecting';
    this.deps.onStatus(state === 'opening' ? opening : state === 'lost' ? 'reconnecting' : state);
  }
}
