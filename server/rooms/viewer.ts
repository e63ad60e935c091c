import type { PoseTable } from './pose-table.ts';

/** Sent at every tick: as many as a person can follow. */
export const NEAR_PEOPLE = 24;
/** Sent at every fourth tick. The rest are sent at every {@link FAR_TICKS}th. */
export const MIDDLE_PEOPLE = 80;

/** What one client has been sent and whom it is told of how often. Typed arrays by person index, made once a connection. */
export class Viewer {
  readonly self: number;
  /** Version of each record that was sent last; 0: never. */
  readonly sent: Uint16Array;
  /** Version of each body that was sent last; 0: none, or they have been told that it is over. */
  readonly sentBodies: Uint16Array;
  /** The nearest, in no order: `order[0..near-1]` the near ones, `order[near..ranked-1]` the middle ones. */
  readonly order: Uint16Array;
  /** 1 for the near ones of the last ranking, who are sent with head and hands. */
  readonly close: Uint8Array;
  near = 0;
  ranked = 0;
  /** Squared distance within which enough people were at the last ranking, with some to spare; at the next one the others need no sorting. */
  reach = Infinity;
  /** Nothing has been sent yet: the first frame holds everybody. */
  fresh = true;
  /** 1 for whoever is in another scene, or behind a block of either side: never in a frame. */
  readonly hidden: Uint8Array;

  constructor(self: number, capacity: number) {
    this.self = self;
    this.sent = new Uint16Array(capacity);
    this.sentBodies = new Uint16Array(capacity);
    this.order = new Uint16Array(capacity);
    this.close = new Uint8Array(capacity);
    this.hidden = new Uint8Array(capacity);
  }

  /** As at the first: nobody has been sent, and the nearest are anywhere. */
  restart(): void {
    this.sent.fill(0);
    this.sentBodies.fill(0);
    this.reach = Infinity;
    this.fresh = true;
  }

  /** Hides or shows somebody; shown again, their pose is sent whole. */
  setHidden(index: number, hidden: boolean): void {
    this.hidden[index] = hidden ? 1 : 0;
    this.sent[index] = 0;
    this.sentBodies[index] = 0;
  }
}

const RANKED_PEOPLE = NEAR_PEOPLE + MIDDLE_PEOPLE;
/** On a squared distance: 30% farther than the farthest who counted the last time, a second's walk in a dense crowd. */
const SPARE = 1.7;

/** Ranks people for viewers by distance, with scratch space shared by all viewers of a room. */
export class Ranking {
  private readonly table: PoseTable;
  /** Squared distances, in step with the `order` of the viewer that is being ranked. */
  private readonly distances: Float32Array;

  constructor(table: PoseTable, capacity: number) {
    this.table = table;
    this.distances = new Float32Array(capacity);
  }

  /** Finds the nearest {@link NEAR_PEOPLE} and the next {@link MIDDLE_PEOPLE} of a viewer. Linear in the people present. Allocates nothing. */
  rank(viewer: Viewer): void {
    this.mark(viewer, 0);
    let count = this.gather(viewer, viewer.reach);
    if (count < RANKED_PEOPLE && viewer.reach < Infinity) count = this.gather(viewer, Infinity);
    viewer.near = Math.min(NEAR_PEOPLE, count);
    viewer.ranked = Math.min(RANKED_PEOPLE, count);
    if (viewer.ranked < count) this.select(viewer.order, count, viewer.ranked);
    viewer.reach = viewer.ranked < RANKED_PEOPLE ? Infinity : this.farthest(viewer.ranked) * SPARE;
    if (viewer.near < viewer.ranked) this.select(viewer.order, viewer.ranked, viewer.near);
    this.mark(viewer, 1);
  }

  private mark({ order, close, near }: Viewer, as: 0 | 1): void {
    for (let i = 0; i < near; i += 1) close[order[i] as number] = as;
  }

  /** Puts all within `reach` into the viewer's order. @returns how many. */
  private gather(viewer: Viewer, reach: number): number {
    const { distances } = this;
    const { present, count: people, x, z } = this.table;
    const { order, hidden, self } = viewer;
    const selfX = x[self] as number;
    const selfZ = z[self] as number;
    let count = 0;
    for (let i = 0; i < people; i += 1) {
      const index = present[i] as number;
      const dx = (x[index] as number) - selfX;
      const dz = (z[index] as number) - selfZ;
      const squared = dx * dx + dz * dz;
      if (squared > reach || index === self || hidden[index] === 1) continue;
      distances[count] = squared;
      order[count] = index;
      count += 1;
    }
    return count;
  }

  private farthest(count: number): number {
    let farthest = 0;
    for (let i = 0; i < count; i += 1) farthest = Math.max(farthest, this.distances[i] as number);
    return farthest;
  }

  /** Hoare's quickselect: afterwards the `k` nearest of the first `count` of `order` stand first, in no order. */
  private select(order: Uint16Array, count: number, k: number): void {
    const { distances } = this;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const pivot = distances[(low + high) >> 1] as number;
      let i = low;
      let j = high;
      while (i <= j) {
        while ((distances[i] as number) < pivot) i += 1;
        while ((distances[j] as number) > pivot) j -= 1;
        if (i <= j) this.swap(order, i++, j--);
      }
      if (k - 1 <= j) high = j;
      else if (k - 1 >= i) low = i;
      else return;
    }
  }

  private swap(order: Uint16Array, i: number, j: number): void {
    const { distances } = this;
    const index = order[i] as number;
    const distance = distances[i] as number;
    order[i] = order[j] as number;
    distances[i] = distances[j] as number;
    order[j] = index;
    distances[j] = distance;
  }
}
