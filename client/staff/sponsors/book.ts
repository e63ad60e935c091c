/** What the section of sponsors and donors knows and does; components read the signals and call the methods. */
import { computed, signal } from '@preact/signals';
import type { LogoAccepted, StaffSponsor, StaffSponsors } from '../../../shared/protocol/sponsors.ts';
import { SPONSOR_LIMITS } from '../../../shared/rules/sponsors.ts';
import { announce } from '../../ui/announcer.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import type { PlainKey } from '../../ui/i18n.ts';
import { raiseToast } from '../../ui/toasts.ts';
import type { Sending } from '../api.ts';
import type { StaffDesk } from '../desk.ts';
import { reasonKey } from '../reasons.ts';
import { draftOf, emptyDraft, faultsOf, fieldsOf } from './draft.ts';
import type { Draft, Faults } from './draft.ts';

/** A logo on its way: sent in part, or (1) being made anew by the server. */
export interface LogoOnItsWay {
  readonly file: string;
  /** 0..1 */
  readonly fraction: number;
}

const PATH = '/sponsors';

export class SponsorBook {
  readonly overview = signal<StaffSponsors | null>(null);
  /** The last look at the list failed. */
  readonly stale = signal(false);
  /** What is being entered, or null: the list is shown. */
  readonly draft = signal<Draft | null>(null);
  readonly faults = signal<Faults>({});
  readonly logo = signal<LogoOnItsWay | null>(null);
  /** Why the last picture was not taken. */
  readonly logoFault = signal<PlainKey | null>(null);
  readonly busy = signal(false);
  /** Something was entered that is not saved. */
  readonly dirty = computed(() => this.draft.value !== null && JSON.stringify(this.draft.value) !== this.opened.value);

  private readonly desk: Pick<StaffDesk, 'call' | 'upload'>;
  private readonly opened = signal('');
  private sending: Sending<LogoAccepted> | null = null;
  private returning: string | null = null;
  /** The order that is shown and not yet sent, and what to say when it is kept. */
  private wanted: { readonly ids: readonly string[]; readonly said: string } | null = null;
  private ordering = false;

  constructor(desk: Pick<StaffDesk, 'call' | 'upload'>) {
    this.desk = desk;
  }

  /** Nobody is signed in any more. */
  forget(): void {
    this.overview.value = null;
    this.close();
    this.returning = null;
  }

  async look(): Promise<void> {
    try {
      const overview = await this.desk.call('GET', PATH) as StaffSponsors;
      // Older than what was pressed meanwhile.
      if (this.wanted === null) this.overview.value = overview;
      this.stale.value = false;
    } catch {
      this.stale.value = true;
    }
  }

  /** What an entry is called in the shown language. */
  nameOf({ name, names }: Pick<StaffSponsor, 'name' | 'names'>): string {
    return names[shownLanguage.value].trim() || name;
  }

  open(sponsor: StaffSponsor | null): void {
    const draft = sponsor === null ? emptyDraft() : draftOf(sponsor);
    this.opened.value = JSON.stringify(draft);
    this.faults.value = {};
    this.logoFault.value = null;
    this.draft.value = draft;
  }

  close(): void {
    this.sending?.cancel();
    this.returning = this.draft.peek()?.id ?? '';
    this.draft.value = null;
  }

  /** The entry (empty: a new one) from whose form one has just come back to the list, or null. It is told once. */
  takeReturn(): string | null {
    const { returning } = this;
    this.returning = null;
    return returning;
  }

  enter(change: Partial<Draft>): void {
    const draft = this.draft.peek();
    if (draft === null) return;
    this.draft.value = { ...draft, ...change };
    // A fault that was told goes away as soon as it is mended; a new one is told when saving.
    if (Object.keys(this.faults.peek()).length > 0) this.faults.value = faultsOf(this.draft.value);
  }

