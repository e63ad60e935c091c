import type { AvatarPose, PoseBook } from '../../../client/app/contracts.ts';
import { emptyBody, type Body, type TrackedHand } from '../../../shared/protocol/body.ts';

/** Seated and standing eyes above the footing, metres. */
const EYES = { seated: 1.18, standing: 1.62 };

function moveHand(hand: TrackedHand, { pose, side, height, phase }: { pose: AvatarPose; side: 1 | -1; height: number; phase: number }): void {
  const across = side * (0.22 + 0.06 * Math.sin(phase * 1.3));
  const ahead = 0.34 + 0.12 * Math.sin(phase * 1.7 + side);
  hand.x = Math.sin(pose.yaw) * ahead + Math.cos(pose.yaw) * across;
  hand.y = height - 0.42 + 0.16 * Math.sin(phase + side);
  hand.z = Math.cos(pose.yaw) * ahead - Math.sin(pose.yaw) * across;
  hand.shape = Math.sin(phase * 0.4) > 0 ? 'open' : 'grip';
}

/** Turns a quaternion to look along `yaw` (WebXR looks along -Z) with a nod. */
function look(point: Body['head'], yaw: number, nod: number): void {
  const half = (yaw + Math.PI) / 2;
  const [sy, cy, sx, cx] = [Math.sin(half), Math.cos(half), Math.sin(nod / 2), Math.cos(nod / 2)];
  point.qx = cy * sx;
  point.qy = sy * cx;
  point.qz = -sy * sx;
  point.qw = cy * cx;
}

/** A PoseBook of whom the `count` nearest to a place wear headsets, and move head and hands without rest. */
export class TrackedCrowd implements PoseBook {
  private readonly crowd: PoseBook;
  private worn: readonly AvatarPose[] = [];

  constructor(crowd: PoseBook) {
    this.crowd = crowd;
  }

  get avatars(): readonly AvatarPose[] {
    return this.crowd.avatars;
  }

  get revision(): number {
    return this.crowd.revision;
  }

  wear(count: number, at: { readonly x: number; readonly z: number }): void {
    for (const pose of this.worn) pose.body = null;
    this.worn = this.crowd.avatars.toSorted((a, b) => Math.hypot(a.x - at.x, a.z - at.z) - Math.hypot(b.x - at.x, b.z - at.z)).slice(0, count);
    for (const pose of this.worn) pose.body = emptyBody();
  }

  byId(id: string): AvatarPose | undefined {
    return this.crowd.byId(id);
  }

  sample(now: number): void {
    this.crowd.sample(now);
    for (let i = 0; i < this.worn.length; i += 1) {
      const pose = this.worn[i];
      if (pose === undefined || pose.body === null) continue;
      const { head, left, right } = pose.body;
      const phase = now / 400 + i;
      const height = (pose.posture === 'seated' ? EYES.seated : EYES.standing) + 0.03 * Math.sin(phase * 0.7);
      head.x = 0.04 * Math.sin(phase * 0.5);
      head.y = height;
      head.z = 0.04 * Math.cos(phase * 0.6);
      look(head, pose.yaw + 0.3 * Math.sin(phase * 0.8), 0.15 * Math.sin(phase));
      moveHand(left, { pose, side: 1, height, phase });
      moveHand(right, { pose, side: -1, height, phase: phase + 2 });
      look(left, pose.yaw, 0.4);
      look(right, pose.yaw, 0.4);
    }
  }
}
