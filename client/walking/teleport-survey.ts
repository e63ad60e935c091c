import type { Footing, Ground, Point } from '../../shared/rules/ground.ts';
import { surveyTeleport } from '../../shared/rules/teleport.ts';

/** The way is looked for anew when either end of it has moved so far, metres, or what was found is so old, milliseconds: a room may have been closed since. */
const MOVED = 0.1;
const STALE_MS = 500;
/** While an arc sweeps over the floor, so long between two looks, milliseconds: a search of the whole ground is nothing for every frame. */
const PAUSE_MS = 50;
/** A seat's floor is often cut out of the navigation mesh by the chair itself, metres. */
const SEAT_REACH = 2.5;
/** How far from a point of the scene the floor is looked for, metres. */
const FLOOR_REACH = 1;

/** Whoever asks: mutable, so that asking at every frame makes no garbage. */
export interface Traveller {
  readonly at: Readonly<Footing>;
  seated: boolean;
  /** Metres that they may go by now. */
  reserve: number;
  /** Milliseconds. */
  now: number;
}

function apart(one: Readonly<Point>, other: Readonly<Point>): number {
  return Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z);
}

/** Whether one could teleport to where one points, asked at every frame. */
export class TeleportSurvey {
  private readonly ground: Ground;
  private readonly landing: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  private readonly from: Footing = { x: 0, y: 0, z: 0, polygon: 0 };
  private readonly lastFrom: Point = { x: Infinity, y: 0, z: 0 };
  private readonly lastLanding: Point = { x: Infinity, y: 0, z: 0 };
  private metres = Infinity;
  private foundAt = -Infinity;

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Writes the point on the ground that is nearest to `to` into `out`. @returns false if there is none, or no way to it that is short enough by now */
  find({ at, seated, reserve, now }: Readonly<Traveller>, to: Readonly<Point>, out: Point): boolean {
    const { ground, landing, from } = this;
    if (!ground.place(to, FLOOR_REACH, landing)) return false;
    if (seated && !ground.place(at, SEAT_REACH, from)) return false;
    out.x = landing.x;
    out.y = landing.y;
    out.z = landing.z;
    const origin = seated ? from : at;
    if (this.isOld(origin, now)) this.look(origin, now);
    return this.metres <= reserve;
  }

  /** Metres on foot from `at` to there, or Infinity. */
  measure(at: Readonly<Footing>, to: Readonly<Point>): number {
    return surveyTeleport(at, to, this.ground, this.landing);
  }

  private isOld(from: Readonly<Point>, now: number): boolean {
    const age = now - this.foundAt;
    if (age >= STALE_MS) return true;
    return age >= PAUSE_MS && (apart(from, this.lastFrom) > MOVED || apart(this.landing, this.lastLanding) > MOVED);
  }

  private look(from: Readonly<Footing>, now: number): void {
    const { landing, lastFrom, lastLanding } = this;
    lastFrom.x = from.x;
    lastFrom.y = from.y;
    lastFrom.z = from.z;
    lastLanding.x = landing.x;
    lastLanding.y = landing.y;
    lastLanding.z = landing.z;
    this.foundAt = now;
    this.metres = surveyTeleport(from, landing, this.ground, landing);
  }
}
