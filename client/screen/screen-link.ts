/** ICE "disconnected" may heal by itself; after this long it is given up and a new connection offered. */
const HEAL_MS = 2500;
/** From the offer to the picture's way being open; then another try. */
const CONNECT_MS = 8000;
const RETRY_MS = [200, 1000, 2000, 4000] as const;
/** What the relay wants at most (`PICTURE_MAX_KBPS`): writing that can be read, and no strain on a conference hotel's network. */
const MAX_BITRATE = 1_500_000;
const MAX_FRAMES_PER_SECOND = 15;

export interface ScreenLinkDeps {
  readonly iceServers: readonly RTCIceServer[];
  /** What I show, or null: I watch. */
  readonly track: MediaStreamTrack | null;
  /** Carries an offer to the server; the answer comes back through `answer()`. */
  offer(sdp: string): void;
  onState(state: 'connecting' | 'live' | 'failed'): void;
  /** What I watch, on every new connection. */
  onPicture(picture: MediaStream): void;
}

/**
 * The connection for one screen that is shown: one line of video, out or in, beside the connection for voices, since the relay's native side takes one line a connection. Lost ones are offered anew until
 * it is closed.
 */
export class ScreenLink {
  private readonly deps: ScreenLinkDeps;
  private connection: RTCPeerConnection | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private closed = false;

  constructor(deps: ScreenLinkDeps) {
    this.deps = deps;
    this.start();
  }

  /** For the tests and the support panel. */
  get peerConnection(): RTCPeerConnection | null {
    return this.connection;
  }

  answer(sdp: string): void {
    const connection = this.connection;
    if (connection?.signalingState !== 'have-local-offer') return;
    connection.setRemoteDescription({ type: 'answer', sdp }).then(() => this.limit(connection)).catch(() => { this.retry(); });
  }

  /** The server lost this connection, or could not answer. */
  reset(): void {
    this.retry();
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  private start(): void {
    this.drop();
    if (this.closed) return;
    this.open().catch(() => { this.retry(); });
  }

  private async open(): Promise<void> {
    const { iceServers, track } = this.deps;
    const connection = new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle' });
    this.connection = connection;
    const transceiver = connection.addTransceiver(track ?? 'video', { direction: track === null ? 'recvonly' : 'sendonly' });
    preferVp8(transceiver);
    connection.addEventListener('connectionstatechange', () => { this.changed(connection); });
    const description = await connection.createOffer();
    await connection.setLocalDescription(description);
    if (this.connection !== connection) return;
    if (track === null) this.deps.onPicture(new MediaStream([transceiver.receiver.track]));
    this.deps.offer(connection.localDescription?.sdp ?? description.sdp ?? '');
    this.watch(CONNECT_MS);
  }

  private async limit(connection: RTCPeerConnection): Promise<void> {
    const [sender] = connection.getSenders();
    if (sender === undefined || sender.track === null) return;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) {
      encoding.maxBitrate = MAX_BITRATE;
      encoding.maxFramerate = MAX_FRAMES_PER_SECOND;
    }
    parameters.degradationPreference = 'maintain-resolution';
    // A browser that does not know one of them sends all the same, and the relay asks for no more.
    await sender.setParameters(parameters).catch(() => undefined);
  }

  private changed(connection: RTCPeerConnection): void {
    if (this.connection !== connection) return;
    if (connection.connectionState === 'connected') {
      clearTimeout(this.timer);
      this.attempt = 0;
      this.deps.onState('live');
    } else if (connection.connectionState === 'disconnected') {
      this.deps.onState('connecting');
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
    this.deps.onState(this.attempt >= RETRY_MS.length ? 'failed' : 'connecting');
    const pause = RETRY_MS[Math.min(this.attempt, RETRY_MS.length - 1)];
    this.attempt += 1;
    this.timer = setTimeout(() => { this.start(); }, pause);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.connection?.close();
    this.connection = null;
  }
}

/** The one codec for all: every browser has to speak it (RFC 7742 section 5). Retransmissions come on the same stream. */
function preferVp8(transceiver: RTCRtpTransceiver): void {
  const codecs = (RTCRtpReceiver.getCapabilities('video')?.codecs ?? []).filter(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
  // Safari before 17 and Firefox before 128 offer all they know, which the relay takes as well.
  if (codecs.length > 0 && 'setCodecPreferences' in transceiver) transceiver.setCodecPreferences(codecs);
}
