import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bakeBuilding } from '../../../shared/navigation/fixture.ts';
import type { NavmeshGround } from '../../../shared/navigation/ground.ts';
import { loadGround } from '../../../shared/navigation/node.ts';
import { PredictedWalker } from '../../walking/walker.ts';
import { LOOK_MS } from './contract.ts';
import { Follower } from './follower.ts';

let ground: NavmeshGround;
beforeAll(async () => { ground = await loadGround(await bakeBuilding()); });
afterAll(() => ground.dispose());

/** Two walkers on the same ground, the one after the other, with a clock of their own. */
class Pair {
  readonly guide = this.walker(-3, -3);
  readonly me: PredictedWalker;
  rank = 0;
  seen = true;
  ownWay = 0;
  rose = 0;
  private now = 0;
  readonly follower: Follower;

  constructor(seat = '') {
    this.me = this.walker(-4.5, -4.5, seat);
    this.follower = new Follower({
      walker: this.me, poses: { byId: () => (this.seen ? this.guide.pose : undefined) }, guide: 'guide', rank: () => this.rank, onOwnWay: () => { this.ownWay += 1; },
    });
  }

  run(seconds: number): void {
    for (const end = this.now + seconds * 1000; this.now < end; this.now += 20) {
      this.guide.advance(this.now);
      this.me.advance(this.now);
      if (this.now % LOOK_MS === 0 && this.ownWay === 0) this.follower.look();
    }
  }

  get apart(): number {
    return Math.hypot(this.guide.pose.x - this.me.pose.x, this.guide.pose.z - this.me.pose.z);
  }

  private walker(x: number, z: number, seat = ''): PredictedWalker {
    const walker = new PredictedWalker({ ground, survey: ground, send: () => undefined, sendBody: () => undefined, teleport: () => undefined, wantStand: () => { this.rose += 1; }, onBlocked: () => undefined });
    walker.begin({ id: 'x', index: 1, placement: { x, y: 0, z, yaw: 0 }, seat });
    return walker;
  }
}

let pair: Pair;
beforeEach(() => { pair = new Pair(); });

describe('walking after a guide', () => {
  it('goes through the doorway behind them and stops at a polite distance', () => {
    pair.guide.walkTo({ x: 4, y: 0, z: 4 });
    pair.run(15);
    expect(pair.me.pose.x).toBeGreaterThan(1);
    expect(pair.apart).toBeGreaterThan(1.2);
    expect(pair.apart).toBeLessThan(3.2);
    expect(pair.me.destination.value).toBeNull();
    expect(pair.ownWay).toBe(0);
  });

  it('those who are further back in the group keep further back, beside each other', () => {
    const places = [0, 2, 7].map((rank) => {
      const each = new Pair();
      each.rank = rank;
      each.guide.walkTo({ x: 4, y: 0, z: 4 });
      each.run(18);
      return { x: each.me.pose.x, z: each.me.pose.z, apart: each.apart };
    });
    expect(places[2]?.apart).toBeGreaterThan((places[0]?.apart ?? 0) + 0.4);
    expect(Math.hypot((places[0]?.x ?? 0) - (places[1]?.x ?? 0), (places[0]?.z ?? 0) - (places[1]?.z ?? 0))).toBeGreaterThan(0.7);
  });

  it('does not fidget while the guide turns about or takes a step', () => {
    pair.run(1);
    const { x, z } = pair.me.pose;
    pair.guide.look(2, 0);
    pair.guide.walkTo({ x: -3.2, y: 0, z: -2.8 });
    pair.run(2);
    expect([pair.me.pose.x, pair.me.pose.z]).toEqual([x, z]);
  });

  it('waits while the guide is not to be seen', () => {
    pair.seen = false;
    pair.guide.walkTo({ x: 4, y: 0, z: 4 });
    pair.run(3);
    expect(pair.me.pose.x).toBeCloseTo(-4.5, 1);
    pair.seen = true;
    pair.run(12);
    expect(pair.apart).toBeLessThan(3.2);
  });

  it('ends when one steers, walks elsewhere, or sits down; looking around is not that', () => {
    pair.guide.walkTo({ x: 4, y: 0, z: 4 });
    pair.run(2);
    pair.me.look(1, 0.2);
    pair.run(0.5);
    expect(pair.ownWay).toBe(0);
    pair.me.setIntent(-1, 0, false);
    pair.run(0.5);
    expect(pair.ownWay).toBe(1);

    const clicking = new Pair();
    clicking.run(0.5);
    clicking.me.walkTo({ x: -5, y: 0, z: 4 });
    clicking.run(0.3);
    expect(clicking.ownWay).toBe(1);

    const sitting = new Pair();
    sitting.run(0.5);
    sitting.me.seat.value = 'chair';
    sitting.run(0.3);
    expect(sitting.ownWay).toBe(1);
  });

  it('gets up from a seat when the guide goes on, and walks then', () => {
    const seated = new Pair('chair');
    seated.run(1);
    expect(seated.rose, 'while the guide is near one may stay').toBe(0);
    seated.guide.walkTo({ x: 4, y: 0, z: 4 });
    seated.run(3);
    expect([seated.rose, seated.ownWay]).toEqual([1, 0]);
    seated.me.placed({ x: -4.5, y: 0, z: -4.5, yaw: 0, cause: 'stand', seat: '', seq: null, reason: null });
    seated.run(12);
    expect(seated.ownWay).toBe(0);
    expect(seated.apart).toBeLessThan(3.2);
  });

  it('stops where one is when following ends', () => {
    pair.guide.walkTo({ x: 4, y: 0, z: 4 });
    pair.run(3);
    expect(pair.me.destination.value).not.toBeNull();
    pair.follower.stop();
    expect(pair.me.destination.value).toBeNull();
  });
});
