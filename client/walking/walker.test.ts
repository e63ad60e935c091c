import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bakeBuilding, BUILDING, PLATFORM_HEIGHT } from '../../shared/navigation/fixture.ts';
import { loadGround } from '../../shared/navigation/node.ts';
import { BODY_BYTES, decodeBody, emptyBody } from '../../shared/protocol/body.ts';
import type { Body } from '../../shared/protocol/body.ts';
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
  const bodies: (Body | null)[] = [];
  const teleports: (readonly [number, number, number])[] = [];
  const events: string[] = [];
  const walker = new PredictedWalker({
    ground, survey: ground,
    sendBody: (bytes) => {
      const body = emptyBody();
      if (bytes.length === 0) bodies.push(null);
      else if (bytes.length === BODY_BYTES && decodeBody(new DataView(bytes.buffer, bytes.byteOffset), 0, body)) bodies.push(body);
      else throw new Error('the walker sent an invalid body');
    },
    teleport: (to) => teleports.push(to),
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
  return { walker, steps, bodies, teleports, events, run, now: () => now };
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

/** Somebody upright, the right hand up. */
function tracked(): Body {
  const body = emptyBody();
  Object.assign(body.head, { y: 1.6 });
  Object.assign(body.right, { x: 0.3, y: 1.2, z: 0.2, shape: 'open' });
  return body;
}

describe('a tracked walker', () => {
  const out = { x: 9, y: 9, z: 9 };

  it('goes where the body goes in the real room, and says how far that was', () => {
    const { walker, steps, run } = makeWalker(3, 0);
    run(1);
    walker.shift(0.2, -0.1, out);
    expect([out.x, out.y, out.z]).toEqual([expect.closeTo(0.2, 3), 9, expect.closeTo(-0.1, 3)]);
    expect([walker.pose.x, walker.pose.z]).toEqual([expect.closeTo(3.2, 3), expect.closeTo(-0.1, 3)]);
    run(0.2);
    expect(steps.at(-1)).toMatchObject({ x: expect.closeTo(3.2, 3) as number, z: expect.closeTo(-0.1, 3) as number });
    expect([walker.pose.x, walker.pose.z]).toEqual([expect.closeTo(3.2, 3), expect.closeTo(-0.1, 3)]);
  });

  it('goes through no wall, and no faster than one may run', () => {
    const { walker, run, now } = makeWalker(1.5, 3);
    let gone = 0;
    const began = now();
    for (let i = 0; i < 200; i += 1) {
      run(0.016);
      walker.shift(-0.3, 0, out);
      gone += Math.hypot(out.x, out.z);
      expect(gone).toBeLessThanOrEqual(((now() - began) / 1000) * RUN_SPEED + 1e-6);
    }
    expect(walker.pose.x).toBeGreaterThan(BUILDING.wall.halfThickness);
    expect(Math.abs(out.x)).toBeLessThan(0.001);
    walker.shift(Number.NaN, 0, out);
    expect([out.x, out.z]).toEqual([0, 0]);
  });

  it('walks with its legs only when the body walks: leaning is no step', () => {
    const { walker, steps, run } = makeWalker(3, 0);
    run(1);
    for (let i = 0; i < 120; i += 1) {
      walker.shift(0.25 * 0.016 * Math.sign(Math.sin(i / 20)), 0, out);
      run(0.016);
      expect(walker.pose.posture).toBe('standing');
    }
    expect(steps.every(({ moving }) => !moving)).toBe(true);
    for (let i = 0; i < 60; i += 1) {
      walker.shift(0, 1 * 0.016, out);
      run(0.016);
    }
    expect(walker.pose.posture).toBe('walking');
    expect(walker.pose.speed).toBeCloseTo(1, 0);
    expect(steps.at(-1)).toMatchObject({ moving: true, running: false });
    run(2);
    expect(walker.pose.posture).toBe('standing');
    expect(steps.at(-1)?.moving).toBe(false);
  });

  it('stays on its seat, however it leans', () => {
    const { walker, run } = makeWalker(3, 0, 'chair');
    run(1);
    walker.shift(0.4, 0, out);
    expect([out.x, out.z, walker.pose.x]).toEqual([0, 0, 3]);
  });

  it('looks where the head looks, also on a way', () => {
    const { walker, run } = makeWalker(3, 3);
    walker.walkTo({ x: 4, y: 0, z: -4 });
    for (let i = 0; i < 20; i += 1) {
      walker.face(1.2 + 2 * Math.PI, 3);
      run(0.016);
    }
    expect(walker.pose.yaw).toBeCloseTo(1.2, 6);
    expect(walker.pose.pitch).toBeCloseTo((63 * Math.PI) / 180, 6);
    expect(walker.destination.value).not.toBeNull();
  });

  it('tells of head and hands 20 times a second while they move, at any frame rate, and not while they stand still', () => {
    for (const frame of [8, 11, 13.9, 16.7, 33]) {
      const { walker, bodies, run } = makeWalker();
      const body = tracked();
      walker.wear(body);
      run(0.2, frame);
      const before = bodies.length;
      expect(before).toBeGreaterThan(0);
      run(1, frame);
      expect(bodies.length, 'nothing moves').toBe(before);
      for (let i = 0; i * frame < 5000; i += 1) {
        body.right.y = 1.2 + 0.2 * Math.sin(i / 3);
        run(frame / 1000, frame);
      }
      expect((bodies.length - before) / 5).toBeGreaterThan(19);
      expect((bodies.length - before) / 5).toBeLessThan(20.5);
    }
  });

  it('tells of what is worth telling: 2 mm, 0.3 degrees, another shape', () => {
    const { walker, bodies, run } = makeWalker();
    const body = tracked();
    walker.wear(body);
    const told = (): boolean => {
      const before = bodies.length;
      run(0.2);
      return bodies.length > before;
    };
    expect(told()).toBe(true);
    const turnHead = (degrees: number): void => { Object.assign(body.head, { qy: Math.sin((degrees * Math.PI) / 360), qw: Math.cos((degrees * Math.PI) / 360) }); };
    for (const [change, worth] of [
      [() => { body.right.x += 0.0015; }, false], [() => { body.right.x += 0.001; }, true], [() => { turnHead(0.2); }, false], [() => { turnHead(0.4); }, true],
      [() => { body.left.shape = 'lost'; body.left.x = 1; }, false], [() => { body.right.shape = 'grip'; }, true],
    ] as const) {
      change();
      expect(told()).toBe(worth);
    }
    walker.wear(null);
    expect(bodies.at(-1), 'at once').toBeNull();
    expect(told()).toBe(false);
    walker.wear(null);
    expect(bodies.filter((sent) => sent === null)).toHaveLength(1);
    walker.wear(body);
    expect(told()).toBe(true);
  });

  it('tells a fresh connection of them without being asked', () => {
    const { walker, bodies, run } = makeWalker();
    walker.wear(tracked());
    run(0.2);
    const before = bodies.length;
    walker.begin({ id: 'me', index: 1, placement: { x: 3, y: 0, z: 1, yaw: 0 }, seat: '' });
    run(0.2);
    expect(bodies.length).toBe(before + 1);
  });

  it('tells where they are in the world, whatever of the last steps the server has been told', () => {
    const { walker, steps, bodies, run } = makeWalker(3, 0);
    run(1);
    const body = tracked();
    walker.wear(body);
    for (let i = 0; i < 200; i += 1) {
      // So slow that not every step is worth sending, and a hand that stays where it is.
      walker.shift(0.0004, 0, out);
      body.right.x -= out.x;
      run(0.016);
      const sent = bodies.at(-1);
      const footing = steps.at(-1)?.x ?? 3;
      if (sent !== null && sent !== undefined) expect(Math.abs(footing + sent.right.x - 3.3)).toBeLessThan(0.0014);
    }
  });

  it('asks for a teleport where there is a way, and looks on as before when it is granted', () => {
    const { walker, teleports, run } = makeWalker(3, -3);
    run(4);
    walker.face(0.7, 0.2);
    const to = { x: -3, y: 0, z: -3 };
    expect(walker.canTeleport(to, out)).toBe(true);
    expect(Math.hypot(out.x + 3, out.z + 3)).toBeLessThan(0.1);
    walker.teleport(to);
    expect(teleports).toEqual([[-3, 0, -3]]);
    expect(walker.pose.x).toBe(3);
    walker.placed({ x: -3, y: 0, z: -3, yaw: 0.68, seat: '', cause: 'teleport', seq: null, reason: null });
    expect([walker.pose.x, walker.pose.z, walker.pose.yaw, walker.pose.pitch]).toEqual([-3, -3, expect.closeTo(0.7, 6), expect.closeTo(0.2, 6)]);
    run(0.1);
    expect(walker.canTeleport({ x: 3, y: 0, z: -3 }, out), 'what was gone is spent').toBe(false);
    run(3);
    expect(walker.canTeleport({ x: 3, y: 0, z: -3 }, out)).toBe(true);
  });

  it('asks for none where there is no way', () => {
    const { walker, teleports, run } = makeWalker(3, -3);
    run(4);
    for (const to of [{ x: 40, y: 0, z: 0 }, { x: 3, y: 7, z: -3 }]) {
      expect(walker.canTeleport(to, out)).toBe(false);
      walker.teleport(to);
    }
    expect(teleports).toEqual([]);
  });

  it('sees at once what an arc sweeps over, within a twentieth of a second', () => {
    const { walker, run } = makeWalker(5, -5);
    run(4);
    expect(walker.canTeleport({ x: 4, y: 0, z: -5 }, out)).toBe(true);
    run(0.064);
    // The far corner of the other room is too far on foot.
    expect(walker.canTeleport({ x: -5.5, y: 0, z: -5.5 }, out)).toBe(false);
    run(0.064);
    expect(walker.canTeleport({ x: 4, y: 0, z: -5 }, out)).toBe(true);
  });

  it('stands up first, then teleports', () => {
    const { walker, events, teleports, run } = makeWalker(3, 0, 'chair');
    run(4);
    expect(walker.canTeleport({ x: 3, y: 0, z: -3 }, out)).toBe(true);
    walker.teleport({ x: 3, y: 0, z: -3 });
    expect([events, teleports]).toEqual([['stand'], []]);
    walker.placed({ x: 3.5, y: 0, z: 0, yaw: 0, cause: 'stand', seat: '', seq: null, reason: null });
    expect(teleports).toEqual([[3, 0, -3]]);
  });
});
