import { KeptConnection } from '../net/kept-connection.ts';

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
  private readonly kept: KeptConnection;
  private picture: MediaStream | null = null;

  constructor(deps: ScreenLinkDeps) {
    const { iceServers, track } = deps;
    this.kept = new KeptConnection({
      iceServers,
      prepare: (connection) => {
        const transceiver = connection.addTransceiver(track ?? 'video', { direction: track === null ? 'recvonly' : 'sendonly' });
        preferVp8(transceiver);
        this.picture = track === null ? new MediaStream([transceiver.receiver.track]) : null;
      },
      offer: (sdp) => {
        if (this.picture !== null) deps.onPicture(this.picture);
        deps.offer(sdp);
      },
      answered: limit,
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
}

async function limit(connection: RTCPeerConnection): Promise<void> {
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

/** The one codec for all: every browser has to speak it (RFC 7742 section 5). Retransmissions come on the same stream. */
function preferVp8(transceiver: RTCRtpTransceiver): void {
  const codecs = (RTCRtpReceiver.getCapabilities('video')?.codecs ?? []).filter(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8');
  // Safari before 17 and Firefox before 128 offer all they know, which the relay takes as well.
  if (codecs.length > 0 && 'setCodecPreferences' in transceiver) transceiver.setCodecPreferences(codecs);
}
