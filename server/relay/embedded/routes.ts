import type { Route } from '../relay.ts';

/**
 * Who should feed which slot, whether or not those peers are joined. The parent keeps one to tell a restarted process; the process keeps one to
 * connect peers as they join.
 */
export class RouteTable {
  readonly #rows = new Map<string, Map<number, string>>();

  set({ listener, slot, speaker }: Route): void {
    const row = this.#rows.get(listener);
    if (speaker === null) {
      row?.delete(slot);
      if (row?.size === 0) this.#rows.delete(listener);
    } else if (row) row.set(slot, speaker);
    else this.#rows.set(listener, new Map([[slot, speaker]]));
  }

  /** Drops every route to and from a peer. */
  forget(peer: string): void {
    this.#rows.delete(peer);
    for (const [listener, row] of this.#rows) {
      for (const [slot, speaker] of row) if (speaker === peer) row.delete(slot);
      if (row.size === 0) this.#rows.delete(listener);
    }
  }

  speakerOf(listener: string, slot: number): string | null {
    return this.#rows.get(listener)?.get(slot) ?? null;
  }

  /** Every route of the table, in no particular order. */
  *all(): Generator<Route> {
    for (const [listener, row] of this.#rows) for (const [slot, speaker] of row) yield { listener, slot, speaker };
  }
}
