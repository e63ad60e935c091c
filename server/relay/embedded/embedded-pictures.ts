import type { PictureCounters, PictureRelay } from '../relay.ts';
import { RelayError } from '../relay.ts';
import type { Command, Report } from './ipc.ts';
import { parsePictureOffer } from './offer.ts';

const MAX_PEER_ID_CHARS = 128;

export interface EmbeddedPicturesDeps {
  readonly send: (command: Command) => boolean;
  readonly request: (send: (request: number) => boolean) => Promise<Report>;
}

/** Pictures, on the server's side of the relay process. */
export class EmbeddedPictures implements PictureRelay {
  readonly #deps: EmbeddedPicturesDeps;
  /** Kept here too, because the process forgets everything when it dies. */
  readonly #shown = new Map<string, readonly string[]>();
  readonly #lost = new Set<(peer: string) => void>();
  readonly #joining = new Map<string, number>();

  constructor(deps: EmbeddedPicturesDeps) {
    this.#deps = deps;
  }

  async join(peer: string, offer: string): Promise<{ answer: string; role: 'shows' | 'watches' }> {
    if (peer.length === 0 || peer.length > MAX_PEER_ID_CHARS) throw new RelayError('OFFER_INVALID', 'a peer id of impossible length');
    const parsed = parsePictureOffer(offer);
    this.#joining.set(peer, (this.#joining.get(peer) ?? 0) + 1);
    try {
      const report = await this.#deps.request((request) => this.#deps.send({ type: 'joinPicture', request, peer, offer: parsed }));
      if (report.type === 'refused') throw new RelayError('UNAVAILABLE', report.why);
      if (report.type !== 'pictureJoined') throw new RelayError('UNAVAILABLE', `unexpected reply ${report.type}`);
      return { answer: report.answer, role: parsed.role };
    } finally {
      const left = (this.#joining.get(peer) ?? 1) - 1;
      if (left === 0) this.#joining.delete(peer);
      else this.#joining.set(peer, left);
    }
  }

  leave(peer: string): void {
    this.#shown.delete(peer);
    for (const [from, viewers] of this.#shown) if (viewers.includes(peer)) this.#shown.set(from, viewers.filter((viewer) => viewer !== peer));
    this.#deps.send({ type: 'leavePicture', peer });
  }

  show(peer: string, viewers: readonly string[]): void {
    if (viewers.length === 0) this.#shown.delete(peer);
    else this.#shown.set(peer, viewers);
    this.#deps.send({ type: 'show', peer, viewers: [...viewers] });
  }

  async counters(): Promise<readonly PictureCounters[]> {
    const report = await this.#deps.request((request) => this.#deps.send({ type: 'pictureCounters', request }));
    if (report.type !== 'pictureCounters') throw new RelayError('UNAVAILABLE', `unexpected reply ${report.type}`);
    return report.peers;
  }

  onLost(listener: (peer: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  /** The process tells that a connection is down. */
  lost(peer: string): void {
    // Of the connection that a join under way replaces: no news for anybody.
    if (!this.#joining.has(peer)) for (const listener of [...this.#lost]) listener(peer);
  }

  /** A new process knows nothing. */
  restarted(): void {
    for (const [peer, viewers] of this.#shown) this.#deps.send({ type: 'show', peer, viewers: [...viewers] });
  }
}
