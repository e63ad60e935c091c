/** Radians: how far up and down one may look, and the narrowest and widest field of view. */
const STEEPEST = Math.PI / 2 - 0.02;
const NARROWEST = 0.35;
const WIDEST = 1.6;
const FIRST_FIELD = 1.1;
/** Of the field of view, by one notch of the wheel. */
const NOTCH = 1.12;
/** Radians a second by held keys; less when zoomed in. */
const KEY_TURN = 1.2;

/** Where one looks within a 360-degree picture. Turning left raises the yaw, as everywhere in the venue; 0 is the middle of the picture. */
export class PanoramaLook {
  yaw: number;
  pitch = 0;
  /** Vertical field of view, radians. */
  field = FIRST_FIELD;
  private turning = 0;
  private tilting = 0;

  constructor(yaw: number) {
    this.yaw = yaw;
  }

  /** Turns by radians as they are meant at the first field of view. */
  turn(deltaYaw: number, deltaPitch: number): void {
    const finer = this.field / FIRST_FIELD;
    this.yaw = (this.yaw + deltaYaw * finer) % (2 * Math.PI);
    this.pitch = Math.min(STEEPEST, Math.max(-STEEPEST, this.pitch + deltaPitch * finer));
  }

  /** Positive notches widen. */
  zoom(notches: number): void {
    this.field = Math.min(WIDEST, Math.max(NARROWEST, this.field * NOTCH ** notches));
  }

  /** What held keys wish, -1..1 each: those that walk forward look up here, those that step sideways turn. */
  wish(up: number, right: number): void {
    this.tilting = up;
    this.turning = -right;
  }

  /** Follows the wish for `elapsed` seconds. */
  advance(elapsed: number): void {
    if (this.turning !== 0 || this.tilting !== 0) this.turn(this.turning * KEY_TURN * elapsed, this.tilting * KEY_TURN * elapsed);
  }
}
