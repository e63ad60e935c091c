import { effect } from '@preact/signals';
import type { Plenary } from '../../plenary/contract.ts';
import type { VenueActions, World, WorldDeps } from '../contracts.ts';
import { attendingActions } from '../plenary/actions.ts';
import { changeSettings, settings } from '../settings.ts';
import { store } from '../store.ts';
import { toast } from '../toasts.ts';
import type { TrackedWalker, WornHeadset } from './contract.ts';
import { forgetSession, lookForHeadset, takeSession, whyRefused } from './door.ts';

/** The 3D view may take this long to come before the headset is given back, ms. */
const PATIENCE_MS = 60_000;

export interface WearingDeps {
  world(): World | null;
  tracked(): TrackedWalker;
  readonly onPick: WorldDeps['onPick'];
  readonly actions: VenueActions;
}

/** The headset of somebody who is in the venue: put on as soon as there are both a session and something to see, taken off by the device, the person, or on leaving. */
export class Wearing {
  worn: WornHeadset | null = null;
  private readonly deps: WearingDeps;
  private readonly stop: () => void;
  private raising = false;
  private closed = false;
  private busy = false;
  private patience: ReturnType<typeof setTimeout> | null = null;

  constructor(deps: WearingDeps) {
    this.deps = deps;
    this.stop = effect(() => {
      const asked = store.headset.value.kind === 'entering';
      const world = store.world.value.kind;
      if (!asked || this.busy) return;
      if (settings.peek().textOnly) changeSettings({ textOnly: false });
      if (world === 'ready') void this.wear();
      else if (world === 'failed') this.giveUp();
      else this.patience ??= setTimeout(() => this.giveUp(), PATIENCE_MS);
    });
  }

  /** Height and arms of whoever wears it, into the settings. */
  calibrate(): void {
    const measured = this.worn?.measure() ?? null;
    if (measured === null) return;
    changeSettings(measured);
    this.worn?.recentre();
    toast('headset.measured', 'success');
  }

  takeOff(): void {
    this.worn?.takeOff();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stop();
    this.endPatience();
    forgetSession();
    this.worn?.takeOff();
  }

  private async wear(): Promise<void> {
    const asked = takeSession();
    if (asked === null) return;
    this.busy = true;
    this.endPatience();
    try {
      const [session, { wearHeadset }, { createPanels }, { panelDeps }, { raisePlate }] = await Promise.all([
        asked, import('../../xr/index.ts'), import('../../xr/panels/index.ts'), import('./panel-deps.ts'), import('./raise-plate.ts'),
      ]);
      const world = this.deps.world();
      if (this.closed || world === null) {
        await session.end();
        throw new Error('the venue was left meanwhile');
      }
      const { actions, onPick } = this.deps;
      const panels = createPanels(panelDeps(actions, { leaveHeadset: () => this.takeOff(), calibrate: () => this.calibrate() }));
      this.worn = wearHeadset({
        session, world, settings, panels, onPick, tracked: () => this.deps.tracked(),
        onRaised: (up) => this.raised(up, raisePlate),
        onEnd: (error) => {
          panels.dispose();
          this.ended(error);
        },
      });
      store.headset.value = { kind: 'worn' };
      // A session in the manner of a videoconference would cover the view; from one's place it goes on as it was.
      attendingActions.show('hall');
    } catch (error) {
      this.failed(whyRefused(error));
    } finally {
      this.busy = false;
    }
  }

  private ended(error: unknown): void {
    this.worn = null;
    if (error !== null) this.failed('unknown');
    else void this.ready();
  }

  private giveUp(): void {
    this.endPatience();
    forgetSession();
    this.failed('no-world');
  }

  private failed(why: 'denied' | 'busy' | 'no-world' | 'unknown'): void {
    if (this.closed) return;
    toast(`headset.failed.${why}`, 'warning');
    void this.ready();
  }

  private async ready(): Promise<void> {
    store.headset.value = { kind: 'none' };
    await lookForHeadset();
  }

  private endPatience(): void {
    if (this.patience !== null) clearTimeout(this.patience);
    this.patience = null;
  }

  /** A hand held up: for the floor, in a session; elsewhere as a gesture. What it raised it also takes down. */
  private raised(up: boolean, raisePlate: (plenary: Plenary) => void): void {
    const { actions } = this.deps;
    const attending = store.attending.peek();
    if (up) this.raising = true;
    else if (!this.raising) return;
    if (attending !== null) {
      if (up) raisePlate(attending.plenary);
    } else actions.gesture(up ? 'raiseHand' : 'none');
    if (!up) this.raising = false;
  }
}
