import { effect } from '@preact/signals';
import type { ClientMessage, ServerMessages } from '../../../shared/protocol/messages.ts';
import type { ScreenLink } from '../../screen/screen-link.ts';
import { store } from '../store.ts';
import { toast } from '../toasts.ts';
import { canShowScreen, NO_SCREEN, screenStarting, screenStatus } from './screen-status.ts';
import { followWallPicture } from './wall-picture.ts';

/** Writing stays sharp, and the network of a hotel is not filled. */
const CAPTURE: DisplayMediaStreamOptions = { audio: false, video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { max: 15 } } };

export interface TalkScreenDeps {
  readonly send: <K extends 'screen' | 'screenOffer'>(name: K, message: ClientMessage<K>) => void;
}

/** Screens in the talk that I am in: mine, or that of another member. The connection is fetched when there is one. One for the time in the venue. */
export class TalkScreen {
  private readonly deps: TalkScreenDeps;
  private readonly unfollow: () => void;
  private readonly takeOffWall = followWallPicture();
  private track: MediaStreamTrack | null = null;
  private link: ScreenLink | null = null;

  constructor(deps: TalkScreenDeps) {
    this.deps = deps;
    let talk = '';
    this.unfollow = effect(() => {
      const now = store.talk.value?.id ?? '';
      // Whoever is out of the talk shows nothing from this moment, whatever the server has still to say.
      if (now !== talk && talk !== '') this.letGo();
      talk = now;
    });
  }

  /** For the tests and the support panel. */
  get peerConnection(): RTCPeerConnection | null {
    return this.link?.peerConnection ?? null;
  }

  /** Asks what to show, and shows it. Must be called by a press. `over`: in place of what somebody else shows. */
  async start(over: boolean): Promise<void> {
    const talk = store.talk.peek()?.id;
    if (talk === undefined || screenStarting.peek() || !canShowScreen()) return;
    screenStarting.value = true;
    const track = await capture();
    if (track === null || store.talk.peek()?.id !== talk) {
      track?.stop();
      screenStarting.value = false;
      if (track === null) toast('toast.talk.screenNone', 'info');
      return;
    }
    this.track?.stop();
    this.track = track;
    // The browser has a button of its own to end it, and a window can be closed.
    track.addEventListener('ended', () => { if (this.track === track) this.stop(); });
    this.deps.send('screen', { kind: 'start', over });
  }

  stop(): void {
    this.letGo();
    this.deps.send('screen', { kind: 'stop' });
  }

  told({ share, by }: ServerMessages['screen']): void {
    const before = screenStatus.peek();
    const isMine = by !== '' && by === store.myId.peek();
    if (isMine) screenStarting.value = false;
    if (share === before.share) return;
    this.unlink();
    if (!isMine && (before.by === store.myId.peek() || !screenStarting.peek())) this.release();
    if (share === 0) {
      screenStatus.value = NO_SCREEN;
      return;
    }
    screenStatus.value = { share, by, state: 'connecting', picture: null };
    if (isMine && this.track === null) this.deps.send('screen', { kind: 'stop' });
    else void this.connect(share, isMine ? this.track : null);
  }

  answer({ share, sdp }: ServerMessages['screenAnswer']): void {
    if (share === screenStatus.peek().share) this.link?.answer(sdp);
  }

  reset({ share }: ServerMessages['screenReset']): void {
    if (share === screenStatus.peek().share) this.link?.reset();
  }

  refused(what: 'screen' | 'screenOffer'): void {
    if (what === 'screenOffer') this.link?.reset();
    else this.release();
  }

  close(): void {
    this.unfollow();
    this.takeOffWall();
    this.letGo();
    screenStatus.value = NO_SCREEN;
  }

  private async connect(share: number, track: MediaStreamTrack | null): Promise<void> {
    const isNow = (): boolean => screenStatus.peek().share === share;
    try {
      const { ScreenLink } = await import('../../screen/screen-link.ts');
      if (!isNow() || this.link !== null || (track !== null && track !== this.track)) return;
      this.link = new ScreenLink({
        track, iceServers: store.session.peek()?.iceServers ?? [],
        offer: (sdp) => { this.deps.send('screenOffer', { share, sdp }); },
        onState: (state) => { if (isNow()) screenStatus.value = { ...screenStatus.peek(), state }; },
        onPicture: (picture) => { if (isNow()) screenStatus.value = { ...screenStatus.peek(), picture }; },
      });
    } catch {
      if (isNow()) screenStatus.value = { ...screenStatus.peek(), state: 'failed' };
    }
  }

  private unlink(): void {
    this.link?.close();
    this.link = null;
  }

  private release(): void {
    screenStarting.value = false;
    this.track?.stop();
    this.track = null;
  }

  /** Nothing of mine is captured or sent from here on, and nothing is watched. */
  private letGo(): void {
    this.unlink();
    this.release();
    screenStatus.value = NO_SCREEN;
  }
}

async function capture(): Promise<MediaStreamTrack | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(CAPTURE);
    const [track] = stream.getVideoTracks();
    if (track === undefined) return null;
    track.contentHint = 'detail';
    return track;
  } catch {
    // Turned down, by the person or by the system.
    return null;
  }
}
