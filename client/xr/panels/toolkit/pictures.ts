/** Portraits and flags, fetched when they are first shown. */
export class Pictures {
  /** Raised whenever one has arrived. */
  revision = 0;
  private readonly images = new Map<string, { readonly image: HTMLImageElement; ready: boolean }>();

  /** The picture, or null while it is not there. */
  get(address: string): HTMLImageElement | null {
    if (address === '') return null;
    const known = this.images.get(address);
    if (known !== undefined) return known.ready ? known.image : null;
    const entry = { image: new Image(), ready: false };
    this.images.set(address, entry);
    entry.image.onload = () => {
      entry.ready = true;
      this.revision += 1;
    };
    // A missing picture stays initials, or nothing.
    entry.image.src = address;
    return null;
  }
}
