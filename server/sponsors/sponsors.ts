import { randomBytes } from 'node:crypto';
import type { LogoAccepted, Sponsor, SponsorFields, StaffBooth, StaffSponsors } from '../../shared/protocol/sponsors.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { SPONSOR_LIMITS } from '../../shared/rules/sponsors.ts';
import type { Log } from '../log.ts';
import { Turns } from '../publication/turns.ts';
import type { SponsorRecord, SponsorRepository } from '../store/store.ts';
import type { LogoShelf } from './logo-shelf.ts';
import { inOrder, logoAddress, shownSponsor } from './shown.ts';

const ID_BYTES = 9;

export interface SponsorsDeps {
  readonly store: SponsorRepository;
  readonly shelf: Pick<LogoShelf, 'has' | 'open' | 'sweep' | 'take'>;
  readonly booths: () => Promise<readonly StaffBooth[]>;
  readonly log: Pick<Log, 'error'>;
}

/** Those who made the event possible: the only writer of their entries and logos. Changes come one after the other; whoever listens is told after each. */
export class Sponsors {
  private readonly deps: SponsorsDeps;
  private readonly turns = new Turns();
  private readonly listeners = new Set<() => void>();
  private records = new Map<string, SponsorRecord>();
  private shown: readonly Sponsor[] = [];

  constructor(deps: SponsorsDeps) {
    this.deps = deps;
  }

  /** Reads what is kept. Rejects with a `StoreError`, or with the system's error if the folder of logos cannot be used. */
  async start(): Promise<void> {
    this.records = new Map((await this.deps.store.list()).map((record) => [record.id, record]));
    await this.deps.shelf.open(this.logosInUse());
    this.shown = inOrder(this.records.values()).map(shownSponsor);
  }

  /** What everybody in the venue is told, in the order in which it is shown. */
  list(): readonly Sponsor[] {
    return this.shown;
  }

  /** @returns how to stop listening */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async overview(): Promise<StaffSponsors> {
    const booths = await this.deps.booths();
    const sponsors = inOrder(this.records.values()).map(({ position: _, ...record }) => ({ ...record, logoAddress: record.logo === null ? null : logoAddress(record.logo) }));
    return { sponsors, booths };
  }

  /** Adds an entry behind those of its tier. Rejects with a `ReasonedError` SPONSORS_FULL, LOGO_UNKNOWN or BOOTH_TAKEN. @returns its id */
  add(fields: SponsorFields): Promise<string> {
    return this.turns.run(async () => {
      if (this.records.size >= SPONSOR_LIMITS.entries) throw new ReasonedError('SPONSORS_FULL');
      const id = randomBytes(ID_BYTES).toString('base64url');
      this.check(id, fields);
      const position = Math.max(-1, ...Array.from(this.records.values(), (record) => record.position)) + 1;
      await this.save([{ ...fields, id, position, revision: 1 }]);
      return id;
    });
  }

  /** `revision`: what the person saw and changed. Rejects with a `ReasonedError` SPONSOR_UNKNOWN, SPONSOR_CHANGED, LOGO_UNKNOWN or BOOTH_TAKEN. */
  change(id: string, fields: SponsorFields, revision: number): Promise<void> {
    return this.turns.run(async () => {
      const record = this.known(id);
      if (record.revision !== revision) throw new ReasonedError('SPONSOR_CHANGED');
      this.check(id, fields);
      await this.save([{ ...fields, id, position: record.position, revision: revision + 1 }]);
    });
  }

  /** Rejects with a `ReasonedError` SPONSOR_UNKNOWN. */
  remove(id: string): Promise<void> {
    return this.turns.run(async () => {
      this.known(id);
      await this.deps.store.remove(id);
      this.records.delete(id);
      this.tell();
    });
  }

  /** Rejects with a `ReasonedError` SPONSOR_CHANGED if these are not all entries there are now. */
  order(ids: readonly string[]): Promise<void> {
    return this.turns.run(async () => {
      const records = [...new Set(ids)].flatMap((id) => this.records.get(id) ?? []);
      if (records.length !== ids.length || records.length !== this.records.size) throw new ReasonedError('SPONSOR_CHANGED');
      await this.save(records.map((record, position) => ({ ...record, position })));
    });
  }

  /** Takes a picture that an entry may name from now on. Rejects with a `ReasonedError`: see `LogoShelf.take`. */
  async takeLogo(bytes: Uint8Array): Promise<LogoAccepted> {
    const kept = await this.deps.shelf.take(bytes);
    this.sweep();
    return { ...kept, address: logoAddress(kept.logo) };
  }

  private known(id: string): SponsorRecord {
    const record = this.records.get(id);
    if (record === undefined) throw new ReasonedError('SPONSOR_UNKNOWN');
    return record;
  }

  private check(id: string, { logo, booth }: SponsorFields): void {
    if (logo !== null && !this.deps.shelf.has(logo)) throw new ReasonedError('LOGO_UNKNOWN');
    const holder = booth === null ? undefined : [...this.records.values()].find((record) => record.booth === booth);
    if (holder !== undefined && holder.id !== id) throw new ReasonedError('BOOTH_TAKEN');
  }

  private async save(records: readonly SponsorRecord[]): Promise<void> {
    await this.deps.store.saveAll(records);
    for (const record of records) this.records.set(record.id, record);
    this.tell();
  }

  private tell(): void {
    this.shown = inOrder(this.records.values()).map(shownSponsor);
    for (const listener of this.listeners) listener();
    this.sweep();
  }

  /** In the background: whoever changed something need not wait for it. */
  private sweep(): void {
    this.deps.shelf.sweep(() => this.logosInUse()).catch((error: unknown) => this.deps.log.error({ err: error }, 'logos that nobody uses could not be removed'));
  }

  private logosInUse(): ReadonlySet<string> {
    return new Set(Array.from(this.records.values()).flatMap(({ logo }) => logo ?? []));
  }
}
