/** Runs in Node, bundled by `tests/bench/body-ik.ts`: 15 avatars of the venue, each with head and hands that move all the time. */
import { emptyBody, type Body, type TrackedPoint } from '../../../shared/protocol/body.ts';
import type { AvatarPose } from '../../../client/app/contracts.ts';
import { readCatalogue } from '../../../client/world/avatars/catalogue.ts';
import { BodyIk } from '../../../client/world/avatars/body-ik.ts';
import { LivePoser, createLiveliness, type Liveliness } from '../../../client/world/avatars/live-pose.ts';
import { advanceMotion, createMotion, makeClipBook, type Motion } from '../../../client/world/avatars/motion.ts';
import { readRig } from '../../../client/world/avatars/rig.ts';
import { followBody } from '../../../client/world/avatars/tracked-pose.ts';
import { avatarsJson, createTestScene, loadTestAvatars } from '../../support/avatars.ts';

const PEOPLE = 15;
const STEP = 1 / 72;
const ALLOCATION_FRAMES = 500;

interface Person {
  readonly pose: AvatarPose;
  readonly body: Body;
  readonly motion: Motion;
  readonly life: Liveliness;
  readonly phase: number;
  readonly target: { out: Float32Array; at: number };
}

export interface IkTimes {
  /** Milliseconds of one frame of all 15: with inverse kinematics, and with clips alone. */
  readonly bent: Float64Array;
  readonly clips: Float64Array;
  /** Bytes that a frame of all 15 allocates. */
  readonly bytesAFrame: number;
}

function sway(point: TrackedPoint, middle: readonly [number, number, number], turn: number): void {
  point.x = middle[0] + 0.08 * Math.sin(turn);
  point.y = middle[1] + 0.1 * Math.sin(turn * 1.3);
  point.z = middle[2] + 0.08 * Math.cos(turn * 0.7);
  point.qx = 0.2 * Math.sin(turn);
  point.qy = Math.sqrt(1 - point.qx * point.qx);
}

function moveBody(body: Body, turn: number): void {
  sway(body.head, [0, 1.6, 0.1], turn);
  sway(body.left, [0.2, 1.15, 0.4], turn * 1.7);
  sway(body.right, [-0.2, 1.3, 0.4], turn * 2.1);
  body.left.shape = 'open';
  body.right.shape = 'grip';
}

/** Measures `frames` frames of each kind, one of each in turn. */
export async function measure(frames: number, collect: () => void): Promise<IkTimes> {
  const rig = readRig(await loadTestAvatars(createTestScene()));
  const book = makeClipBook(rig, readCatalogue(avatarsJson).speeds);
  const poser = new LivePoser(rig, book, new BodyIk(rig));
  const rows = new Float32Array(PEOPLE * rig.bones.length * 12);
  const people = Array.from({ length: PEOPLE }, (_, index): Person => {
    const pose: AvatarPose = {
      id: `p${index}`, index, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: index % 3 === 0 ? 'seated' : 'standing', gesture: 'none', speaking: index % 4 === 0, speed: 0, body: null,
    };
    return { pose, body: emptyBody(), motion: createMotion(pose, book), life: createLiveliness(), phase: index * 0.7, target: { out: rows, at: index * rig.bones.length * 12 } };
  });
  const step = { elapsed: STEP, now: 0, seatYaw: undefined };
  const life = { level: 0.3, elapsed: STEP, live: true };
  const stance = { yaw: 0, scale: 1, lift: 0 };
  const frame = (number: number, bent: boolean): void => {
    step.now = number * STEP;
    for (const person of people) {
      person.pose.body = bent ? person.body : null;
      person.life.tracked.weight = person.life.tracked.left.weight = person.life.tracked.right.weight = bent ? 1 : 0;
      if (bent) moveBody(person.body, step.now + person.phase);
      advanceMotion(person.motion, person.pose, book, step);
      LivePoser.follow(person.life, person.pose, person.motion, life);
      stance.yaw = person.motion.bodyYaw;
      followBody(person.life.tracked, person.pose.body, stance, STEP);
      poser.write(person.motion, person.life, person.pose, person.target);
    }
  };
  const times = { bent: new Float64Array(frames), clips: new Float64Array(frames) };
  for (let number = 0; number < frames * 2; number += 1) frame(number, number % 2 === 0);
  for (let number = 0; number < frames * 2; number += 1) {
    const start = performance.now();
    frame(number, number % 2 === 0);
    (number % 2 === 0 ? times.bent : times.clips)[number >> 1] = performance.now() - start;
  }
  // Few enough that nothing is collected in between: what was allocated is still there.
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let number = 0; number < ALLOCATION_FRAMES; number += 1) frame(number, true);
  return { ...times, bytesAFrame: (process.memoryUsage().heapUsed - before) / ALLOCATION_FRAMES };
}
