import type { BaseTexture } from '@babylonjs/core/Materials/Textures/baseTexture.pure';

const WINDOW = 120;

/** The JavaScript time of the last frames, in a ring. */
export class FrameTimes {
  private readonly ring = new Float64Array(WINDOW);
  private next = 0;
  private filled = 0;
  private lastAt = Number.NaN;
  /** Smoothed frames a second. */
  framesPerSecond = 0;

  /** @param spent JavaScript time of the frame, ms; @param at when it began, `performance.now()` */
  add(spent: number, at: number): void {
    this.ring[this.next] = spent;
    this.next = (this.next + 1) % WINDOW;
    this.filled = Math.min(WINDOW, this.filled + 1);
    const interval = at - this.lastAt;
    this.lastAt = at;
    if (interval > 0 && interval < 2000) {
      this.framesPerSecond = this.framesPerSecond === 0 ? 1000 / interval : this.framesPerSecond * 0.95 + (1000 / interval) * 0.05;
    }
  }

  /** @param share 0.5 for the median, 0.99 for the 99th percentile. @returns ms, 0 before the first frame */
  percentile(share: number): number {
    if (this.filled === 0) return 0;
    const sorted = this.ring.slice(0, this.filled).sort();
    return sorted[Math.min(this.filled - 1, Math.floor(share * this.filled))] ?? 0;
  }
}

/** Bytes of one texel: what our textures are (8-bit RGBA and 32-bit float RGBA, half floats for the environment). */
const BYTES: ReadonlyMap<number, number> = new Map([[0, 4], [1, 16], [2, 8]]);

/** GPU memory of textures as the driver holds them: uncompressed, a third more with mipmaps, six faces a cube. */
export function textureMegabytes(textures: readonly BaseTexture[]): number {
  const seen = new Set<number>();
  let bytes = 0;
  for (const texture of textures) {
    const internal = texture.getInternalTexture();
    if (internal === null || seen.has(internal.uniqueId)) continue;
    seen.add(internal.uniqueId);
    const texels = internal.width * internal.height * (internal.isCube ? 6 : 1);
    bytes += texels * (BYTES.get(internal.type) ?? 4) * (internal.generateMipMaps ? 4 / 3 : 1);
  }
  return bytes / 1_000_000;
}
