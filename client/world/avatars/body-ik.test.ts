import type { AbstractMesh } from '@babylonjs/core/Meshes/abstractMesh.pure';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyBody, type Body, type TrackedHand, type TrackedPoint } from '../../../shared/protocol/body.ts';
import type { AvatarPose } from '../../app/contracts.ts';
import { avatarsJson, createTestScene, loadTestAvatars } from '../../../tests/support/avatars.ts';
import { boneNamed, restPlace } from './bone-space.ts';
import { readCatalogue, type Catalogue } from './catalogue.ts';
import { DrawnBody } from './drawn-body.ts';
import { BodyIk } from './body-ik.ts';
import { LivePoser, createLiveliness, type Liveliness } from './live-pose.ts';
import { CLIP, createMotion, makeClipBook, type ClipBook } from './motion.ts';
import { POSE_STRIDE, readRig, type Rig } from './rig.ts';
import { followBody, type Stance } from './tracked-pose.ts';

const run = { seed: 20261122, numRuns: 400 };
const CENTIMETRE = 0.01;
const DEGREE = Math.PI / 180;
let rig: Rig;
let book: ClipBook;
let catalogue: Catalogue;
let poser: LivePoser;
let ik: BodyIk;
let drawn: DrawnBody;
let meshes: ReadonlyMap<string, AbstractMesh>;

beforeAll(async () => {
  const container = await loadTestAvatars(createTestScene());
  meshes = new Map(container.meshes.map((mesh) => [mesh.name, mesh]));
  rig = readRig(container);
  catalogue = readCatalogue(avatarsJson);
  book = makeClipBook(rig, catalogue.speeds);
  ik = new BodyIk(rig);
  poser = new LivePoser(rig, book, ik);
  drawn = new DrawnBody(rig, ik.arms);
});

type Turns = readonly [yaw: number, pitch: number, roll: number];

/** Writes the rotation that yaws (about Y), then pitches (about the turned X, up is positive), then rolls, radians. */
function aim(point: TrackedPoint, [yaw, pitch, roll]: Turns): void {
  const [cy, sy, cp, sp, cr, sr] = [Math.cos(yaw / 2), Math.sin(yaw / 2), Math.cos(pitch / 2), Math.sin(pitch / 2), Math.cos(roll / 2), Math.sin(roll / 2)];
  point.qx = cy * sp * cr + sy * cp * sr;
  point.qy = sy * cp * cr - cy * sp * sr;
  point.qz = cy * cp * sr - sy * sp * cr;
  point.qw = cy * cp * cr + sy * sp * sr;
}

interface Plausible {
  readonly look: number;
  readonly clip: number;
  readonly time: number;
  readonly yaw: number;
  readonly head: readonly [number, number, number];
  readonly headTurns: Turns;
  readonly hands: readonly { readonly bearing: number; readonly height: number; readonly reach: number; readonly turns: Turns }[];
}

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

function plausible(clips: readonly number[], heights: readonly [number, number]): fc.Arbitrary<Plausible> {
  const hand = fc.record({ bearing: between(-0.5, 1.4), height: between(-0.45, 0.45), reach: between(0.25, 0.5), turns: fc.tuple(between(-3, 3), between(-1.5, 1.5), between(-3, 3)) });
  return fc.record({
    look: fc.integer({ min: 0, max: catalogue.appearances.length - 1 }), clip: fc.constantFrom(...clips), time: between(0, 4), yaw: between(-3.1, 3.1),
    head: fc.tuple(between(-0.2, 0.2), between(...heights), between(-0.1, 0.3)), headTurns: fc.tuple(between(-1.2, 1.2), between(-1.1, 0.9), between(-0.4, 0.4)),
    hands: fc.array(hand, { minLength: 2, maxLength: 2 }),
  });
}

/** Turns the avatar's axes into the world's. */
function place(point: TrackedPoint, stance: Readonly<Stance>, [x, y, z]: readonly [number, number, number]): void {
  point.x = x * Math.cos(stance.yaw) + z * Math.sin(stance.yaw);
  point.y = y;
  point.z = z * Math.cos(stance.yaw) - x * Math.sin(stance.yaw);
}

