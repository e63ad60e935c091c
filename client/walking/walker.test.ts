import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bakeBuilding, BUILDING, PLATFORM_HEIGHT } from '../../shared/navigation/fixture.ts';
import { loadGround } from '../../shared/navigation/node.ts';
import type { NavmeshGround } from '../../shared/navigation/ground.ts';
import { decodeWalk, emptyWalk } from '../../shared/protocol/pose.ts';
import type { WalkStep } from '../../shared/protocol/pose.ts';
import { RUN_SPEED } from '../../shared/rules/movement.ts';
import { PredictedWalker } from './walker.ts';

let ground: NavmeshGround;
beforeAll(async () => {
  ground = await loadGround(await bakeBuilding());
});
afterAll(() => ground.dispose());

function makeWalker(x = 3, z = 0, seat = '') {
  const steps: WalkStep[] = [];
  const events: string[] = [];
  const walker = new PredictedWalker({
    ground,
    send: (bytes) => {
      const step = emptyWalk();
      if (!decodeWalk(bytes, step)) throw new Error('the walker sent an invalid step');
      steps.push(step);
    },
    wantStand: () => events.push('stand'),
    onBlocked: () => events.push('blocked'),
  });
  walker.begin({ id: 'me', index: 1, placement: { x, y: 0, z, yaw: 0 }, seat });
  let now = 0;
  const run = (seconds: number, frame = 16): void => {
    for (const end = now + seconds * 1000; now < end; now += frame) walker.advance(now);
  };
  return { walker, steps, events, run };
}

describe('predicted walker', () => {
  it('is where it was put at once, for whoever asks before the first frame', () => {
    const { walker } = makeWalker(-3, 0);
    expect([walker.pose.x, walker.pose.z]).toEqual([-3, 0]);
    walker.placed({ x: 3, y: 0, z: 1, yaw: 0, seat: '', cause: 'jump', seq: null, reason: null });
    expect([walker.pose.x, walker.pose.z]).toEqual([3, 1]);
  });

  it('walks ahead along its look, and right is to the right', () => {
    const { walker, run } = makeWalker(-3, 0);
    walker.setIntent(1, 0, false);
    run(1);
    expect(walker.pose.z).toBeGreaterThan(1.5);
    expect(walker.pose.x).toBeCloseTo(-3, 1);
    walker.setIntent(0, 1, false);
    run(1);
    expect(walker.pose.x).toBeLessThan(-4.5);
  });

  it('sends steps that no server needs to correct: never faster than running pace, never through the wall', () => {
    const { walker, steps, run } = makeWalker(1.5, 3);
    walker.look(-Math.PI / 2, 0);
    walker.setIntent(1, -0.4, true);
    run(3);
    expect(walker.pose.x).toBeGreaterThan(BUILDING.wall.halfThickness);
    steps.slice(1).forEach((step, i) => {
      const before = steps[i];
      expect(Math.hypot(step.x - (before?.x ?? 0), step.z - (before?.z ?? 0))).toBeLessThan(RUN_SPEED * 0.08);
    });
  });

  it('is quiet while nothing changes, after one last step that says so', () => {
    const { walker, steps, run } = makeWalker();
    walker.setIntent(1, 0, false);
    run(0.5);
    walker.setIntent(0, 0, false);
    run(0.5);
    const count = steps.length;
    expect(steps.at(-1)?.moving).toBe(false);
    run(2);
    expect(steps).toHaveLength(count);
  });

  it('follows a path through the doorway until it arrives', () => {
    const { walker, events, run } = makeWalker(3, 3);
    expect(walker.walkTo({ x: -4, y: 0, z: 4 }, 1)).toBe(true);
    expect(walker.destination.value).not.toBeNull();
    run(12);
    expect(events).toEqual([]);
    expect(walker.pose.x).toBeCloseTo(-4, 0);
    expect(walker.pose.yaw).toBeCloseTo(1, 5);
    expect(walker.destination.value).toBeNull();
  });

  it('climbs stairs', () => {
    const { walker, run } = makeWalker(3, -1);
    const { stairs } = BUILDING;
    const top = { x: (stairs.x[0] + stairs.x[1]) / 2, y: PLATFORM_HEIGHT, z: stairs.z + stairs.steps * stairs.tread + 1 };
    expect(walker.walkTo(top)).toBe(true);
    run(10);
    expect(walker.pose.y).toBeCloseTo(PLATFORM_HEIGHT, 1);
  });

  it('carries a correction over to where it is now, without a leap for the eye', () => {
    const { walker, steps, run } = makeWalker(-3, 0);
    walker.setIntent(1, 0, false);
    run(1);
    const corrected = steps.at(-5);
    if (corrected === undefined) throw new Error('too few steps');
    const seen = walker.pose.x;
    walker.placed({ x: corrected.x - 0.5, y: 0, z: corrected.z, yaw: 0, cause: 'correction', seat: '', seq: corrected.seq, reason: 'TOO_FAST' });
    run(0.017);
    expect(Math.abs(walker.pose.x - seen)).toBeLessThan(0.26);
    run(0.6);
    expect(walker.pose.x).toBeCloseTo(seen - 0.5, 1);
    expect(walker.pose.z).toBeGreaterThan(corrected.z);
  });

  it('asks to stand up when somebody seated wants to walk, and walks then', () => {
    const { walker, events, run } = makeWalker(3, 0, 'chair');
    expect(walker.walkTo({ x: 4, y: 0, z: -3 })).toBe(true);
    run(1);
    expect(events).toEqual(['stand']);
    expect(walker.pose.posture).toBe('seated');
    walker.placed({ x: 3, y: 0, z: 0, yaw: 0, cause: 'stand', seat: '', seq: null, reason: null });
    run(5);
    expect(events).toEqual(['stand']);
    expect(walker.destination.value).toBeNull();
    expect(walker.pose.z).toBeCloseTo(-3, 0);
  });

  it('has no way to where there is no ground', () => {
    const { walker } = makeWalker();
    expect(walker.walkTo({ x: 40, y: 0, z: 40 })).toBe(false);
    expect(walker.destination.value).toBeNull();
  });
});
