/** What the secretariat's page knows and does; components read the signals and call the methods. */
import { computed, signal } from '@preact/signals';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import type { PreviewAddress, StaffOverview, StaffScene, StaffUpload, UploadAccepted, UploadState } from '../../shared/protocol/staff.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { announce } from '../ui/announcer.tsx';
import { shownLanguage, t } from '../ui/i18n.ts';
import { raiseToast } from '../ui/toasts.ts';
import { StaffApi } from './api.ts';
import type { Sending } from './api.ts';
import { formatBytes } from './format.ts';
import { reasonKey, reasonOf } from './reasons.ts';
import { SponsorBook } from './sponsors/book.ts';

/** Between two looks at the list: while something is in work, and otherwise. */
const BUSY_POLL_MS = 1000;
const QUIET_POLL_MS = 5000;
const IN_WORK: ReadonlySet<UploadState> = new Set<UploadState>(['receiving', 'unpacking', 'waiting', 'checking']);

export type Phase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'sign-in'; readonly reason: Reason | null }
  | { readonly kind: 'ready'; readonly person: SessionResponse['person'] };

/** An upload on its way from this browser. */
export interface Outgoing {
  readonly key: number;
  readonly file: string;
  /** 0..1 */
  readonly fraction: number;
  readonly cancel: () => void;
}

export function isInWork({ state }: Pick<StaffUpload, 'state'>): boolean {
  return IN_WORK.has(state);
}

export class StaffDesk {
  readonly phase = signal<Phase>({ kind: 'loading' });
  readonly overview = signal<StaffOverview | null>(null);
  readonly outgoing = signal<readonly Outgoing[]>([]);
  /** The last look at the list failed. */
  readonly stale = signal(false);
  /** Where the last preview is, by upload: for browsers that let no tab be opened. */
  readonly previews = signal<ReadonlyMap<string, string>>(new Map());
  /** The section of sponsors and donors; what is being entered there outlives a change of tabs. */
  readonly sponsors = new SponsorBook(this);
  readonly packageBytes = computed(() => this.overview.value?.packageBytes ?? 0);

  private readonly suggestLanguage: (language: Language) => void;
  private api: StaffApi | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private nextKey = 1;
  /** Uploads of this page whose verdict has not been told yet. */
  private readonly awaited = new Set<string>();

  constructor(suggestLanguage: (language: Language) => void) {
    this.suggestLanguage = suggestLanguage;
  }

  async signIn(pass: string): Promise<void> {
    clearTimeout(this.timer);
    this.phase.value = { kind: 'loading' };
    try {
      this.api = await StaffApi.open(pass);
      this.suggestLanguage(this.api.person.language);
      await this.look();
      this.phase.value = { kind: 'ready', person: this.api.person };
    } catch (error) {
      this.signedOut(pass === '' ? null : reasonOf(error));
    }
  }

  /** Back to the question for a pass. */
  signedOut(reason: Reason | null): void {
    clearTimeout(this.timer);
    this.api = null;
    this.overview.value = null;
    this.sponsors.forget();
    this.phase.value = { kind: 'sign-in', reason };
  }

  /** Uploads files one beside the other; what cannot be a package is refused here already. */
  send(files: Iterable<File>): void {
    for (const file of files) {
      const limit = this.packageBytes.peek();
      if (!/\.zip$/i.test(file.name)) raiseToast({ key: 'staff.upload.notZip', values: { file: file.name }, tone: 'warning' });
      else if (file.size > limit) {
        const language = shownLanguage.peek();
        raiseToast({ key: 'staff.upload.tooLarge', values: { file: file.name, size: formatBytes(file.size, language), limit: formatBytes(limit, language) }, tone: 'warning' });
      } else void this.sendOne(file);
    }
  }

  /** @returns whether it was done; what went wrong is shown. */
  publish(upload: StaffUpload, replaces: string | null): Promise<boolean> {
    return this.act(`/uploads/${upload.id}/publish`, { replaces }, { key: 'staff.done.published', what: this.nameOf(upload) });
  }

  withdraw(scene: StaffScene): Promise<boolean> {
    return this.act(`/scenes/${scene.id}/withdraw`, { revision: scene.revision }, { key: 'staff.done.withdrawn', what: this.nameOf(scene) });
  }

  remove(upload: StaffUpload): Promise<boolean> {
    this.awaited.delete(upload.id);
    return this.act(`/uploads/${upload.id}`, null, { key: 'staff.done.removed', what: upload.file });
  }