function bodyOf(given: Plausible, stance: Readonly<Stance>): Body {
  const body = emptyBody();
  const [x, y, z] = given.head;
  place(body.head, stance, [x, y, z]);
  // Viewer space looks along -Z.
  aim(body.head, [given.headTurns[0] + stance.yaw + Math.PI, given.headTurns[1], given.headTurns[2]]);
  for (const [index, hand] of [body.left, body.right].entries()) {
    const side = index === 0 ? 1 : -1;
    const { bearing, height, reach, turns } = given.hands[index] ?? { bearing: 0, height: 0, reach: 0.4, turns: [0, 0, 0] as const };
    // About the shoulder, which is to the side of and below the joint of head and neck, which is below and behind the eyes, as the head is held.
    const [yaw, pitch] = given.headTurns;
    const back = -0.1 * Math.cos(pitch) + 0.05 * Math.sin(pitch);
    const level = y - 0.1 * Math.sin(pitch) - 0.05 * Math.cos(pitch) - 0.2 * stance.scale;
    const flat = Math.sqrt(Math.max(0.02, reach * reach - height * height)) * stance.scale;
    place(hand, stance, [
      x + back * Math.sin(yaw) + side * (0.17 * stance.scale + flat * Math.sin(bearing)), level + height * stance.scale, z + back * Math.cos(yaw) + flat * Math.cos(bearing),
    ]);
    aim(hand, turns);
    hand.shape = 'open';
  }
  return body;
}

function avatarPose(posture: AvatarPose['posture'], body: Body | null): AvatarPose {
  return { id: 'someone', index: 1, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture, gesture: 'none', speaking: false, speed: 0, body };
}

function write(life: Liveliness, pose: AvatarPose, clip: number, time: number): { out: Float32Array; at: number } {
  const rows = { out: new Float32Array(rig.bones.length * 12), at: 0 };
  poser.write({ ...createMotion(pose, book), clip, time, from: clip, fromTime: time, share: 1 }, life, pose, rows);
  return rows;
}

/** As drawn when all fading is over. */
function settled(given: Plausible): { sent: Body; seen: Body; rows: Float32Array } {
  const stance = { yaw: given.yaw, scale: catalogue.appearances[given.look]?.scale ?? 1, lift: 0 };
  const sent = bodyOf(given, stance);
  const seated = given.clip === CLIP.sit || given.clip === CLIP.sitTalk;
  const life = createLiveliness();
  life.presence = 1;
  for (let i = 0; i < 3; i += 1) followBody(life.tracked, sent, stance, 0.2);
  const rows = write(life, avatarPose(seated ? 'seated' : 'standing', sent), given.clip, given.time);
  const seen = emptyBody();
  drawn.read(rows, stance, seen);
  return { sent, seen, rows: rows.out };
}

