/** The part of a relay that carries pictures, in memory: it forwards nothing and remembers what it was told. */
import type { PictureRelay, PictureSize } from '../../server/relay/relay.ts';

/** The part of `MemoryRelay` that has to do with pictures. An "offer" is `shows` or `watches`. */
export class MemoryPictures implements PictureRelay {
  readonly joined = new Map<string, 'shows' | 'watches'>();
  readonly shown = new Map<string, readonly string[]>();
  /** Of pictures whose layers were named. */
  readonly layers = new Map<string, readonly string[]>();
  readonly sizes = new Map<string, PictureSize>();
  failing: Error | null = null;
  /** Joins wait for this. */
  working: Promise<void> = Promise.resolve();
  private readonly listeners = new Set<(peer: string) => void>();
  private readonly wanting = new Set<(line: string, wanted: boolean) => void>();

  async join(peer: string, offer: string): Promise<{ answer: string; role: 'shows' | 'watches' }> {
    if (this.failing !== null) throw this.failing;
    const role = offer === 'shows' ? 'shows' : 'watches';
    this.joined.set(peer, role);
    await this.working;
    return { answer: `answer to ${offer}`, role };
  }

  leave(peer: string): void {
    this.joined.delete(peer);
    this.shown.delete(peer);
    this.sizes.delete(peer);
    for (const [from, viewers] of this.shown) this.show(from, viewers.filter((viewer) => viewer !== peer), this.layers.get(from)?.filter((layer) => layer !== peer));
  }

  show(peer: string, viewers: readonly string[], layers?: readonly string[]): void {
    if (viewers.length === 0) this.shown.delete(peer);
    else this.shown.set(peer, viewers);
    if (layers === undefined || viewers.length === 0) this.layers.delete(peer);
    else this.layers.set(peer, layers);
  }

  counters(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  onLost(listener: (peer: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  setSize(line: string, size: PictureSize): void {
    this.sizes.set(line, size);
  }

  onWanted(listener: (line: string, wanted: boolean) => void): () => void {
    this.wanting.add(listener);
    return () => this.wanting.delete(listener);
  }

  /** As the relay tells it. */
  want(line: string, wanted: boolean): void {
    for (const listener of this.wanting) listener(line, wanted);
  }

  lose(peer: string): void {
    this.joined.delete(peer);
    for (const listener of this.listeners) listener(peer);
  }

  /** Who is sent what `peer` shows: those who are joined, of those who may be. */
  watchers(peer: string): string[] {
    if (!(this.layers.get(peer) ?? [peer]).some((layer) => this.joined.get(layer) === 'shows')) return [];
    return (this.shown.get(peer) ?? []).filter((viewer) => this.joined.get(viewer) === 'watches').sort();
  }
}