  /** Opens the scene in a tab of its own. The tab is opened within the press, or browsers would not allow it. */
  async preview(upload: StaffUpload): Promise<void> {
    const tab = open('', '_blank');
    try {
      const { base } = await this.call('POST', `/uploads/${upload.id}/preview`) as PreviewAddress;
      const address = `/preview/?base=${encodeURIComponent(base)}`;
      this.previews.value = new Map([...this.previews.peek(), [upload.id, address]]);
      if (tab !== null) tab.location.href = address;
      await this.look();
    } catch (error) {
      tab?.close();
      raiseToast({ key: reasonKey(error), tone: 'error' });
    }
  }

  /** Rejects with a `ReasonedError`; a pass that has ended leads to the sign-in. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    if (this.api === null) throw new ReasonedError('TOKEN_INVALID');
    try {
      return await this.api.call(method, path, body);
    } catch (error) {
      const reason = reasonOf(error);
      if (/^(PASS|TOKEN)_|^STAFF_ONLY$/.test(reason)) this.signedOut(reason);
      throw error;
    }
  }

  /** As `call`, with a file. */
  upload<T>(path: string, file: File, progress: (fraction: number) => void): Sending<T> {
    if (this.api === null) return { done: Promise.reject(new ReasonedError('TOKEN_INVALID')), cancel: () => undefined };
    return this.api.upload<T>(path, file, progress);
  }

  /** What a scene or an upload is called in the shown language. */
  nameOf({ names, id, scene }: { readonly names: StaffScene['names'] | null; readonly id: string; readonly scene?: string }): string {
    return names?.[shownLanguage.value] ?? scene ?? id;
  }

  private async act(path: string, body: unknown, done: { readonly key: string; readonly what: string }): Promise<boolean> {
    let ok = true;
    try {
      await (body === null ? this.call('DELETE', path) : this.call('POST', path, body));
      raiseToast({ key: done.key, values: { what: done.what }, tone: 'success' });
    } catch (error) {
      ok = false;
      raiseToast({ key: reasonKey(error), tone: 'error' });
    }
    await this.look();
    return ok;
  }

  private change(key: number, change: Partial<Outgoing> | null): void {
    this.outgoing.value = this.outgoing.peek().flatMap((each) => (each.key !== key ? [each] : change === null ? [] : [{ ...each, ...change }]));
  }

  private async sendOne(file: File): Promise<void> {
    if (this.api === null) return;
    const key = this.nextKey;
    this.nextKey += 1;
    const sending = this.api.upload<UploadAccepted>(`/scenes?name=${encodeURIComponent(file.name)}`, file, (fraction) => { this.change(key, { fraction }); });
    this.outgoing.value = [...this.outgoing.peek(), { key, file: file.name, fraction: 0, cancel: () => { sending.cancel(); } }];
    announce(t('staff.upload.started', { file: file.name }));
    try {
      this.awaited.add((await sending.done).id);
      announce(t('staff.upload.received', { file: file.name }));
    } catch (error) {
      if (!(error instanceof DOMException)) raiseToast({ key: 'staff.upload.failed', values: { file: file.name, why: t(reasonKey(error)) }, tone: 'error' });
    }
    this.change(key, null);
    await this.look();
  }

  /** Looks at the list now, and again after a while. */
  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      this.overview.value = await this.call('GET', '/scenes') as StaffOverview;
      this.stale.value = false;
      this.tellVerdicts(this.overview.value.uploads);
    } catch {
      // The list stays as it was, and the page says so; a pass that has ended leads to the sign-in.
      this.stale.value = true;
    }
    if (this.api === null) return;
    const busy = this.overview.peek()?.uploads.some(isInWork) === true;
    this.timer = setTimeout(() => void this.look(), busy ? BUSY_POLL_MS : QUIET_POLL_MS);
  }

  private tellVerdicts(uploads: readonly StaffUpload[]): void {
    for (const id of this.awaited) {
      const upload = uploads.find((each) => each.id === id);
      if (upload !== undefined && isInWork(upload)) continue;
      this.awaited.delete(id);
      if (upload === undefined) raiseToast({ key: 'staff.upload.lost', tone: 'warning' });
      else if (upload.state === 'refused') raiseToast({ key: 'staff.upload.refused', values: { file: upload.file }, tone: 'warning' });
      else raiseToast({ key: 'staff.upload.passed', values: { file: upload.file }, tone: 'success' });
    }
  }
}
