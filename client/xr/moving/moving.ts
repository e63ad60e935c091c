import type { Point } from '../../../shared/rules/ground.ts';
import type { Settings, Walker } from '../../app/contracts.ts';
import type { Comfort, TrackedWalker } from '../../app/headset/contract.ts';
import type { FrameClock } from '../../world/frame.ts';
import type { Bvh } from '../../world/rays/bvh.ts';
import type { HandInput } from '../input/hand-input.ts';
import { Arc } from './arc.ts';
import { MANNERS, Sticks } from './sticks.ts';
import type { StickWish } from './sticks.ts';

/** The way to where an arc ends is looked for so often, ms. */
const LOOK_MS = 70;
/** It is dark so long at most while the server is asked, ms, and so long afterwards. */
const ASK_MS = 600;
const BLINK_MS = 140;
/** Metres a second at which the edges are as dark as they get. */
const FULL_SPEED = 1.4;

export interface MovingDeps {
  readonly walker: Walker;
  readonly tracked: TrackedWalker;
  readonly bvh: Bvh;
}

/** Getting about: sticks become walking, turning and jumps. The arc is thrown in the venue, by the ray that `aim` was given. */
export class Moving {
  /** The arc that is shown, or null. */
  arc: Arc | null = null;
  /** Where it leads to, or null if nobody can go there. */
  target: Point | null = null;
  private readonly deps: MovingDeps;
  private readonly sticks = new Sticks();
  private readonly thrown = new Arc();
  private readonly found: Point = { x: 0, y: 0, z: 0 };
  private readonly aims: Record<'left' | 'right', Float64Array | null> = { left: null, right: null };
  private lookedAt = -Infinity;
  private darkUntil = -Infinity;
  private steering = false;
  private turning = false;

  constructor(deps: MovingDeps) {
    this.deps = deps;
  }

  /** The rays of both hands in the venue, kept and read at every frame. */
  aimBy(left: Float64Array, right: Float64Array): void {
    this.aims.left = left;
    this.aims.right = right;
  }

  /** Allocates nothing. */
  steer(left: HandInput, right: HandInput, settings: Readonly<Settings>, clock: Readonly<FrameClock>): StickWish {
    const { walker, tracked } = this.deps;
    const wish = this.sticks.read(left, right, settings, clock.elapsed);
    const steering = wish.forward !== 0 || wish.right !== 0;
    if (steering || this.steering) walker.setIntent(wish.forward, wish.right, wish.running);
    this.steering = steering;
    this.turning = wish.turn !== 0;
    this.aim(wish, clock.now);
    if (wish.jump !== null && this.target !== null) {
      tracked.teleport(this.target);
      this.jumped();
    }
    if (wish.aiming === null) {
      this.arc = null;
      this.target = null;
    }
    return wish;
  }

  /** One has asked to be set down elsewhere. */
  jumped(): void {
    this.darkUntil = performance.now() + ASK_MS;
  }

  /** One is elsewhere. */
  arrived(): void {
    this.darkUntil = performance.now() + BLINK_MS;
  }

  /** 0..1: how dark it is over a jump. */
  blink(now: number): number {
    return now < this.darkUntil ? 1 : 0;
  }

  /** 0..1: how dark the edges are to be. `still`: reduced motion, which asks for all there is. */
  vignette(comfort: Comfort, still: boolean): number {
    const strength = still ? 1 : MANNERS[comfort].vignette;
    const { walker } = this.deps;
    // Real steps need no darkness: the ears agree with the eyes.
    const carried = this.steering || walker.destination.peek() !== null;
    const speed = carried ? walker.pose.speed / FULL_SPEED : 0;
    return strength * Math.min(1, Math.max(speed, this.turning && !MANNERS[comfort].snaps ? 0.8 : 0));
  }

  private aim({ aiming }: StickWish, now: number): void {
    const ray = aiming === null ? null : this.aims[aiming];
    if (ray === null) return;
    this.thrown.cast(ray, this.deps.bvh);
    this.arc = this.thrown;
    if (now - this.lookedAt < LOOK_MS) return;
    this.lookedAt = now;
    this.target = this.thrown.lands && this.deps.tracked.canTeleport(this.thrown.end, this.found) ? this.found : null;
  }
}

