/** Address of a flag on our own server; the one place that knows it. `country`: ISO 3166-1 alpha-2, lower case. */
export function flagUrl(country: string): string {
  return `/flags/${country}.svg`;
}

/** Pixels that flags are drawn at before the label's painter scales them down. */
const WIDTH = 96;
const HEIGHT = 72;

/** Flags as images for canvases, fetched once each. */
export class Flags {
  private readonly images = new Map<string, HTMLImageElement | null>();
  private readonly onLoad: (country: string) => void;

  /** @param onLoad a flag that was asked for before is there now */
  constructor(onLoad: (country: string) => void) {
    this.onLoad = onLoad;
  }

  /** The image, or null while it is not there (then it is on its way, or does not exist). */
  get(country: string): HTMLImageElement | null {
    const known = this.images.get(country);
    if (known !== undefined) return known;
    this.images.set(country, null);
    void this.load(country);
    return null;
  }

  private async load(country: string): Promise<void> {
    try {
      const response = await fetch(flagUrl(country));
      if (!response.ok) return;
      const text = await response.text();
      // Firefox draws an SVG without width and height onto a canvas as nothing.
      const sized = text.replace('<svg ', `<svg width="${WIDTH}" height="${HEIGHT}" `);
      const url = URL.createObjectURL(new Blob([sized], { type: 'image/svg+xml' }));
      const image = new Image(WIDTH, HEIGHT);
      image.src = url;
      await image.decode();
      URL.revokeObjectURL(url);
      this.images.set(country, image);
      this.onLoad(country);
    } catch {
      // A name without its flag is still a name: the entity is written beside it.
    }
  }
}
