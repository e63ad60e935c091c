import { VideoLink } from './video-link.ts';
import type { LinkState, Sending } from './video-link.ts';

/** The two sizes of a camera, each a line of its own at the relay. */
export const CAMERA_LAYERS = ['high', 'low'] as const;
export type CameraLayer = (typeof CAMERA_LAYERS)[number];

/** Lines of pixels that each layer has at most; the other limits are the relay's (`LAYER_LIMITS`). */
const LAYERS = {
  high: { lines: 720, maxBitrate: 1_200_000, maxFramerate: 25 },
  low: { lines: 180, maxBitrate: 150_000, maxFramerate: 15 },
} as const;

/** What to ask of `getUserMedia`. */
export const CAMERA: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } };

export interface CameraDeps {
  readonly iceServers: readonly RTCIceServer[];
  /** Carries an offer to the server; the answer comes back through `answer()` of the same layer. */
  offer(layer: CameraLayer, sdp: string): void;
  /** The worse of the two lines. */
  onState(state: LinkState): void;
}

/** A camera (of a speaker, the chair, an interpreter of sign language), sent in two sizes so that everybody is shown what fits. */
export class CameraPublication {
  private readonly links: Readonly<Record<CameraLayer, VideoLink>>;
  private readonly states: Record<CameraLayer, LinkState> = { high: 'connecting', low: 'connecting' };

  /** @param track stays the caller's: it is not stopped here */
  constructor(track: MediaStreamTrack, deps: CameraDeps) {
    const open = (layer: CameraLayer): VideoLink => new VideoLink({
      iceServers: deps.iceServers,
      sending: sendingOf(track, layer),
      offer: (sdp) => { deps.offer(layer, sdp); },
      onState: (state) => {
        this.states[layer] = state;
        const { high, low } = this.states;
        deps.onState(high === 'failed' || low === 'failed' ? 'failed' : high === 'live' && low === 'live' ? 'live' : 'connecting');
      },
      onPicture: () => undefined,
    });
    this.links = { high: open('high'), low: open('low') };
  }

  /** For the tests and the support panel. */
  peerConnection(layer: CameraLayer): RTCPeerConnection | null {
    return this.links[layer].peerConnection;
  }

  answer(layer: CameraLayer, sdp: string): void {
    this.links[layer].answer(sdp);
  }

  /** The server lost this layer's connection, or could not answer. */
  reset(layer: CameraLayer): void {
    this.links[layer].reset();
  }

  /** What the relay says of a layer (`onWanted`): what nobody watches is not encoded. */
  setWanted(layer: CameraLayer, wanted: boolean): void {
    this.links[layer].setActive(wanted);
  }

  /** Another camera, of about the same size, or none for a while. */
  replace(track: MediaStreamTrack | null): void {
    for (const layer of CAMERA_LAYERS) this.links[layer].replace(track);
  }

  close(): void {
    for (const layer of CAMERA_LAYERS) this.links[layer].close();
  }
}

function sendingOf(track: MediaStreamTrack, layer: CameraLayer): Sending {
  const { lines, maxBitrate, maxFramerate } = LAYERS[layer];
  const { width = 1280, height = 720 } = track.getSettings();
  // A phone held upright is as sharp as one held across.
  return { track, maxBitrate, maxFramerate, scaleDownBy: Math.max(1, Math.min(width, height) / lines), keeps: 'balanced' };
}
