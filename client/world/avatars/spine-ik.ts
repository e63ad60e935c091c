import { boneNamed, restPlace, type BoneSpace } from './bone-space.ts';
import type { PointGoal } from './tracked-pose.ts';
import {
  about, arc, between, clamp, distance, length, normalize, quat, set, setQuat, smooth, subtract, times, turn, vec, type Quat, type Vec,
} from './ik-math.ts';
import type { Rig } from './rig.ts';

/** Vertebrae and legs are drawn so much longer at most, for people who are taller than their avatar. */
export const MOST_STRETCH = 1.15;
/** Of a sideways offset of the head, what is done by leaning rather than by standing elsewhere. */
const LEAN_SHARE = 0.35;
/** Of the angle by which a bow would lower the head so far: a squat keeps the trunk upright, a look at the floor bows it. */
const SQUAT_LEAN = 0.35;
const BOW_LEAN = 0.8;
/** Hips are never lower than this: the deepest squat, metres. */
const LEAST_HIPS = 0.34;
/** Sitters slide on the seat by this, metres. */
const SLIDE = 0.07;
/** The trunk curls and twists at most so far, radians. */
const MOST_CURL = 1.7;
const MOST_TWIST = 0.75;
/** Of the head's yaw, what the chest takes part in. */
const TWIST_SHARE = 0.38;
/** How often the curl is adjusted; each round leaves a tenth of the error. */
const ROUNDS = 4;
const UP: Vec = vec(0, 1, 0);
const ACROSS: Vec = vec(1, 0, 0);

/** Share of curl and twist that each bone from the hips up has; the head is where it is tracked. */
const CURL = [-0.4, -0.05, 0.45] as const;
const TWIST = [0.12, 0.5, 1] as const;

/** What the trunk does so that hands reach what they should. */
export interface TrunkHelp {
  /** Of the chest, to the left, radians. */
  twist: number;
  /** 0..1: how much less it bows. */
  upright: number;
}

/**
 * Hips, spine, chest, neck and head, so that the eyes are where they are tracked. The trunk is bent by rule (lean, curl, twist); what is left
 * over is made up by the place of the hips, so the eyes are exact whatever the rules say.
 */
export class SpineIk {
  private readonly hips: number;
  private readonly trunk: readonly number[];
  private readonly neck: number;
  private readonly head: number;
  private readonly vertebrae: readonly number[];
  /** From the head bone to between the eyes. */
  private readonly eyes: Vec;
  private readonly atRest: readonly Quat[] = [quat(), quat(), quat()];
  private readonly neckAtRest = quat();
  private readonly headAtRest = quat();
  private readonly goal = vec();
  private readonly from = vec();
  private readonly wanted = vec();
  private readonly chain = vec();
  private readonly lean = quat();
  private readonly a = quat();
  private readonly b = quat();
  private readonly v = vec();

  constructor(rig: Rig) {
    this.hips = boneNamed(rig, 'hips');
    this.trunk = [this.hips, boneNamed(rig, 'spine'), boneNamed(rig, 'chest')];
    this.neck = boneNamed(rig, 'neck');
    this.head = boneNamed(rig, 'head');
    this.vertebrae = [...this.trunk.slice(1), this.neck, this.head];
    this.eyes = subtract(restPlace(rig, boneNamed(rig, 'eyelids')), restPlace(rig, this.head), vec());
  }

  /** Bends the loaded pose. `help`: what the trunk does for hands that are far away. */
  solve(space: BoneSpace, head: Readonly<PointGoal>, seated: boolean, help: Readonly<TrunkHelp>): void {
    turn(head.rotation, this.eyes, this.goal);
    subtract(head.place, this.goal, this.goal);
    for (let i = 0; i < 3; i += 1) space.rotation(this.trunk[i] ?? 0, this.atRest[i] ?? this.a);
    space.rotation(this.neck, this.neckAtRest);
    space.rotation(this.head, this.headAtRest);
    turn(head.rotation, set(this.v, 0, 0, 1), this.v);
    const down = smooth(0.3, 1, -this.v.y);
    const yaw = clamp(TWIST_SHARE * facing(head.rotation, this.v, this.chain) + help.twist, -MOST_TWIST, MOST_TWIST);
    this.placeHips(space, seated, (SQUAT_LEAN + (BOW_LEAN - SQUAT_LEAN) * down) * (1 - help.upright));
    this.bend(space, head.rotation, yaw);
  }

