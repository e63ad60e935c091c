import { randomBytes } from 'node:crypto';
import type { PreviewAddress } from '../../shared/protocol/staff.ts';

/** 256 bits: an address that cannot be guessed stands in for the token, which pictures and models are fetched without. */
const SECRET_BYTES = 32;
const LIFETIME_MS = 30 * 60_000;
/** The oldest gives way. */
const MOST = 50;

export interface Preview {
  readonly upload: string;
  readonly folder: string;
  readonly expiresAt: number;
}

/** Addresses of unpublished scenes, in memory only: they end with the process, after half an hour, or with the upload. */
export class Previews {
  private readonly open = new Map<string, Preview>();

  add(upload: string, folder: string, now: number): PreviewAddress {
    this.drop((preview) => preview.expiresAt <= now);
    const [oldest] = this.open.keys();
    if (this.open.size >= MOST && oldest !== undefined) this.open.delete(oldest);
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const expiresAt = now + LIFETIME_MS;
    this.open.set(secret, { upload, folder, expiresAt });
    return { base: `/api/staff/preview/${secret}/`, expiresAt };
  }

  /** What is behind an address, or null. */
  find(secret: string, now: number): Preview | null {
    const preview = this.open.get(secret);
    return preview === undefined || preview.expiresAt <= now ? null : preview;
  }

  /** Closes all addresses of an upload. */
  close(upload: string): void {
    this.drop((preview) => preview.upload === upload);
  }

  private drop(which: (preview: Preview) => boolean): void {
    for (const [secret, preview] of this.open) if (which(preview)) this.open.delete(secret);
  }
}
