import { effect } from '@preact/signals';
import type { DirectDeed, DirectGrant, DirectMessages } from '../../../shared/protocol/direct.ts';
import type { ServerMessages } from '../../../shared/protocol/messages.ts';
import type { FrameTap } from '../../audio/relay-link.ts';
import type { DirectLink } from '../../audio/direct/direct-link.ts';
import type { Voice } from '../../audio/voice.ts';
import { store } from '../store.ts';
import { directStatus } from './direct-status.ts';

export interface DirectTalkDeps {
  readonly voice: Pick<Voice, 'setDirect' | 'mixer'>;
  readonly frames: FrameTap;
  readonly send: (deed: DirectDeed) => void;
}

/**
 * My part in talks from browser to browser. From the moment when the server says that both have agreed, nothing of mine goes to the relay, until it
 * says that both have agreed to use it again.
 */
export class DirectTalk {
  private readonly deps: DirectTalkDeps;
  private link: DirectLink | null = null;
  /** Rises with every link: what belongs to an earlier one comes too late. */
  private attempt = 0;
  private partner = '';
  /** What the server last said of who hears me over the relay. */
  private overRelay: ServerMessages['hearers'] = { count: 0, ids: null };
  private readonly stop: () => void;

  constructor(deps: DirectTalkDeps) {
    this.deps = deps;
    const stops = [effect(() => this.showHearers()), effect(() => deps.voice.mixer.setDeafened(store.deafened.value))];
    this.stop = () => stops.forEach((stop) => stop());
  }

  /** For measurements. */
  get connection(): RTCPeerConnection | null {
    return this.link?.connection ?? null;
  }

  told({ talk, direct, grant }: DirectMessages['direct']): void {
    const before = directStatus.peek();
    directStatus.value = talk === '' ? null : direct;
    const bypasses = direct !== null && direct.state !== 'asked';
    if (!bypasses || direct.state === 'failed') this.hangUp();
    // Silent towards the relay from here on; the link takes the microphone when it is there.
    this.deps.voice.setDirect(bypasses ? (this.link ?? 'none') : null);
    if (grant !== null) void this.connect(grant);
    // A page that was loaded anew knows nothing of the link that there was.
    else if (bypasses && direct.state !== 'failed' && this.attempt === 0 && before === null) this.deps.send({ kind: 'directFailed' });
  }

  hearers(message: ServerMessages['hearers']): void {
    this.overRelay = message;
    this.showHearers();
  }

  close(): void {
    this.hangUp();
    directStatus.value = null;
    this.stop();
  }

  private async connect(grant: DirectGrant): Promise<void> {
    this.hangUp();
    this.attempt += 1;
    const { attempt } = this;
    const isMine = (): boolean => attempt === this.attempt;
    const failed = (): void => {
      if (!isMine()) return;
      this.hangUp();
      this.deps.voice.setDirect('none');
      this.deps.send({ kind: 'directFailed' });
    };
    this.partner = store.talk.peek()?.members.find(({ id }) => id !== store.myId.peek())?.id ?? '';
    try {
      const { DirectLink } = await import('../../audio/direct/direct-link.ts');
      if (!isMine()) return;
      this.link = new DirectLink({
        grant, frames: this.deps.frames, iceServers: store.session.peek()?.iceServers ?? [],
        onUp: () => {
          if (isMine()) this.deps.send({ kind: 'directUp' });
        },
        onTrack: (track) => {
          if (isMine()) this.deps.voice.mixer.setDirect(track, this.partner);
        },
        onFailed: failed,
      });
      this.deps.voice.setDirect(this.link);
    } catch {
      failed();
    }
  }

  private hangUp(): void {
    this.link?.close();
    this.link = null;
    this.attempt += this.attempt === 0 ? 0 : 1;
    this.deps.voice.mixer.setDirect(null, '');
  }

  /** The server sees only what goes over the relay: directly, my partner hears me and nobody else. */
  private showHearers(): void {
    const direct = directStatus.value;
    const live = store.mic.value.state === 'live';
    const deafened = store.people.value.get(this.partner)?.deafened === true;
    if (direct === null || direct.state === 'asked') {
      store.hearers.value = this.overRelay;
      return;
    }
    const heard = direct.state === 'direct' && live && !deafened;
    store.hearers.value = { count: heard ? 1 : 0, ids: heard ? [this.partner] : [] };
  }
}
