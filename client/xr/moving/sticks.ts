import type { Comfort, HeadsetSettings } from '../../app/headset/contract.ts';
import type { HandInput } from '../input/hand-input.ts';

/** A stick this far off its middle means it: for a jump by arc or a snap turn, which happen once a push. */
const PUSHED = 0.65;
const RELEASED = 0.4;
/** A snap turn, radians: a twelfth of a circle. */
export const SNAP = Math.PI / 6;
/** Smooth turning at full stick, radians a second. */
const TURN_SPEED = 1.7;

/** What the sticks of this frame ask for. Mutable, reused. */
export interface StickWish {
  /** Walking, -1..1, relative to the look. */
  forward: number;
  right: number;
  running: boolean;
  /** Radians to turn in this frame, to the left. */
  turn: number;
  /** Whose arc is to be shown, or null. */
  aiming: 'left' | 'right' | null;
  /** The arc was let go: jump to where it ends. */
  jump: 'left' | 'right' | null;
}

/** How one gets about with a level of comfort. */
export interface Manner {
  /** Walks by stick; otherwise both sticks only jump. */
  readonly walks: boolean;
  readonly snaps: boolean;
  /** Edges of the picture darken while one is moved, 0..1. */
  readonly vignette: number;
}

export const MANNERS: Readonly<Record<Comfort, Manner>> = {
  gentle: { walks: false, snaps: true, vignette: 1 },
  standard: { walks: true, snaps: true, vignette: 0.75 },
  free: { walks: true, snaps: false, vignette: 0 },
};

/** Turns two sticks (or one) into wishes: the left one walks, the right one turns, and is pushed ahead to jump. With one hand, or without walking, each stick does both. */
export class Sticks {
  readonly wish: StickWish = { forward: 0, right: 0, running: false, turn: 0, aiming: null, jump: null };
  private readonly pushed = { left: false, right: false };
  private readonly snapped = { left: false, right: false };

  /** Allocates nothing. */
  read(left: HandInput, right: HandInput, options: Readonly<Pick<HeadsetSettings, 'comfort' | 'playHand'>>, elapsed: number): StickWish {
    const { wish } = this;
    const manner = MANNERS[options.comfort];
    wish.forward = wish.right = wish.turn = 0;
    wish.running = false;
    wish.jump = null;
    if (options.playHand !== 'right') this.readOne(left, manner, { walks: manner.walks && options.playHand === 'both', elapsed });
    if (options.playHand !== 'left') this.readOne(right, manner, { walks: false, elapsed });
    return wish;
  }

  private readOne(hand: HandInput, manner: Manner, { walks, elapsed }: { walks: boolean; elapsed: number }): void {
    const { wish } = this;
    const { side, stickX, stickY } = hand;
    if (walks) {
      wish.forward = -stickY;
      wish.right = stickX;
      wish.running = -stickY > 0.95;
      return;
    }
    const ahead = -stickY > (this.pushed[side] ? RELEASED : PUSHED) && Math.abs(stickX) < 0.9;
    if (ahead) wish.aiming = side;
    else if (this.pushed[side]) {
      wish.jump = side;
      wish.aiming = null;
    }
    this.pushed[side] = ahead;
    if (ahead) return;
    if (manner.snaps) this.snap(side, stickX);
    else if (Math.abs(stickX) > Math.abs(stickY)) wish.turn -= stickX * TURN_SPEED * elapsed;
  }

  private snap(side: 'left' | 'right', x: number): void {
    const out = Math.abs(x) > (this.snapped[side] ? RELEASED : PUSHED);
    if (out && !this.snapped[side]) this.wish.turn -= Math.sign(x) * SNAP;
    this.snapped[side] = out;
  }
}