  /** Decides where the hips should be (`lean`: share of a full bow), writes it to `from`, and the way from there to the head to `wanted`. */
  private placeHips(space: BoneSpace, seated: boolean, lean: number): void {
    const { goal, from, wanted, v } = this;
    space.position(this.head, v);
    space.position(this.hips, from);
    const rest = distance(v, from);
    const top = from.y + 0.015;
    const dx = goal.x - v.x, dz = goal.z - v.z, drop = v.y - goal.y;
    if (seated) {
      from.x += clamp(dx * 0.2, -SLIDE, SLIDE);
      from.z += clamp(dz * 0.2, -SLIDE, SLIDE);
    } else {
      const bow = Math.acos(clamp(1 - Math.max(0, drop) / rest, 0, 1)) * lean;
      const x = clamp(v.x - from.x + dx * LEAN_SHARE, -0.6 * rest, 0.6 * rest);
      const z = clamp(v.z - from.z + dz * LEAN_SHARE + Math.sin(bow) * rest, -0.6 * rest, 0.97 * rest);
      const flat = Math.min(0.97 * rest, Math.sqrt(x * x + z * z));
      set(from, goal.x - x, goal.y - Math.sqrt(rest * rest - flat * flat), goal.z - z);
      // What is too high for the legs is shared between them and the trunk.
      if (from.y > top) from.y = top + (from.y - top) * 0.55;
      if (from.y < LEAST_HIPS) this.sitBack(rest);
    }
    subtract(goal, from, wanted);
  }

  /** Hips that cannot go lower go back. */
  private sitBack(rest: number): void {
    const { goal, from } = this;
    from.y = LEAST_HIPS;
    const flat = rest * rest - (goal.y - from.y) ** 2 - (goal.x - from.x) ** 2;
    from.z = Math.min(from.z, goal.z - Math.sqrt(Math.max(0, flat)));
  }

  private bend(space: BoneSpace, headRotation: Readonly<Quat>, yaw: number): void {
    const { wanted, chain, lean } = this;
    const reach = length(wanted);
    let curl = 0;
    lean.x = lean.y = lean.z = 0;
    lean.w = 1;
    for (let round = 0; round < ROUNDS; round += 1) {
      this.turnTrunk(space, headRotation, yaw, curl);
      this.measure(space);
      const now = length(chain);
      // An arc that is bent by c is shorter by about c * c / 24 of its length (the chord of a circle).
      curl = Math.sqrt(clamp(curl * curl + (24 * (now - reach)) / now, 0, MOST_CURL * MOST_CURL));
      arc(normalize(chain, chain), normalize(wanted, this.v), this.a);
      times(this.a, lean, lean);
    }
    this.turnTrunk(space, headRotation, yaw, curl);
    this.measure(space);
    const stretch = clamp(reach / length(chain), 1, MOST_STRETCH);
    if (stretch > 1) {
      for (let i = 0; i < this.vertebrae.length; i += 1) {
        space.stretch(this.vertebrae[i] ?? 0, stretch);
        space.follow(this.vertebrae[i] ?? 0);
      }
      this.turnTrunk(space, headRotation, yaw, curl);
    }
    space.position(this.head, this.v);
    space.move(this.hips, subtract(this.goal, this.v, this.v));
    this.turnTrunk(space, headRotation, yaw, curl);
  }

  /** Way from the hips to the head as the pose is now. */
  private measure(space: BoneSpace): void {
    space.position(this.head, this.chain);
    subtract(this.chain, space.position(this.hips, this.v), this.chain);
  }

   
  private turnTrunk(space: BoneSpace, headRotation: Readonly<Quat>, yaw: number, curl: number): void {
    const { a, b, trunk } = this;
    for (let i = 0; i < 3; i += 1) {
      const bone = trunk[i] ?? 0;
      if (i > 0) space.follow(bone);
      times(about(UP, yaw * (TWIST[i] ?? 0), a), about(ACROSS, curl * (CURL[i] ?? 0), b), a);
      times(this.lean, a, a);
      space.turnTo(bone, times(a, this.atRest[i] ?? b, a));
    }
    space.follow(this.neck);
    // The neck goes half the way from the chest to the head, counted from how the clip holds them.
    times(headRotation, times(conjugate(this.headAtRest, b), this.neckAtRest, b), b);
    space.rotation(this.neck, a);
    space.turnTo(this.neck, between(a, b, 0.5, a));
    space.follow(this.head);
    space.turnTo(this.head, headRotation);
  }
}

function conjugate(q: Readonly<Quat>, out: Quat): Quat {
  setQuat(out, q);
  out.x = -out.x;
  out.y = -out.y;
  out.z = -out.z;
  return out;
}

/** Yaw of a head bone, see `headYaw`: here the bone's +Z looks ahead. */
function facing(rotation: Readonly<Quat>, ahead: Vec, overhead: Vec): number {
  turn(rotation, set(ahead, 0, 0, 1), ahead);
  turn(rotation, set(overhead, 0, 1, 0), overhead);
  return Math.atan2(ahead.x - overhead.x * ahead.y, ahead.z - overhead.z * ahead.y);
}