  /** Sends a picture; what the server made of it is then the draft's logo. */
  async chooseLogo(file: File): Promise<void> {
    this.sending?.cancel();
    this.logoFault.value = null;
    if (/\.svgz?$/i.test(file.name) || file.type === 'image/svg+xml') return this.refuseLogo('reason.LOGO_SVG');
    if (file.size > SPONSOR_LIMITS.logoBytes) return this.refuseLogo('reason.LOGO_TOO_LARGE');
    const sending = this.desk.upload<LogoAccepted>(`${PATH}/logos`, file, (fraction) => { if (this.sending === sending) this.logo.value = { file: file.name, fraction }; });
    this.sending = sending;
    this.logo.value = { file: file.name, fraction: 0 };
    try {
      const { logo, address } = await sending.done;
      this.enter({ logo, logoAddress: address });
      announce(t('staff.sponsors.logoReady'));
    } catch (error) {
      if (!(error instanceof DOMException)) this.refuseLogo(reasonKey(error));
    }
    if (this.sending !== sending) return;
    this.sending = null;
    this.logo.value = null;
  }

  cancelLogo(): void {
    this.sending?.cancel();
  }

  /** Saves the draft, unless something of it is at fault. @returns whether it was saved */
  async save(): Promise<boolean> {
    const draft = this.draft.peek();
    if (draft === null || this.sending !== null || this.busy.peek()) return false;
    this.faults.value = faultsOf(draft);
    if (Object.keys(this.faults.peek()).length > 0) {
      raiseToast({ key: 'staff.sponsors.check', tone: 'warning' });
      return false;
    }
    const saved = await this.act('staff.sponsors.saved', this.nameOf(draft), () => (draft.id === null
      ? this.desk.call('POST', PATH, fieldsOf(draft))
      : this.desk.call('PUT', `${PATH}/${draft.id}`, { fields: fieldsOf(draft), revision: draft.revision })));
    if (saved) this.close();
    return saved;
  }

  remove(sponsor: StaffSponsor): Promise<boolean> {
    return this.act('staff.done.removed', this.nameOf(sponsor), () => this.desk.call('DELETE', `${PATH}/${sponsor.id}`));
  }

  /** Puts an entry before or behind its neighbour in `kin`, the entries beside which it is shown. A press while an order is being saved counts too. */
  async move(sponsor: StaffSponsor, step: -1 | 1, kin: readonly StaffSponsor[]): Promise<void> {
    const index = kin.indexOf(sponsor);
    const other = kin[index + step];
    const overview = this.overview.peek();
    if (other === undefined || overview === null || (this.busy.peek() && !this.ordering)) return;
    const swapped = overview.sponsors.map((each) => (each.id === sponsor.id ? other : each.id === other.id ? sponsor : each));
    // Shown at once, so that the next press is meant for what is seen; the server has the last word.
    this.overview.value = { ...overview, sponsors: swapped };
    this.wanted = { ids: swapped.map(({ id }) => id), said: t('staff.sponsors.moved', { name: this.nameOf(sponsor), index: index + step + 1, total: kin.length }) };
    if (!this.ordering) await this.saveOrder();
  }

  /** Sends the order that is shown until it is the one that was sent. */
  private async saveOrder(): Promise<void> {
    this.ordering = true;
    while (this.wanted !== null) {
      const { ids, said } = this.wanted;
      this.wanted = null;
      if (await this.act(null, '', () => this.desk.call('PUT', `${PATH}/order`, { ids }))) announce(said);
    }
    this.ordering = false;
  }

  private refuseLogo(key: `reason.${string}` & PlainKey): void {
    this.logoFault.value = key;
  }

  /** Does something, says so (`done`) or says what went wrong, and looks at the list. */
  private async act(done: PlainKey | null, what: string, deed: () => Promise<unknown>): Promise<boolean> {
    let ok = true;
    this.busy.value = true;
    try {
      await deed();
      if (done !== null) raiseToast({ key: done, values: { what }, tone: 'success' });
    } catch (error) {
      ok = false;
      this.wanted = null;
      raiseToast({ key: reasonKey(error), tone: 'error' });
    }
    await this.look();
    this.busy.value = false;
    return ok;
  }
}
