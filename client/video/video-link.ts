import { KeptConnection } from '../net/kept-connection.ts';

export type LinkState = 'connecting' | 'live' | 'failed';

/** How a track is sent. */
export interface Sending {
  readonly track: MediaStreamTrack;
  /** At most: bits a second, frames a second, and how much smaller than the track. */
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  readonly scaleDownBy?: number;
  readonly keeps: RTCDegradationPreference;
}

export interface VideoLinkDeps {
  readonly iceServers: readonly RTCIceServer[];
  /** What I send, or null: I watch. */
  readonly sending: Sending | null;
  /** Carries an offer to the server; the answer comes back through `answer()`. */
  offer(sdp: string): void;
  onState(state: LinkState): void;
  /** What I watch, on every new connection. */
  onPicture(picture: MediaStream): void;
}

/**
 * A connection for one picture: one line of video, out or in, beside the connection for voices, since the relay's native side takes one line a connection. Lost ones are offered anew until it is closed.
 */
export class VideoLink {
  private readonly deps: VideoLinkDeps;
  private readonly kept: KeptConnection;
  private track: MediaStreamTrack | null;
  private active = true;
  /** Parameters are read, changed and written: one at a time. */
  private applying: Promise<void> = Promise.resolve();
  private sender: RTCRtpSender | null = null;
  private picture: MediaStream | null = null;

  constructor(deps: VideoLinkDeps) {
    this.deps = deps;
    this.track = deps.sending?.track ?? null;
    this.kept = new KeptConnection({
      iceServers: deps.iceServers,
      prepare: (connection) => { this.prepare(connection); },
      offer: (sdp) => {
        if (this.picture !== null) deps.onPicture(this.picture);
        deps.offer(sdp);
      },
      answered: () => this.apply(),
      onState: (state) => {
        if (state !== 'opening') deps.onState(state === 'lost' ? 'connecting' : state);
      },
    });
    this.kept.start();
  }

  /** For the tests and the support panel. */
  get peerConnection(): RTCPeerConnection | null {
    return this.kept.peerConnection;
  }

  answer(sdp: string): void {
    this.kept.answer(sdp);
  }

  /** The server lost this connection, or could not answer. */
  reset(): void {
    this.kept.reset();
  }

  close(): void {
    this.kept.close();
  }

  /** Another camera, or none for a while. */
  replace(track: MediaStreamTrack | null): void {
    this.track = track;
    void this.sender?.replaceTrack(track).catch(() => undefined);
  }

  /** Whether anybody is to be sent it: what nobody wants is not encoded. */
  setActive(active: boolean): void {
    if (this.active === active) return;
    this.active = active;
    void this.apply();
  }

  private prepare(connection: RTCPeerConnection): void {
    const { sending } = this.deps;
    const transceiver = connection.addTransceiver(this.track ?? 'video', { direction: sending === null ? 'recvonly' : 'sendonly' });
    preferCommonCodecs(transceiver);
    this.sender = sending === null ? null : transceiver.sender;
    this.picture = sending === null ? new MediaStream([transceiver.receiver.track]) : null;
  }

  private apply(): Promise<void> {
    this.applying = this.applying.then(() => this.applyNow());
    return this.applying;
  }

  private async applyNow(): Promise<void> {
    const { sender, deps: { sending } } = this;
    if (sender === null || sending === null) return;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) {
      encoding.active = this.active;
      encoding.maxBitrate = sending.maxBitrate;
      encoding.maxFramerate = sending.maxFramerate;
      encoding.scaleResolutionDownBy = sending.scaleDownBy ?? 1;
    }
    parameters.degradationPreference = sending.keeps;
    // A browser that does not know one of them sends all the same, and the relay asks for no more.
    await sender.setParameters(parameters).catch(() => undefined);
  }
}

/** The two codecs that browsers have to speak (RFC 7742 section 5), VP8 first; retransmissions come on the same stream. */
function preferCommonCodecs(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const vp8 = known.filter(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
  const h264 = known.filter(({ mimeType, sdpFmtpLine = '' }) => mimeType.toLowerCase() === 'video/h264' && sdpFmtpLine.includes('packetization-mode=1') && /profile-level-id=42e0/i.test(sdpFmtpLine));
  // Safari before 17 and Firefox before 128 offer all they know, which the relay takes as well.
  if (vp8.length > 0 && 'setCodecPreferences' in transceiver) transceiver.setCodecPreferences([...vp8, ...h264]);
}
