import { VideoLink } from '../video/video-link.ts';
import type { LinkState } from '../video/video-link.ts';

/** What the relay wants of a screen at most (`LAYER_LIMITS`): writing that can be read, and no strain on a conference hotel's network. */
const MAX_BITRATE = 1_500_000;
const MAX_FRAMES_PER_SECOND = 15;

export interface ScreenLinkDeps {
  readonly iceServers: readonly RTCIceServer[];
  /** What I show, or null: I watch. */
  readonly track: MediaStreamTrack | null;
  /** Carries an offer to the server; the answer comes back through `answer()`. */
  offer(sdp: string): void;
  onState(state: LinkState): void;
  /** What I watch, on every new connection. */
  onPicture(picture: MediaStream): void;
}

/** The connection for one screen that is shown. When the way is narrow, frames are fewer and writing stays sharp. */
export class ScreenLink extends VideoLink {
  constructor(deps: ScreenLinkDeps) {
    const { track } = deps;
    super({
      iceServers: deps.iceServers,
      offer: (sdp) => { deps.offer(sdp); },
      onState: (state) => { deps.onState(state); },
      onPicture: (picture) => { deps.onPicture(picture); },
      sending: track === null ? null : { track, maxBitrate: MAX_BITRATE, maxFramerate: MAX_FRAMES_PER_SECOND, keeps: 'maintain-resolution' },
    });
  }
}
