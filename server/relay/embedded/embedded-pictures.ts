import type { PictureCounters, PictureLineOptions, PictureRelay, PictureSize } from '../relay.ts';
import { RelayError } from '../relay.ts';
import type { Command, Report } from './ipc.ts';
import { parsePictureOffer } from './offer.ts';
import { ShownPictures } from './shown-pictures.ts';

const MAX_PEER_ID_CHARS = 128;

export interface EmbeddedPicturesDeps {
  readonly send: (command: Command) => boolean;
  readonly request: (send: (request: number) => boolean) => Promise<Report>;
}

/** Pictures, on the server's side of the relay process. */
export class EmbeddedPictures implements PictureRelay {
  readonly #deps: EmbeddedPicturesDeps;
  /** Kept here too, because the process forgets everything when it dies. */
  readonly #shown = new ShownPictures();
  readonly #sizes = new Map<string, PictureSize>();
  readonly #lost = new Set<(line: string) => void>();
  readonly #wanted = new Set<(line: string, wanted: boolean) => void>();
  readonly #joining = new Map<string, number>();

  constructor(deps: EmbeddedPicturesDeps) {
    this.#deps = deps;
  }

  async join(peer: string, offer: string, options: PictureLineOptions = {}): Promise<{ answer: string; role: 'shows' | 'watches' }> {
    if (peer.length === 0 || peer.length > MAX_PEER_ID_CHARS) throw new RelayError('OFFER_INVALID', 'a peer id of impossible length');
    const parsed = parsePictureOffer(offer);
    this.#joining.set(peer, (this.#joining.get(peer) ?? 0) + 1);
    try {
      const report = await this.#deps.request((request) => this.#deps.send({ type: 'joinPicture', request, peer, offer: parsed, ...options }));
      if (report.type === 'refused') throw new RelayError('UNAVAILABLE', report.why);
      if (report.type !== 'pictureJoined') throw new RelayError('UNAVAILABLE', `unexpected reply ${report.type}`);
      return { answer: report.answer, role: parsed.role };
    } finally {
      const left = (this.#joining.get(peer) ?? 1) - 1;
      if (left === 0) this.#joining.delete(peer);
      else this.#joining.set(peer, left);
    }
  }

  leave(line: string): void {
    this.#shown.forget(line);
    this.#sizes.delete(line);
    this.#deps.send({ type: 'leavePicture', peer: line });
  }

  show(picture: string, viewers: readonly string[], layers: readonly string[] = [picture]): void {
    this.#shown.set(picture, { viewers, layers });
    this.#deps.send({ type: 'show', picture, viewers: [...viewers], layers: [...layers] });
  }

  setSize(line: string, size: PictureSize): void {
    this.#sizes.set(line, size);
    this.#deps.send({ type: 'sizePicture', peer: line, size });
  }

  async counters(): Promise<readonly PictureCounters[]> {
    const report = await this.#deps.request((request) => this.#deps.send({ type: 'pictureCounters', request }));
    if (report.type !== 'pictureCounters') throw new RelayError('UNAVAILABLE', `unexpected reply ${report.type}`);
    return report.peers;
  }

  onLost(listener: (line: string) => void): () => void {
    this.#lost.add(listener);
    return () => this.#lost.delete(listener);
  }

  onWanted(listener: (line: string, wanted: boolean) => void): () => void {
    this.#wanted.add(listener);
    return () => this.#wanted.delete(listener);
  }

  /** The process tells that a connection is down. */
  lost(line: string): void {
    // Of the connection that a join under way replaces: no news for anybody.
    if (!this.#joining.has(line)) for (const listener of [...this.#lost]) listener(line);
  }

  /** The process tells whether anybody is to be sent what comes in on a line. */
  wanted(line: string, wanted: boolean): void {
    for (const listener of [...this.#wanted]) listener(line, wanted);
  }

  /** A new process knows nothing. */
  restarted(): void {
    for (const [picture, { viewers, layers }] of this.#shown.all()) this.#deps.send({ type: 'show', picture, viewers: [...viewers], layers: [...layers] });
    for (const [line, size] of this.#sizes) this.#deps.send({ type: 'sizePicture', peer: line, size });
  }
}
