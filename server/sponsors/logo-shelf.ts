import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Turns } from '../publication/turns.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { SPONSOR_LIMITS } from '../../shared/rules/sponsors.ts';
import { requireRaster } from './logo-kinds.ts';
import type { DrawnLogo } from './redraw.ts';

/** A logo that was uploaded while somebody fills in a form waits so long for that form to be saved. */
const WAITS_MS = 2 * 3_600_000;
const HASH_LENGTH = 32;
const FILE = /^[0-9a-f]{32}\.webp$/;

export interface KeptLogo {
  /** Hash of its content, hexadecimal: its name. */
  readonly logo: string;
  readonly width: number;
  readonly height: number;
}

/** Whether a path below the address of logos is that of one. */
export function isLogoFile(path: string): boolean {
  return FILE.test(path);
}

/**
 * The folder of logos, each named by the hash of its content, so that one never changes under its address. A file that no entry names, and that waits for no
 * form, is removed.
 */
export class LogoShelf {
  readonly folder: string;
  private readonly redraw: (file: string) => Promise<DrawnLogo>;
  private readonly now: () => number;
  /** Decoding is heavy, and a file must not be removed while it is being put there: one at a time. */
  private readonly turns = new Turns();
  private readonly waiting = new Map<string, number>();
  private readonly there = new Set<string>();

  constructor(folder: string, redraw: (file: string) => Promise<DrawnLogo>, now: () => number = Date.now) {
    this.folder = folder;
    this.redraw = redraw;
    this.now = now;
  }

  /** Makes the folder, and removes what is not in `used`: also what a crash left. */
  async open(used: ReadonlySet<string>): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.folder)) {
      if (FILE.test(name) && used.has(name.slice(0, HASH_LENGTH))) this.there.add(name.slice(0, HASH_LENGTH));
      else await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }

  has(logo: string): boolean {
    return this.there.has(logo);
  }

  /** Takes what somebody uploaded as a logo. Rejects with a `ReasonedError` LOGO_TOO_LARGE, LOGO_SVG, LOGO_KIND or LOGO_DAMAGED. */
  async take(bytes: Uint8Array): Promise<KeptLogo> {
    if (bytes.byteLength > SPONSOR_LIMITS.logoBytes) throw new ReasonedError('LOGO_TOO_LARGE');
    requireRaster(bytes);
    return this.turns.run(async () => {
      const { webp, width, height } = await this.drawn(bytes);
      const logo = createHash('sha256').update(webp).digest('hex').slice(0, HASH_LENGTH);
      const made = join(this.folder, `.${logo}-${randomBytes(6).toString('hex')}`);
      await writeFile(made, webp, { mode: 0o600 });
      await rename(made, join(this.folder, `${logo}.webp`));
      this.there.add(logo);
      this.waiting.set(logo, this.now());
      return { logo, width, height };
    });
  }

  /** Removes the files that nobody uses or is about to use. `used`: asked when it is the turn. */
  sweep(used: () => ReadonlySet<string>): Promise<void> {
    return this.turns.run(async () => {
      const inUse = used();
      for (const [logo, since] of this.waiting) if (inUse.has(logo) || this.now() - since > WAITS_MS) this.waiting.delete(logo);
      for (const logo of [...this.there]) {
        if (inUse.has(logo) || this.waiting.has(logo)) continue;
        this.there.delete(logo);
        await rm(join(this.folder, `${logo}.webp`), { force: true });
      }
    });
  }

  private async drawn(bytes: Uint8Array): Promise<DrawnLogo> {
    const work = await mkdtemp(join(this.folder, '.work-'));
    try {
      const file = join(work, 'picture');
      await writeFile(file, bytes, { mode: 0o600 });
      return await this.redraw(file);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
}
