/** A picture as the server named it: the lines that show it, the largest first, and those that may watch. */
export interface ShownPicture {
  readonly viewers: readonly string[];
  readonly layers: readonly string[];
}

/** What is to be shown to whom, whether or not they are joined. The server keeps one to tell a restarted process; the process keeps one to connect lines as they join. */
export class ShownPictures {
  readonly #pictures = new Map<string, ShownPicture>();

  /** A line watches one picture: it is taken from any other. @returns the pictures that are another than they were, by name */
  set(picture: string, { viewers, layers }: ShownPicture): ReadonlySet<string> {
    const changed = new Set([picture]);
    if (viewers.length === 0) {
      this.#pictures.delete(picture);
      return changed;
    }
    const named = new Set(viewers);
    for (const [other, shown] of this.#pictures) {
      if (other === picture || !shown.viewers.some((viewer) => named.has(viewer))) continue;
      this.#keep(other, { viewers: shown.viewers.filter((viewer) => !named.has(viewer)), layers: shown.layers });
      changed.add(other);
    }
    this.#pictures.set(picture, { viewers: [...named], layers });
    return changed;
  }

  /** Drops a line wherever it watches or shows. @returns the pictures that are another than they were */
  forget(line: string): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const [picture, { viewers, layers }] of this.#pictures) {
      if (!viewers.includes(line) && !layers.includes(line)) continue;
      this.#keep(picture, { viewers: viewers.filter((viewer) => viewer !== line), layers: layers.filter((layer) => layer !== line) });
      changed.add(picture);
    }
    return changed;
  }

  get(picture: string): ShownPicture | undefined {
    return this.#pictures.get(picture);
  }

  all(): IterableIterator<[string, ShownPicture]> {
    return this.#pictures.entries();
  }

  #keep(picture: string, shown: ShownPicture): void {
    if (shown.viewers.length === 0 || shown.layers.length === 0) this.#pictures.delete(picture);
    else this.#pictures.set(picture, shown);
  }
}
