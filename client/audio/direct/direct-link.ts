import { Peer } from 'peerjs';
import type { MediaConnection } from 'peerjs';
import type { DirectGrant } from '../../../shared/protocol/direct.ts';
import { DIRECT_KEY, DIRECT_PATH } from '../../../shared/protocol/direct-path.ts';
import { audioContext } from '../context.ts';
import type { FrameTap } from '../relay-link.ts';
import { withoutRelays } from './ice.ts';

/** A way that is not found in this time, milliseconds, is taken as not there. */
const CONNECT_MS = 10_000;
/** ICE "disconnected" may heal by itself; after this long, milliseconds, the way is broken. */
const HEAL_MS = 5000;

export interface DirectLinkDeps {
  readonly grant: DirectGrant;
  readonly iceServers: readonly RTCIceServer[];
  readonly frames: FrameTap;
  /** Connected: what is said now is heard. */
  onUp(): void;
  /** What the other one says. */
  onTrack(track: MediaStreamTrack): void;
  /** There is no way, or it broke. The link is closed already. */
  onFailed(): void;
}

/** The call from this browser to another one. Signalling is PeerJS'; what is sent and heard is decided outside. */
export class DirectLink {
  private readonly deps: DirectLinkDeps;
  private readonly peer: Peer;
  /** Sent until there is a microphone to send, because a call begins with a track. It never sounds. */
  private readonly placeholder: MediaStreamAudioDestinationNode;
  private call: MediaConnection | null = null;
  private track: MediaStreamTrack | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isUp = false;
  private closed = false;

  constructor(deps: DirectLinkDeps) {
    this.deps = deps;
    this.placeholder = audioContext().createMediaStreamDestination();
    const { id, ticket, partner, calls } = deps.grant;
    this.peer = new Peer(id, {
      host: location.hostname, port: Number(location.port) || (location.protocol === 'https:' ? 443 : 80), secure: location.protocol === 'https:',
      path: DIRECT_PATH, key: DIRECT_KEY, token: ticket, debug: 0,
      config: { iceServers: withoutRelays(deps.iceServers), bundlePolicy: 'max-bundle', ...deps.frames.connectionOptions },
    });
    this.peer.on('open', () => {
      if (calls) this.begin(this.peer.call(partner, this.placeholder.stream));
    });
    this.peer.on('call', (call) => {
      if (calls || this.call !== null || call.peer !== partner) {
        call.close();
        return;
      }
      call.answer(this.placeholder.stream);
      this.begin(call);
    });
    // Voices only: whatever else the other one opens is closed.
    this.peer.on('connection', (connection) => connection.close());
    // Signalling that ends after the way was found takes nothing away.
    this.peer.on('error', () => {
      if (!this.isUp) this.fail();
    });
    this.timer = setTimeout(() => this.fail(), CONNECT_MS);
  }

  /** For measurements. */
  get connection(): RTCPeerConnection | null {
    return this.call?.peerConnection ?? null;
  }

  /** What goes to the other one; null sends nothing at all. */
  setTrack(track: MediaStreamTrack | null): void {
    this.track = track;
    this.feed();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    this.call?.close();
    this.peer.destroy();
    for (const track of this.placeholder.stream.getTracks()) track.stop();
  }

  private begin(call: MediaConnection): void {
    this.call = call;
    const { peerConnection: connection } = call;
    this.deps.frames.attach(connection);
    this.feed();
    connection.addEventListener('track', ({ track }) => this.deps.onTrack(track));
    connection.addEventListener('connectionstatechange', () => this.onState(connection.connectionState));
    call.on('close', () => this.fail());
    call.on('error', () => this.fail());
  }

  private onState(state: RTCPeerConnectionState): void {
    if (this.closed) return;
    if (state === 'connected') {
      clearTimeout(this.timer);
      if (!this.isUp) this.deps.onUp();
      this.isUp = true;
    } else if (state === 'disconnected') {
      this.timer = setTimeout(() => this.fail(), HEAL_MS);
    } else if (state === 'failed' || state === 'closed') {
      this.fail();
    }
  }

  private feed(): void {
    for (const sender of this.call?.peerConnection.getSenders() ?? []) void sender.replaceTrack(this.track).catch(() => undefined);
  }

  private fail(): void {
    if (this.closed) return;
    this.close();
    this.deps.onFailed();
  }
}