function apart(a: TrackedPoint, b: TrackedPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

function turned(a: TrackedPoint, b: TrackedPoint): number {
  return 2 * Math.acos(Math.min(1, Math.abs(a.qx * b.qx + a.qy * b.qy + a.qz * b.qz + a.qw * b.qw)));
}

function expectThere(seen: TrackedPoint | TrackedHand, sent: TrackedPoint, what: string): void {
  expect(apart(seen, sent) / CENTIMETRE, `${what}: centimetres away`).toBeLessThan(3);
  expect(turned(seen, sent) / DEGREE, `${what}: degrees turned`).toBeLessThan(3);
}

describe('the body of somebody in a headset', () => {
  for (const [name, clips, heights] of [
    ['stands', [CLIP.idle, CLIP.idle2, CLIP.talk], [0.9, 1.8]], ['walks', [CLIP.walk, CLIP.run], [1.3, 1.8]], ['sits', [CLIP.sit, CLIP.sitTalk], [1.0, 1.35]],
  ] as const) {
    it(`has head and palms where they are tracked while it ${name}`, () => {
      fc.assert(fc.property(plausible(clips, heights), (given) => {
        const { sent, seen } = settled(given);
        expectThere(seen.head, sent.head, 'head');
        expectThere(seen.left, sent.left, 'left hand');
        expectThere(seen.right, sent.right, 'right hand');
      }), run);
    });
  }

  it('hangs the clip\'s arm where a hand is lost, and the whole body where there is no headset', () => {
    const stance = { yaw: 0, scale: 1, lift: 0 };
    const body = bodyOf({ look: 0, clip: CLIP.idle, time: 0, yaw: 0, head: [0, 1.6, 0.12], headTurns: [0, 0, 0], hands: [] }, stance);
    body.left.shape = 'lost';
    const life = createLiveliness();
    life.presence = 1;
    const local = (name: string): number[] => Array.from(lastPose(life, body), (value) => value).slice(rig.bones.indexOf(name) * POSE_STRIDE, (rig.bones.indexOf(name) + 1) * POSE_STRIDE);
    const clip = book.clips[CLIP.idle];
    const clipsOwn = (name: string): number[] => Array.from(clip?.poses.slice(rig.bones.indexOf(name) * POSE_STRIDE, (rig.bones.indexOf(name) + 1) * POSE_STRIDE) ?? []);
    for (let i = 0; i < 3; i += 1) followBody(life.tracked, body, stance, 0.2);
    for (const bone of ['upperArmL', 'lowerArmL', 'handL', 'fingersL']) expectNear(local(bone), clipsOwn(bone), bone);
    expect(Math.max(...local('lowerArmR').map((value, k) => Math.abs(value - (clipsOwn('lowerArmR')[k] ?? 0))))).toBeGreaterThan(0.1);
    for (let i = 0; i < 3; i += 1) followBody(life.tracked, null, stance, 0.2);
    for (const bone of rig.bones) expectNear(local(bone), clipsOwn(bone), bone);
  });

  it('goes over within 0.3 s when tracking is lost and found: no hand jumps', () => {
    const stance = { yaw: 0, scale: 1, lift: 0 };
    const body = bodyOf({ look: 0, clip: CLIP.idle, time: 0, yaw: 0, head: [0, 1.6, 0.12], headTurns: [0, 0, 0], hands: [] }, stance);
    const life = createLiveliness();
    life.presence = 1;
    const pose = avatarPose('standing', body);
    const before = emptyBody();
    const now = emptyBody();
    let farthest = 0;
    const go = (seconds: number): void => {
      for (let frame = 0; frame < seconds * 60; frame += 1) {
        followBody(life.tracked, pose.body, stance, 1 / 60);
        drawn.read(write(life, pose, CLIP.idle, 0), stance, now);
        if (before.head.y > 0) farthest = Math.max(farthest, apart(now.left, before.left), apart(now.right, before.right), apart(now.head, before.head));
        for (const part of ['head', 'left', 'right'] as const) Object.assign(before[part], now[part]);
      }
    };
    go(0.5);
    expectThere(now.left, body.left, 'left hand');
    body.left.shape = 'lost';
    go(0.5);
    expect(apart(now.left, body.left)).toBeGreaterThan(0.2);
    expectThere(now.right, body.right, 'right hand');
    body.left.shape = 'grip';
    go(0.5);
    expectThere(now.left, body.left, 'left hand');
    pose.body = null;
    go(0.5);
    // 0.6 m in 0.3 s is 3.4 cm a frame.
    expect(farthest).toBeLessThan(0.08);
  });

  it('moves elbows as little as hands: nothing flips, wherever one reaches', () => {
    const stance = { yaw: 0, scale: 1, lift: 0 };
    const life = createLiveliness();
    life.presence = 1;
    const angles = fc.tuple(between(-0.4, 1.5), between(-1.1, 1.1), between(-0.9, 0.9), between(-0.9, 0.9), between(-2, 2));
    const nudge = fc.tuple(between(-1, 1), between(-1, 1), between(-1, 1));
    fc.assert(fc.property(angles, between(0.28, 0.55), nudge, ([bearing, height, yaw, pitch, roll], reach, [dx, dy, dz]) => {
      const elbows = [0, 1].map((by) => {
        const body = bodyOf({ look: 0, clip: CLIP.idle, time: 0, yaw: 0, head: [0, 1.6, 0.12], headTurns: [0, 0, 0], hands: [] }, stance);
        body.left.shape = 'lost';
        const flat = reach * Math.cos(height);
        place(body.right, stance, [-0.17 - flat * Math.sin(bearing) + by * 0.015 * dx, 1.35 + reach * Math.sin(height) + by * 0.015 * dy, 0.02 + flat * Math.cos(bearing) + by * 0.015 * dz]);
        // Fingers about where the arm points, the palm turned as forearms turn.
        aim(body.right, [Math.PI - bearing + yaw + by * 0.03 * dy, height + pitch + by * 0.03 * dz, roll + by * 0.03 * dx]);
        fingersAhead(body.right);
        for (let i = 0; i < 3; i += 1) followBody(life.tracked, body, stance, 0.2);
        const rows = write(life, avatarPose('standing', body), CLIP.idle, 0);
        return { at: bonePlace(rows.out, 'lowerArmR'), row: rows.out.slice(rig.bones.indexOf('lowerArmR') * 12).slice(0, 12) };
      });
      const [one, other] = elbows as [typeof elbows[0] & object, typeof elbows[0] & object];
      // The hand goes 2.6 cm at most and turns by 3 degrees; a flip is about half a turn.
      expect(Math.hypot(...one.at.map((value, k) => value - (other.at[k] ?? 0))) / CENTIMETRE, 'centimetres of the elbow').toBeLessThan(12);
      const trace = [0, 1, 2, 4, 5, 6, 8, 9, 10].reduce((sum, k) => sum + (one.row[k] ?? 0) * (other.row[k] ?? 0), 0);
      expect(Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2))) / DEGREE, 'degrees of the forearm').toBeLessThan(50);
    }), { ...run, numRuns: 3000 });
  });

  it('stretches arms that are a little too short, and gives up in the right direction', () => {
    const stance = { yaw: 0, scale: 1, lift: 0 };
    const reachOut = (metres: number): { sent: Body; seen: Body } => {
      const sent = bodyOf({ look: 0, clip: CLIP.idle, time: 0, yaw: 0, head: [0, 1.6, 0.12], headTurns: [0, 0, 0], hands: [] }, stance);
      sent.left.shape = 'lost';
      place(sent.right, stance, [-0.17, 1.35, 0.02 + metres]);
      const life = createLiveliness();
      life.presence = 1;
      for (let i = 0; i < 3; i += 1) followBody(life.tracked, sent, stance, 0.2);
      const seen = emptyBody();
      drawn.read(write(life, avatarPose('standing', sent), CLIP.idle, 0), stance, seen);
      return { sent, seen };
    };
    const long = reachOut(0.68);
    expectThere(long.seen.right, long.sent.right, 'a long arm');
    const beyond = reachOut(1.2);
    expect(turned(beyond.seen.right, beyond.sent.right) / DEGREE).toBeLessThan(3);
    expect(beyond.seen.right.z).toBeGreaterThan(0.55);
    expect(Math.hypot(beyond.seen.right.x + 0.17, beyond.seen.right.y - 1.35)).toBeLessThan(0.12);
    expect(apart(beyond.seen.head, beyond.sent.head) / CENTIMETRE).toBeLessThan(3);
  });
});

