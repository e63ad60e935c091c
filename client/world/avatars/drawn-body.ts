import type { Body, TrackedPoint } from '../../../shared/protocol/body.ts';
import type { ArmIk } from './arm-ik.ts';
import { boneNamed, restPlace } from './bone-space.ts';
import { addScaled, frame, quat, set, subtract, times, turn, vec, type Vec } from './ik-math.ts';
import type { Rig } from './rig.ts';
import type { PointGoal, Stance } from './tracked-pose.ts';

/** Half a turn about Y, see `tracked-pose.ts`. */
const FACE_ABOUT = quat(0, 1, 0, 0);

/** Reads out of the skin matrices that the GPU gets where head and palms are drawn: the measure of whether people are where they are. */
export class DrawnBody {
  private readonly head: number;
  private readonly hands: readonly [number, number];
  private readonly arms: readonly [ArmIk, ArmIk];
  private readonly headPlace: Vec;
  private readonly handPlaces: readonly [Vec, Vec];
  /** Between the eyes, from the head bone. */
  private readonly eyes: Vec;
  private readonly point: PointGoal = { place: vec(), rotation: quat() };
  private readonly yaw = quat();
  private readonly x = vec();
  private readonly y = vec();

  constructor(rig: Rig, arms: { readonly left: ArmIk; readonly right: ArmIk }) {
    this.head = boneNamed(rig, 'head');
    this.hands = [boneNamed(rig, 'handL'), boneNamed(rig, 'handR')];
    this.arms = [arms.left, arms.right];
    this.headPlace = restPlace(rig, this.head);
    this.handPlaces = [restPlace(rig, this.hands[0]), restPlace(rig, this.hands[1])];
    this.eyes = subtract(restPlace(rig, boneNamed(rig, 'eyelids')), this.headPlace, vec());
  }

  /** Writes head and palms to `out`, as they are sent: metres from the footing, axes of the world. Shapes of hands stay as they are. */
  read(rows: { readonly out: Float32Array; readonly at: number }, stance: Readonly<Stance>, out: Body): void {
    const { point } = this;
    this.bone(rows, this.head, this.headPlace);
    turn(point.rotation, this.eyes, this.x);
    addScaled(point.place, this.x, 1, point.place);
    times(point.rotation, FACE_ABOUT, point.rotation);
    this.send(stance, out.head);
    for (let i = 0; i < 2; i += 1) {
      this.bone(rows, this.hands[i] ?? 0, this.handPlaces[i] ?? this.headPlace);
      this.arms[i]?.gripOf(point.place, point.rotation, point);
      this.send(stance, i === 0 ? out.left : out.right);
    }
  }

  /** Place and rotation of a bone, from three rows of its skin matrix. */
  private bone({ out, at }: { readonly out: Float32Array; readonly at: number }, bone: number, rest: Readonly<Vec>): void {
    const row = at + bone * 12;
    const m = (k: number): number => out[row + k] ?? 0;
    const along = (k: number): number => m(k) * rest.x + m(k + 1) * rest.y + m(k + 2) * rest.z + m(k + 3);
    set(this.point.place, along(0), along(4), along(8));
    frame(set(this.x, m(0), m(4), m(8)), set(this.y, m(1), m(5), m(9)), this.point.rotation);
  }

  /** From the avatar's axes to the world's. */
  private send(stance: Readonly<Stance>, out: TrackedPoint): void {
    const { place, rotation } = this.point;
    this.yaw.y = Math.sin(stance.yaw / 2);
    this.yaw.w = Math.cos(stance.yaw / 2);
    turn(this.yaw, place, place);
    times(this.yaw, rotation, rotation);
    out.x = place.x * stance.scale;
    out.y = place.y * stance.scale + stance.lift;
    out.z = place.z * stance.scale;
    out.qx = rotation.x;
    out.qy = rotation.y;
    out.qz = rotation.z;
    out.qw = rotation.w;
  }
}
