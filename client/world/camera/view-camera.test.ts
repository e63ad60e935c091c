import { NullEngine } from '@babylonjs/core/Engines/nullEngine.pure';
import { Scene } from '@babylonjs/core/scene.pure';
import { describe, expect, it } from 'vitest';
import type { AvatarPose } from '../../app/contracts.ts';
import { Bvh } from '../rays/bvh.ts';
import { fieldOfView } from './field-of-view.ts';
import { ViewCamera, approach } from './view-camera.ts';

const open = new Bvh(new Float32Array(0));
/** A wall across the x axis at z = -2, from floor to ceiling. */
const wall = new Bvh(Float32Array.of(-50, -50, -2, 50, -50, -2, 0, 90, -2));

function pose(more: Partial<AvatarPose> = {}): AvatarPose {
  return { id: 'me', index: 0, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null, ...more };
}

function makeView(bvh: Bvh): ViewCamera {
  const scene = new Scene(new NullEngine());
  scene.useRightHandedSystem = true;
  const view = new ViewCamera(scene, bvh);
  view.resize(16 / 9);
  return view;
}

describe('the eye', () => {
  it('looks along the yaw of the walker, and up when the pitch is positive', () => {
    const view = makeView(open);
    for (const [yaw, pitch] of [[0, 0], [Math.PI / 2, 0], [-2, 0.4], [3, -0.6]] as const) {
      view.update(pose({ yaw, pitch }), 0.016, true);
      const { m } = view.camera.getViewMatrix(true);
      // The third column of a right-handed view matrix is the direction backwards.
      const forward = [-(m[2] ?? 0), -(m[6] ?? 0), -(m[10] ?? 0)];
      expect(forward[0]).toBeCloseTo(Math.sin(yaw) * Math.cos(pitch), 5);
      expect(forward[1]).toBeCloseTo(Math.sin(pitch), 5);
      expect(forward[2]).toBeCloseTo(Math.cos(yaw) * Math.cos(pitch), 5);
      [view.eye.dx, view.eye.dy, view.eye.dz].forEach((value, axis) => expect(value).toBeCloseTo(forward[axis] ?? NaN, 5));
    }
  });

  it('aims through a point of the picture where the projection puts it', () => {
    const view = makeView(open);
    view.update(pose({ yaw: 0.7, pitch: -0.2, x: 3, z: -1 }), 0.016, true);
    const ray = new Float64Array(6);
    view.camera.getProjectionMatrix(true);
    for (const [across, down] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.7]] as const) {
      view.aim(across, down, ray);
      const [x, y, z] = [0, 1, 2].map((axis) => (ray[axis] ?? 0) + 5 * (ray[axis + 3] ?? 0)) as [number, number, number];
      const v = view.camera.getViewMatrix().m;
      const depth = -((v[2] ?? 0) * x + (v[6] ?? 0) * y + (v[10] ?? 0) * z + (v[14] ?? 0));
      const right = ((v[0] ?? 0) * x + (v[4] ?? 0) * y + (v[8] ?? 0) * z + (v[12] ?? 0)) / depth;
      const up = ((v[1] ?? 0) * x + (v[5] ?? 0) * y + (v[9] ?? 0) * z + (v[13] ?? 0)) / depth;
      const half = Math.tan(view.camera.fov / 2);
      expect(right / (half * (16 / 9)) / 2 + 0.5).toBeCloseTo(across, 5);
      expect(0.5 - up / half / 2).toBeCloseTo(down, 5);
    }
  });

  it('never stands in or behind a wall', () => {
    const view = makeView(wall);
    view.zoom(1);
    for (let i = 0; i < 4; i += 1) view.zoom(1);
    for (let frame = 0; frame < 200; frame += 1) {
      view.update(pose({ z: 1.5 - frame * 0.015, yaw: Math.sin(frame / 20) * 0.6, pitch: -0.1 }), 0.016, false);
      expect(view.eye.z).toBeGreaterThan(-2);
    }
  });

  it('goes back to its distance when there is room, without a jump', () => {
    const view = makeView(open);
    view.wanted = 4;
    let last = 0;
    for (let frame = 0; frame < 300; frame += 1) {
      view.update(pose(), 0.016, false);
      expect(-view.eye.z - last).toBeLessThan(0.5);
      last = -view.eye.z;
    }
    expect(last).toBeCloseTo(4, 1);
  });
});

describe('smoothing', () => {
  it('does not depend on the frame rate', () => {
    let quick = 0;
    for (let i = 0; i < 60; i += 1) quick = approach(quick, 10, 6, 1 / 60);
    expect(approach(0, 10, 6, 1)).toBeCloseTo(quick, 9);
  });
});

describe('the field of view', () => {
  it('shows a phone held upright enough to its sides', () => {
    const phone = fieldOfView(390 / 844);
    expect(2 * Math.atan(Math.tan(phone / 2) * (390 / 844))).toBeGreaterThan(0.7);
    expect(fieldOfView(16 / 9)).toBeLessThan(phone);
  });
});