describe('oneself without a head', () => {
  it('has nothing within 10 cm of the eyes, whatever one wears and wherever one looks', () => {
    for (const [look, { scale }] of catalogue.appearances.entries()) {
      for (const headTurns of [[0, 0, 0], [0, -1, 0], [0, 0.8, 0], [1.3, 0, 0], [-1, -0.7, 0.3]] as const) {
        const stance = { yaw: 0, scale, lift: 0 };
        const body = bodyOf({ look, clip: CLIP.idle, time: 0, yaw: 0, head: [0, 1.58 * scale, 0.12], headTurns, hands: [] }, stance);
        // A raised arm brings the shoulder to the chin.
        body.left.shape = body.right.shape = 'lost';
        const life = createLiveliness();
        life.presence = 1;
        for (let i = 0; i < 3; i += 1) followBody(life.tracked, body, stance, 0.2);
        const rows = write(life, avatarPose('standing', body), CLIP.idle, 0);
        const whole = nearestPoint(look, rows.out, scale, body.head);
        poser.behead(rows);
        expect(whole, 'with the head').toBeLessThan(0.05);
        expect(nearestPoint(look, rows.out, scale, body.head), `${catalogue.appearances[look]?.id} ${headTurns.join(' ')}`).toBeGreaterThan(0.1);
      }
    }
  });
});

