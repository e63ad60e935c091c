/** Pictures of our own server, fetched once each. */
export class Logos {
  private readonly images = new Map<string, HTMLImageElement>();
  private readonly onArrived: () => void;

  constructor(onArrived: () => void) {
    this.onArrived = onArrived;
  }

  /** Fetches a picture if that has not been tried yet. One that does not come is done without: its name stands there. */
  want(address: string): void {
    if (this.images.has(address)) return;
    const image = new Image();
    this.images.set(address, image);
    image.onload = () => { this.onArrived(); };
    image.src = address;
  }

  /** The picture, once it is there. */
  image(address: string): HTMLImageElement | undefined {
    const image = this.images.get(address);
    return image?.complete === true && image.naturalWidth > 0 ? image : undefined;
  }
}
