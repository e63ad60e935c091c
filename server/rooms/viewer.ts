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
  /** The nearest, in no order: `order[0..near-1]` the near ones, `order[near..ranked-1]` the middle ones. */
  readonly order: Uint16Array;
  near = 0;
  ranked = 0;
  /** Nothing has been sent yet: the first frame holds everybody. */
  fresh = true;
  /** 1 where a block of either side stands between: never in a frame. */
  readonly hidden: Uint8Array;

  constructor(self: number, capacity: number) {
    this.self = self;
    this.sent = new Uint16Array(capacity);
    this.order = new Uint16Array(capacity);
    this.hidden = new Uint8Array(capacity);
  }

  /** Hides or shows somebody; shown again, their pose is sent whole. */
  setHidden(index: number, hidden: boolean): void {
    this.hidden[index] = hidden ? 1 : 0;
    this.sent[index] = 0;
  }
}

/** Ranks people for viewers by distance, with scratch space shared by all viewers of a room. */
export class Ranking {
  private readonly table: PoseTable;
  private readonly distances: Float32Array;

  constructor(table: PoseTable, capacity: number) {
    this.table = table;
    this.distances = new Float32Array(capacity);
  }

  /** Finds the nearest {@link NEAR_PEOPLE} and the next {@link MIDDLE_PEOPLE} of a viewer. Linear in the people present. Allocates nothing. */
  rank(viewer: Viewer): void {
    const { table, distances } = this;
    const { order, hidden } = viewer;
    const x = table.x[viewer.self] as number;
    const z = table.z[viewer.self] as number;
    let count = 0;
    for (let i = 0; i < table.count; i += 1) {
      const index = table.present[i] as number;
      if (index === viewer.self || hidden[index] === 1) continue;
      const dx = (table.x[index] as number) - x;
      const dz = (table.z[index] as number) - z;
      distances[index] = dx * dx + dz * dz;
      order[count] = index;
      count += 1;
    }
    viewer.near = Math.min(NEAR_PEOPLE, count);
    viewer.ranked = Math.min(NEAR_PEOPLE + MIDDLE_PEOPLE, count);
    if (viewer.ranked < count) this.select(order, 0, count - 1, viewer.ranked);
    if (viewer.near < viewer.ranked) this.select(order, 0, viewer.ranked - 1, viewer.near);
  }

  /** Hoare's quickselect: afterwards the `k` nearest of `order[low..high]` stand first, in no order. */
  private select(order: Uint16Array, from: number, to: number, k: number): void {
    const { distances } = this;
    let low = from;
    let high = to;
    while (low < high) {
      const pivot = distances[order[(low + high) >> 1] as number] as number;
      let i = low;
      let j = high;
      while (i <= j) {
        while ((distances[order[i] as number] as number) < pivot) i += 1;
        while ((distances[order[j] as number] as number) > pivot) j -= 1;
        if (i <= j) {
          const swapped = order[i] as number;
          order[i] = order[j] as number;
          order[j] = swapped;
          i += 1;
          j -= 1;
        }
      }
      if (k - 1 <= j) high = j;
      else if (k - 1 >= i) low = i;
      else return;
    }
  }
}