/** From a look to a hand: fingers where the look goes, thumb up (grip space has its fingers along -Y, its thumb along -Z). */
function fingersAhead(hand: TrackedHand): void {
  const s = Math.SQRT1_2;
  const { qx, qy, qz, qw } = hand;
  Object.assign(hand, { qx: (qx + qw) * s, qy: (qy + qz) * s, qz: (qz - qy) * s, qw: (qw - qx) * s });
}

function bonePlace(rows: Float32Array, name: string): number[] {
  const rest = restPlace(rig, boneNamed(rig, name));
  const at = rig.bones.indexOf(name) * 12;
  return [0, 4, 8].map((row) => (rows[at + row] ?? 0) * rest.x + (rows[at + row + 1] ?? 0) * rest.y + (rows[at + row + 2] ?? 0) * rest.z + (rows[at + row + 3] ?? 0));
}

/** The local pose that is drawn. */
function lastPose(life: Liveliness, body: Body): Float32Array {
  const pose = book.clips[CLIP.idle]?.poses.slice(0, rig.bones.length * POSE_STRIDE) ?? new Float32Array();
  ik.bend(pose, life.tracked, avatarPose('standing', body).posture === 'seated', 1);
  return pose;
}

function expectNear(a: readonly number[], b: readonly number[], what: string): void {
  // A quaternion and its negative are the same turn.
  const sign = Math.sign(a.slice(0, 4).reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0)) || 1;
  a.forEach((value, k) => expect(k < 4 ? value * sign : value, what).toBeCloseTo(b[k] ?? Number.NaN, 4));
}

/** Metres from a point to the nearest vertex of an appearance's finest mesh, skinned as the shader skins it. */
function nearestPoint(look: number, rows: Float32Array, scale: number, from: TrackedPoint): number {
  const mesh = meshes.get(`${catalogue.appearances[look]?.id ?? ''}_lod0`);
  const data = (kind: string): ArrayLike<number> => mesh?.getVerticesData(kind) ?? [];
  const [positions, bones, weights] = [data('position'), data('matricesIndices'), data('matricesWeights')];
  let nearest = Infinity;
  for (let i = 0; i < positions.length / 3; i += 1) {
    const place = [0, 0, 0];
    for (let k = 0; k < 4; k += 1) {
      const weight = weights[i * 4 + k] ?? 0;
      const at = (bones[i * 4 + k] ?? 0) * 12;
      for (let axis = 0; axis < 3; axis += 1) {
        const row = at + axis * 4;
        const moved = [0, 1, 2].reduce((sum, j) => sum + (rows[row + j] ?? 0) * (positions[i * 3 + j] ?? 0), rows[row + 3] ?? 0);
        place[axis] = (place[axis] ?? 0) + weight * moved * scale;
      }
    }
    nearest = Math.min(nearest, Math.hypot((place[0] ?? 0) - from.x, (place[1] ?? 0) - from.y, (place[2] ?? 0) - from.z));
  }
  return nearest;
}
