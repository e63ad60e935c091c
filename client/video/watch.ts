import { VideoLink } from './video-link.ts';

/** What the relay knows as `PictureSize`: the most that this view has use for. */
export type ViewSize = 'high' | 'low' | 'none';

/**
 * `frozen`: it should move and has not for a second, as when the way carries nothing more than voices; `paused`: nothing is wanted of it.
 */
export type WatchState = 'connecting' | 'live' | 'frozen' | 'paused' | 'failed';

/** A picture that has not moved for so long is called frozen. */
const FROZEN_MS = 1000;
const LOOK_MS = 250;

export interface WatchDeps {
  readonly iceServers: readonly RTCIceServer[];
  /** Cameras move; a screen may well stand still. */
  readonly moves: boolean;
  offer(sdp: string): void;
  /** Carries to the server what is wanted, which it keeps for this line. */
  size(size: ViewSize): void;
  onState(state: WatchState): void;
  /** On every new connection. */
  onPicture(picture: MediaStream): void;
}

/** Somebody's picture on a line of its own. Which picture and in which layer the relay decides; the stream stays the same. */
export class PictureWatch {
  private readonly deps: WatchDeps;
  private readonly link: VideoLink;
  private readonly timer: ReturnType<typeof setInterval>;
  private size: ViewSize = 'high';
  private linkState: 'connecting' | 'live' | 'failed' = 'connecting';
  private told: WatchState = 'connecting';
  private frames = 0;
  private movedAt = performance.now();

  constructor(deps: WatchDeps) {
    this.deps = deps;
    this.link = new VideoLink({
      iceServers: deps.iceServers,
      sending: null,
      offer: (sdp) => { deps.offer(sdp); },
      onPicture: (picture) => { deps.onPicture(picture); },
      onState: (state) => {
        if (state === 'live' && this.linkState !== 'live') this.movedAt = performance.now();
        this.linkState = state;
        this.tell();
      },
    });
    this.timer = setInterval(() => { void this.look(); }, LOOK_MS);
  }

  /** For the tests and the support panel. */
  get peerConnection(): RTCPeerConnection | null {
    return this.link.peerConnection;
  }

  /** How large it is shown: `low` in a small tile, `none` while it is hidden. Takes no new connection. */
  setSize(size: ViewSize): void {
    if (this.size === size) return;
    if (this.size === 'none') this.movedAt = performance.now();
    this.size = size;
    this.deps.size(size);
    this.tell();
  }

  answer(sdp: string): void {
    this.link.answer(sdp);
  }

  /** The server lost this connection, or could not answer. */
  reset(): void {
    this.link.reset();
  }

  close(): void {
    clearInterval(this.timer);
    this.link.close();
  }

  private async look(): Promise<void> {
    const connection = this.link.peerConnection;
    if (!this.deps.moves || connection === null || this.linkState !== 'live' || this.size === 'none') return;
    const frames = await framesDecoded(connection);
    if (frames !== this.frames) this.movedAt = performance.now();
    this.frames = frames;
    this.tell();
  }

  private tell(): void {
    const state = this.state();
    if (state === this.told) return;
    this.told = state;
    this.deps.onState(state);
  }

  private state(): WatchState {
    if (this.linkState !== 'live') return this.linkState;
    if (this.size === 'none') return 'paused';
    return this.deps.moves && performance.now() - this.movedAt > FROZEN_MS ? 'frozen' : 'live';
  }
}

async function framesDecoded(connection: RTCPeerConnection): Promise<number> {
  for (const entry of ((await connection.getStats()) as unknown as ReadonlyMap<string, { type: string; framesDecoded?: number }>).values()) {
    if (entry.type === 'inbound-rtp') return entry.framesDecoded ?? 0;
  }
  return 0;
}
