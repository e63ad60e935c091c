import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AvatarPose } from '../../app/contracts.ts';
import { avatarsJson, createTestScene, loadTestAvatars } from '../../../tests/support/avatars.ts';
import { readCatalogue } from './catalogue.ts';
import { LivePoser, createLiveliness } from './live-pose.ts';
import { bakeClips } from './load.ts';
import { CLIP, CLIP_NAMES, FADE_S, advanceMotion, bakedRows, createMotion, makeClipBook, type ClipBook, type Motion } from './motion.ts';
import { PoseSolver } from './pose-math.ts';
import { POSE_STRIDE, readRig, type Rig } from './rig.ts';

const run = { seed: 20261121, numRuns: 200 };
let rig: Rig;
let book: ClipBook;
let table: Float32Array;
let row: number;

beforeAll(async () => {
  rig = readRig(await loadTestAvatars(createTestScene()));
  book = makeClipBook(rig, readCatalogue(avatarsJson).speeds);
  row = rig.bones.length * 12;
  table = new Float32Array(row * book.clips.reduce((sum, clip) => sum + clip.frames, 0));
  bakeClips(rig, book, table, row);
});

function pose(more: Partial<AvatarPose> = {}): AvatarPose {
  return { id: 'someone', index: 1, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null, ...more };
}

function at(clip: number, time: number): Motion {
  return { ...createMotion(pose(), book), clip, time, from: clip, fromTime: time, share: 1 };
}

/** Where the shader puts a point of the rest pose near a bone: rows blended as it blends them. */
function baked(motion: Motion): Float32Array {
  const rows = new Float32Array(3);
  bakedRows(motion, book, rows, 0);
  const [first = 0, second = 0, share = 0] = rows;
  return Float32Array.from({ length: row }, (_, k) => (table[first * row + k] ?? 0) * (1 - share) + (table[second * row + k] ?? 0) * share);
}

function live(motion: Motion): Float32Array {
  const out = new Float32Array(row);
  new LivePoser(rig, book).write(motion, createLiveliness(), pose(), { out, at: 0 });
  return out;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] ?? NaN))), 0);
}

describe('the rig', () => {
  it('has the bones and clips that the world drives', () => {
    expect(rig.bones.length).toBeLessThanOrEqual(26);
    expect(rig.bones).toEqual(expect.arrayContaining(['neck', 'head', 'jaw']));
    for (const name of CLIP_NAMES) expect(rig.clips.has(name), name).toBe(true);
  });

  it('leaves the mesh as it is in its rest pose', () => {
    const rest = new Float32Array(rig.bones.length * POSE_STRIDE);
    // Seen from the first bone, a bone's place at rest is the difference of the translations of their inverse bind matrices.
    const place = (bone: number, axis: number): number => (rig.inverseBind[axis * 4 + 3] ?? 0) - (rig.inverseBind[bone * 12 + axis * 4 + 3] ?? 0);
    for (let bone = 0; bone < rig.bones.length; bone += 1) {
      const parent = rig.parents[bone] ?? -1;
      const own = [0, 1, 2].map((axis) => place(bone, axis) - (parent < 0 ? 0 : place(parent, axis)));
      rest.set([0, 0, 0, 1, ...own], bone * POSE_STRIDE);
    }
    const out = new Float32Array(row);
    new PoseSolver(rig).solve(rest, out, 0);
    for (let bone = 1; bone < rig.bones.length; bone += 1) {
      expect(largestDifference(out.slice(bone * 12, bone * 12 + 12), out.slice(0, 12)), rig.bones[bone]).toBeLessThan(1e-4);
    }
  });

  it('loops every clip without a jump', () => {
    for (const clip of book.clips) {
      const length = rig.bones.length * POSE_STRIDE;
      const last = clip.poses.slice((clip.frames - 1) * length);
      expect(largestDifference(clip.poses.slice(0, length), last), clip.name).toBeLessThan(0.02);
    }
  });
});

describe('avatars with and without a skeleton of their own', () => {
  it('stand alike at the same moment of the same clip, so that nobody jumps when they change over', () => {
    const clips = fc.integer({ min: 0, max: CLIP_NAMES.length - 1 });
    fc.assert(fc.property(clips, fc.double({ min: 0, max: 1, noNaN: true }), (clip, part) => {
      const motion = at(clip, part * (book.clips[clip]?.duration ?? 0) * 0.999);
      expect(largestDifference(baked(motion), live(motion))).toBeLessThan(0.012);
    }), run);
  });

  it('are of another mind where the clips differ (the comparison can fail)', () => {
    expect(largestDifference(baked(at(CLIP.walk, 0.3)), live(at(CLIP.walk, 0.6)))).toBeGreaterThan(0.1);
  });
});

describe('motion', () => {
  const step = { elapsed: 1 / 60, now: 0, seatYaw: undefined };

  it('fades from one clip into the next and keeps the foot between walking and running', () => {
    const walker = pose({ posture: 'walking', speed: 1.4 });
    const motion = createMotion(walker, book);
    for (let i = 0; i < 30; i += 1) advanceMotion(motion, walker, book, step);
    expect([motion.clip, motion.share]).toEqual([CLIP.walk, 1]);
    const phase = motion.time / (book.clips[CLIP.walk]?.duration ?? 1);
    walker.speed = 4;
    advanceMotion(motion, walker, book, step);
    expect([motion.clip, motion.from]).toEqual([CLIP.run, CLIP.walk]);
    expect(motion.share).toBeCloseTo(step.elapsed / FADE_S, 6);
    expect(motion.time / (book.clips[CLIP.run]?.duration ?? 1)).toBeCloseTo(phase, 1);
  });

  it('walks at the pace of the ground, so that feet do not slide', () => {
    for (const speed of [0.9, 1.4, 2.2]) {
      const walker = pose({ posture: 'walking', speed });
      const motion = at(CLIP.walk, 0);
      advanceMotion(motion, walker, book, step);
      expect(motion.time * (book.speeds[CLIP.walk] ?? 0)).toBeCloseTo(speed * step.elapsed, 5);
    }
  });

  it('turns a sitter with the seat and lets the head look', () => {
    const sitter = pose({ posture: 'seated', yaw: 0.9 });
    const motion = createMotion(sitter, book);
    for (let i = 0; i < 120; i += 1) advanceMotion(motion, sitter, book, { ...step, seatYaw: 0.2 });
    expect(motion.bodyYaw).toBeCloseTo(0.2, 5);
    expect(motion.lookYaw).toBeCloseTo(0.7, 5);
  });
});
