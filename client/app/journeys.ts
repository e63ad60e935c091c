import type { Placement, SceneRef, ServerMessages } from '../../shared/protocol/messages.ts';
import type { SceneVisit } from './scene-visit.ts';
import { store } from './store.ts';

/** Where the server has put one. */
export interface Arrival {
  readonly scene: SceneRef;
  readonly placement: Placement;
  readonly seat: string;
}

/** Why; null: a new connection found one there. */
export type JourneyCause = Pick<ServerMessages['scene'], 'cause' | 'by'> | null;

export interface JourneysDeps {
  load(ref: SceneRef): Promise<SceneVisit>;
  /** The scene of the arrival is loaded: one stands in it from now on. The visit before is over. */
  arrive(visit: SceneVisit, arrival: Arrival): void;
}

/** The way from one scene into another: loads it while voices go on. The latest word of the server counts, whatever is still being loaded. */
export class Journeys {
  private readonly deps: JourneysDeps;
  private target: Arrival | null = null;
  private turn = 0;

  constructor(deps: JourneysDeps) {
    this.deps = deps;
  }

  /** Where one is on the way to, or null. */
  get heading(): Arrival | null {
    return this.target;
  }

  /** Sets out. `from`: id of the scene to which one may turn back. */
  go(arrival: Arrival, why: JourneyCause, from: string): void {
    const same = this.target?.scene.id === arrival.scene.id && this.target.scene.revision === arrival.scene.revision;
    this.target = arrival;
    if (same && store.journey.peek()?.stage === 'files') return;
    store.journey.value = { to: arrival.scene.id, from, cause: why?.cause ?? 'jump', by: why?.by ?? '', stage: 'files' };
    void this.load(arrival.scene);
  }

  /** Once more, after a failure. */
  retry(): void {
    const journey = store.journey.peek();
    if (this.target === null || journey?.stage !== 'failed') return;
    store.journey.value = { ...journey, stage: 'files' };
    void this.load(this.target.scene);
  }

  /** One is where one was, or outside. */
  cancel(): void {
    this.turn += 1;
    this.target = null;
    store.journey.value = null;
  }

  private async load(ref: SceneRef): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    try {
      const visit = await this.deps.load(ref);
      const arrival = this.target;
      if (turn !== this.turn || arrival === null) {
        visit.close();
        return;
      }
      this.target = null;
      const journey = store.journey.peek();
      if (journey !== null) store.journey.value = { ...journey, stage: 'world' };
      this.deps.arrive(visit, arrival);
    } catch {
      const journey = store.journey.peek();
      if (turn === this.turn && journey !== null) store.journey.value = { ...journey, stage: 'failed' };
    }
  }
}
