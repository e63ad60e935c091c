import type { Point } from '../../../shared/rules/ground.ts';
import { SEATED_EYES, STANDING_EYES } from '../../../shared/rules/movement.ts';

/** Farther from the footing than this, metres, standing people have taken a step; nearer they have only swayed. */
const STEP_FROM = 0.15;
const STEP_TO = 0.03;
/** How fast the footing follows a real step, a second's share of the way. */
const STEP_PACE = 7;
/** Leaning is free up to here, then the picture darkens, and is black at the second, metres. A seated person leans over a table. */
const LEAN = { standing: [0.35, 0.6], seated: [0.6, 0.85] } as const;
/** A seated head in a real chair, metres above the floor, until it is measured. */
const SEATED_HEAD = 1.2;

/** Where the real room lies in the venue. Mutable: `Anchor` writes it. */
export interface RigPlace {
  x: number;
  y: number;
  z: number;
  /** Radians about +Y by which the reference space is turned. */
  yaw: number;
}

/** A head in the reference space: metres, and where it looks, radians (0 along -Z, as WebXR has it; turning left raises it). */
export interface HeadInRoom {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
}

/** What decides how high the eyes are. */
export interface Stature {
  readonly seat: boolean;
  /** One sits in a real chair. */
  readonly seatedBody: boolean;
  /** Measured, metres; 0: not. */
  readonly eyeHeight: number;
}

/**
 * Ties the real room to the venue: a point of the room's floor stands on the person's footing. Real steps move the footing, as far as the ground and the server's rules
 * allow; what is not allowed is a lean, and too far a lean darkens the picture instead of pushing the room. Walking by stick, jumps and seats move the footing, and the
 * room with it. Knows no engine.
 */
export class Anchor {
  /** 0..1: how dark it is to be, since the head is where the person cannot stand. */
  darkness = 0;
  private x = 0;
  private z = 0;
  private yaw = 0;
  private following = false;
  /** Head above the real floor when it was last measured, metres. */
  private restingHead = STANDING_EYES;
  private wasSeated = false;
  private readonly moved: Point = { x: 0, y: 0, z: 0 };

  /** The head stands on the footing and looks along `yaw` of the venue (0 along +Z). Called on entering, on jumps, and when the device was re-centred. */
  begin(head: HeadInRoom, yaw: number): void {
    this.x = head.x;
    this.z = head.z;
    // A head with yaw 0 in the room looks along -Z, which is half a turn in the venue.
    this.yaw = yaw - head.yaw - Math.PI;
    this.following = false;
    this.darkness = 0;
    this.measure(head);
  }

  /** Takes the head's height as the one at rest. */
  measure(head: Pick<HeadInRoom, 'y'>): void {
    this.restingHead = head.y;
  }

  /** Turns the room about the head, radians; positive is to the left. */
  turn(head: HeadInRoom, angle: number): void {
    const leanX = this.leanX(head);
    const leanZ = this.leanZ(head);
    this.yaw += angle;
    const cos = Math.cos(this.yaw), sin = Math.sin(this.yaw);
    this.x = head.x - (leanX * cos - leanZ * sin);
    this.z = head.z - (leanX * sin + leanZ * cos);
  }

  /** Where the head looks in the venue, radians. */
  lookYaw(head: HeadInRoom): number {
    return head.yaw + this.yaw + Math.PI;
  }

  /**
   * Lets the footing follow real steps. Allocates nothing.
   * @param shift moves the footing by metres of the venue, and writes how far it really went
   */
  follow(head: HeadInRoom, elapsed: number, seated: boolean, shift: (dx: number, dz: number, out: Point) => void): void {
    const leanX = this.leanX(head);
    const leanZ = this.leanZ(head);
    const lean = Math.hypot(leanX, leanZ);
    this.following = !seated && (this.following ? lean > STEP_TO : lean > STEP_FROM);
    if (this.following) {
      const share = Math.min(1, STEP_PACE * elapsed);
      shift(leanX * share, leanZ * share, this.moved);
      // Back into the room: the inverse turn.
      const cos = Math.cos(this.yaw), sin = Math.sin(this.yaw);
      this.x += this.moved.x * cos - this.moved.z * sin;
      this.z += this.moved.x * sin + this.moved.z * cos;
    }
    const [free, dark] = seated ? LEAN.seated : LEAN.standing;
    this.darkness = Math.max(0, Math.min(1, (Math.hypot(this.leanX(head), this.leanZ(head)) - free) / (dark - free)));
  }

  /** Writes where the room lies when the footing is there. Allocates nothing. */
  place(footing: Readonly<Point>, head: HeadInRoom, stature: Stature, out: RigPlace): void {
    if (stature.seat !== this.wasSeated) this.measure(head);
    this.wasSeated = stature.seat;
    const cos = Math.cos(this.yaw), sin = Math.sin(this.yaw);
    out.x = footing.x - (this.x * cos + this.z * sin);
    out.z = footing.z - (this.z * cos - this.x * sin);
    out.y = footing.y + this.lift(stature);
    out.yaw = this.yaw;
  }

  /** Head's horizontal distance from the footing along the venue's axes, metres. */
  leanX(head: HeadInRoom): number {
    return (head.x - this.x) * Math.cos(this.yaw) + (head.z - this.z) * Math.sin(this.yaw);
  }

  leanZ(head: HeadInRoom): number {
    return (head.z - this.z) * Math.cos(this.yaw) - (head.x - this.x) * Math.sin(this.yaw);
  }

  private lift({ seat, seatedBody, eyeHeight }: Stature): number {
    if (seat) return SEATED_EYES - this.restingHead;
    if (!seatedBody) return 0;
    const sitting = this.restingHead < STANDING_EYES - 0.15 ? this.restingHead : SEATED_HEAD;
    return (eyeHeight > 0 ? eyeHeight : STANDING_EYES) - sitting;
  }
}
