import { beforeEach, describe, expect, it } from 'vitest';
import type { Arrival } from './journeys.ts';
import { Journeys } from './journeys.ts';
import type { SceneVisit } from './scene-visit.ts';
import { store } from './store.ts';

const arrival = (id: string, x = 0): Arrival => ({ scene: { id, revision: 'r1' }, placement: { x, y: 0, z: 0, yaw: 0 }, seat: '' });
const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });

/** Loading that the test ends when it likes. */
class Bench {
  readonly loads: { readonly id: string; done(): void; fail(): void; closed: boolean }[] = [];
  readonly arrived: { readonly id: string; readonly x: number }[] = [];
  readonly journeys = new Journeys({
    load: ({ id }) => new Promise((resolve, reject) => {
      const load = {
        id, closed: false,
        done: () => { resolve({ close: () => { load.closed = true; } } as SceneVisit); },
        fail: () => { reject(new Error('no network')); },
      };
      this.loads.push(load);
    }),
    arrive: (_visit, { scene, placement }) => { this.arrived.push({ id: scene.id, x: placement.x }); },
  });

  load(index: number): Bench['loads'][number] {
    const load = this.loads[index];
    if (load === undefined) throw new Error(`nothing was loaded ${index} times`);
    return load;
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  store.journey.value = null;
});

describe('a journey', () => {
  it('says where to, loads, and arrives where the server last said', async () => {
    bench.journeys.go(arrival('garden'), { cause: 'link', by: '' }, 'geneva');
    expect(store.journey.value).toEqual({ to: 'garden', from: 'geneva', cause: 'link', by: '', stage: 'files' });
    // A new connection while the files come: another place in the same scene.
    bench.journeys.go(arrival('garden', 7), null, 'garden');
    expect(bench.loads).toHaveLength(1);
    bench.load(0).done();
    await settled();
    expect([bench.arrived, store.journey.value?.stage, bench.journeys.heading]).toEqual([[{ id: 'garden', x: 7 }], 'world', null]);
  });

  it('to somewhere else overtakes the one under way, whichever is loaded first', async () => {
    bench.journeys.go(arrival('garden'), null, 'geneva');
    bench.journeys.go(arrival('square'), null, 'geneva');
    bench.load(1).done();
    await settled();
    bench.load(0).done();
    await settled();
    expect(bench.arrived).toEqual([{ id: 'square', x: 0 }]);
    expect([bench.load(0).closed, bench.load(1).closed]).toEqual([true, false]);
  });

  it('that fails can be tried again, and a failure of one that was overtaken is nobody’s business', async () => {
    bench.journeys.go(arrival('garden'), null, 'geneva');
    bench.load(0).fail();
    await settled();
    expect(store.journey.value?.stage).toBe('failed');
    bench.journeys.retry();
    bench.journeys.retry();
    expect([bench.loads.length, store.journey.value?.stage]).toEqual([2, 'files']);
    bench.journeys.go(arrival('square'), null, 'geneva');
    bench.load(1).fail();
    await settled();
    expect(store.journey.value).toMatchObject({ to: 'square', stage: 'files' });
  });

  it('that is called off ends nowhere', async () => {
    bench.journeys.go(arrival('garden'), null, 'geneva');
    bench.journeys.cancel();
    bench.load(0).done();
    await settled();
    expect([bench.arrived, store.journey.value, bench.load(0).closed]).toEqual([[], null, true]);
  });
});
