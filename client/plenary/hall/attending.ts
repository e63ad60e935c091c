import { effect } from '@preact/signals';
import type { SessionSummary } from '../../../shared/protocol/plenary/messages.ts';
import type { Attending, AttendingView } from '../../app/plenary/contract.ts';
import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { toast } from '../../app/toasts.ts';
import { tabKey } from '../../net/session.ts';
import { SessionsApi } from '../api.ts';
import { PlenaryAudio } from '../audio.ts';
import { PlenaryClient } from '../client.ts';
import { observe } from '../view/observer.ts';
import { hallSigns } from './signs.ts';
import { watchDevice } from './device.ts';

export interface AttendingDeps {
  readonly pass: string;
  /** The venue's own microphone and voices are silenced, or as they were. */
  readonly setMuted: (on: boolean) => void;
  readonly setDeafened: (on: boolean) => void;
  readonly framesPerSecond: () => number | null;
}

/** A device that saves data, or has little memory, begins in the view that needs least. */
function prefersStandard(): boolean {
  const { connection, deviceMemory } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean }; readonly deviceMemory?: number };
  return settings.peek().textOnly || connection?.saveData === true || (deviceMemory ?? 8) < 2;
}

/**
 * Takes part in a formal session from within the venue. Line and voices are the session's own and outlive every change of view; the 3D hall goes on beneath the standard view without being drawn, so
 * that one is back in it at once.
 */
export class SessionVisit {
  private readonly deps: AttendingDeps;
  private readonly client: PlenaryClient;
  private readonly title: string;
  private readonly stops: (() => void)[] = [];
  private deafened = false;

  private constructor(deps: AttendingDeps, client: PlenaryClient, title: string) {
    this.deps = deps;
    this.client = client;
    this.title = title;
  }

  /** Rejects with a `ReasonedError`. */
  static async begin(deps: AttendingDeps, session: SessionSummary, view: AttendingView): Promise<SessionVisit> {
    const api = await SessionsApi.open(deps.pass);
    const client = new PlenaryClient({
      // Whoever presses here wants to be here, wherever else they follow it.
      session: session.id, takeOver: true, tab: tabKey(), identify: api.identify,
      sound: ({ store: of, offer }) => new PlenaryAudio({ store: of, offer, settings, iceServers: api.iceServers }),
    });
    await client.join();
    const visit = new SessionVisit(deps, client, session.title);
    visit.open(prefersStandard() ? 'standard' : view);
    return visit;
  }

  show(view: AttendingView): void {
    store.attending.value = { plenary: this.client, title: this.title, view } satisfies Attending;
    this.hush(view === 'standard');
  }

  leave(): void {
    if (this.client.store.status.peek().kind !== 'ended') this.client.leave();
    for (const stop of this.stops.splice(0)) stop();
    store.attending.value = null;
    store.hallSigns.value = null;
    this.hush(false);
  }

  private open(view: AttendingView): void {
    // Who speaks in the session does not speak to their neighbours with the same breath.
    this.deps.setMuted(true);
    this.show(view);
    this.stops.push(
      effect(() => { store.hallSigns.value = hallSigns(this.client.store.state.value, this.title); }),
      effect(() => {
        const status = this.client.store.status.value;
        if (status.kind !== 'ended') return;
        queueMicrotask(() => {
          if (status.reason !== null) toast(`reason.${status.reason}`, 'warning');
          this.leave();
        });
      }),
      // Told in the hall as in the standard view, which tells by itself.
      effect(() => (store.attending.value?.view === 'hall' ? observe(this.client) : undefined)),
      watchDevice(this.deps.framesPerSecond, () => { this.fallBack(); }),
    );
  }

  /** The device cannot hold the 3D view: the session goes on in the other one, with floor, list and voices as they are. */
  private fallBack(): void {
    if (store.attending.peek()?.view !== 'hall') return;
    this.show('standard');
    toast('plenary.hall.fellBack', 'warning');
  }

  /** In the standard view nobody of the venue is heard, and nothing of theirs is sent. */
  private hush(on: boolean): void {
    if (on && !store.deafened.peek()) {
      this.deafened = true;
      this.deps.setDeafened(true);
    } else if (!on && this.deafened) {
      this.deafened = false;
      this.deps.setDeafened(false);
    }
  }
}
