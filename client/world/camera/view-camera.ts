import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.pure';
import { Matrix, Vector3 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import { SEATED_EYES, STANDING_EYES } from '../../../shared/rules/movement.ts';
import type { AvatarPose } from '../../app/contracts.ts';
import type { Eye } from '../avatars/buckets.ts';
import { emptyHit, type Bvh } from '../rays/bvh.ts';
import { fieldOfView } from './field-of-view.ts';

/** Distances behind the head: below the first one looks through one's own eyes. Metres. */
export const FIRST_PERSON_BELOW = 0.9;
export const THIRD_PERSON = 3.2;
const FARTHEST = 7;
/** How much higher than the eyes one looks from behind, so that one's own head does not fill the middle of the picture. Metres. */
const OVER_HEAD = 0.42;
/** What is kept free around the camera, metres: more than the near plane, so that no wall is ever cut open. */
const CLEARANCE = 0.22;
const NEAR = 0.06;
const FAR = 400;

/** Follows a value without overshoot, at the same pace whatever the frame rate. `pace`: a second's share of the way, in e-folds. */
export function approach(from: number, to: number, pace: number, elapsed: number): number {
  return to + (from - to) * Math.exp(-pace * elapsed);
}

/** Largest reach up to `wanted` along `ray` that keeps clear of the scene. */
export function clearReach(bvh: Bvh, ray: Float64Array, wanted: number): number {
  if (!bvh.cast(ray, wanted + CLEARANCE, reachHit)) return wanted;
  // At a flat angle the wall is nearer to the side of the camera than ahead of it.
  const facing = Math.max(0.25, Math.abs((ray[3] ?? 0) * reachHit.nx + (ray[4] ?? 0) * reachHit.ny + (ray[5] ?? 0) * reachHit.nz));
  return Math.max(0.1, Math.min(wanted, reachHit.distance - CLEARANCE / facing));
}
const reachHit = emptyHit();

/** The eyes of the person: first or third person, without ever standing in a wall. */
export class ViewCamera {
  readonly camera: TargetCamera;
  /** Where the eye is and looks, for culling and labels. */
  readonly eye: Eye = { x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 1, halfAngle: 1 };
  /** Scratch for the product of view and projection. */
  readonly viewProjection = Matrix.Identity();
  /** Wished distance behind the head; 0 is first person. */
  wanted = 0;
  private readonly bvh: Bvh;
  private readonly ray = new Float64Array(6);
  private aspect = 1;
  private height = STANDING_EYES;
  private boom = 0;
  private smoothY = Number.NaN;

  constructor(scene: Scene, bvh: Bvh) {
    this.bvh = bvh;
    this.camera = new TargetCamera('eye', Vector3.Zero(), scene);
    this.camera.minZ = NEAR;
    this.camera.maxZ = FAR;
    scene.activeCamera = this.camera;
  }

  /** Steps from the eyes to over the shoulder and on; `notches` of a wheel, positive away. */
  zoom(notches: number): void {
    const next = this.wanted + notches * 0.8;
    const inside = this.wanted < FIRST_PERSON_BELOW;
    this.wanted = inside && notches > 0 ? Math.max(1.6, next) : next < FIRST_PERSON_BELOW ? 0 : Math.min(FARTHEST, next);
  }

  get firstPerson(): boolean {
    return this.boom < FIRST_PERSON_BELOW * 0.6;
  }

  /**
   * Follows the person. Allocates nothing.
   * @param still no smoothing at all (reduced motion)
   */
  update(pose: Readonly<AvatarPose>, elapsed: number, still: boolean): void {
    const goal = pose.posture === 'seated' ? SEATED_EYES : STANDING_EYES;
    this.height = still ? goal : approach(this.height, goal, 6, elapsed);
    // Steps of a stair are climbed smoothly; a jump elsewhere is not.
    const leap = Number.isNaN(this.smoothY) || Math.abs(pose.y - this.smoothY) > 0.8;
    this.smoothY = still || leap ? pose.y : approach(this.smoothY, pose.y, 12, elapsed);
    const cosPitch = Math.cos(pose.pitch);
    const dx = Math.sin(pose.yaw) * cosPitch;
    const dy = Math.sin(pose.pitch);
    const dz = Math.cos(pose.yaw) * cosPitch;
    this.reach(pose, { dx, dy, dz, elapsed, still });
    const lift = Math.min(1, this.boom / THIRD_PERSON) * OVER_HEAD;
    this.place(pose.x - dx * this.boom, this.smoothY + this.height + lift - dy * this.boom, pose.z - dz * this.boom);
    // In a right-handed scene Babylon's cameras look along -Z, and tilt up by a positive angle.
    this.camera.rotation.set(pose.pitch, pose.yaw + Math.PI, 0);
    this.eye.dx = dx;
    this.eye.dy = dy;
    this.eye.dz = dz;
  }

  private reach(pose: Readonly<AvatarPose>, look: { dx: number; dy: number; dz: number; elapsed: number; still: boolean }): void {
    const wanted = this.wanted < FIRST_PERSON_BELOW ? 0 : this.wanted;
    let free = wanted;
    if (wanted > 0) {
      const { ray } = this;
      ray[0] = pose.x;
      ray[1] = this.smoothY + this.height + OVER_HEAD * Math.min(1, wanted / THIRD_PERSON);
      ray[2] = pose.z;
      ray[3] = -look.dx;
      ray[4] = -look.dy;
      ray[5] = -look.dz;
      free = clearReach(this.bvh, ray, wanted);
    }
    // In front of a wall at once, away from it gently.
    this.boom = look.still || free < this.boom ? (look.still || wanted > 0 ? free : approach(this.boom, free, 10, look.elapsed)) : approach(this.boom, free, 7, look.elapsed);
    if (wanted === 0 && this.boom < 0.05) this.boom = 0;
  }

  private place(x: number, y: number, z: number): void {
    this.camera.position.set(x, y, z);
    this.eye.x = x;
    this.eye.y = y;
    this.eye.z = z;
  }

  /**
   * Writes the ray through a point of the picture to `out`: origin and unit direction.
   * @param across 0 at the left edge, 1 at the right one; @param down 0 at the top, 1 at the bottom
   */
  aim(across: number, down: number, out: Float64Array): void {
    const { eye } = this;
    const up = Math.tan(this.camera.fov / 2) * (1 - 2 * down);
    const right = Math.tan(this.camera.fov / 2) * this.aspect * (2 * across - 1);
    const flat = Math.hypot(eye.dx, eye.dz) || 1;
    // Right of (sin yaw, cos yaw) is (-cos yaw, sin yaw); up = right x forward.
    const rx = -eye.dz / flat;
    const rz = eye.dx / flat;
    const x = eye.dx + right * rx - up * rz * eye.dy;
    const y = eye.dy + up * flat;
    const z = eye.dz + right * rz + up * rx * eye.dy;
    const length = Math.hypot(x, y, z);
    out[0] = eye.x;
    out[1] = eye.y;
    out[2] = eye.z;
    out[3] = x / length;
    out[4] = y / length;
    out[5] = z / length;
  }

  /** Takes the shape of the picture. */
  resize(aspect: number): void {
    this.aspect = aspect;
    const fov = fieldOfView(aspect);
    this.camera.fov = fov;
    this.eye.halfAngle = Math.atan(Math.tan(fov / 2) * Math.hypot(1, aspect));
  }
}
