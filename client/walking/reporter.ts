import type { Body } from '../../shared/protocol/body.ts';
import { WALK_BYTES, emptyWalk, encodeWalk } from '../../shared/protocol/pose.ts';
import { TICK_MS } from '../../shared/protocol/version.ts';
import type { Point } from '../../shared/rules/ground.ts';
import { BodyReport } from './body-report.ts';
import { StepLog } from './step-log.ts';

export interface Lines {
  send(bytes: Uint8Array): void;
  sendBody(bytes: Uint8Array): void;
}

/** How somebody moves in this frame. */
export interface Gait {
  moving: boolean;
  running: boolean;
  /** In the frame before. */
  wasMoving: boolean;
}

type Look = Readonly<Record<'yaw' | 'pitch', number>>;

/** Tells the server where one is, and of head and hands, at most once a tick and only what has changed. Allocates nothing after construction. */
export class Reporter {
  private readonly lines: Lines;
  private readonly body: BodyReport;
  private readonly log = new StepLog();
  private readonly step = emptyWalk();
  private readonly bytes = new Uint8Array(WALK_BYTES);
  private readonly view = new DataView(this.bytes.buffer);
  /** Where one is, seen from where the server was last told that one is. */
  private readonly ahead: Point = { x: 0, y: 0, z: 0 };
  /** When the next step may be sent. */
  private next = -Infinity;

  constructor(lines: Lines) {
    this.lines = lines;
    this.body = new BodyReport((bytes) => lines.sendBody(bytes));
  }

  /** A fresh connection, or another scene. Step numbers go on from 0. */
  begin(): void {
    this.step.seq = 0;
    this.log.clear();
    this.body.begin();
  }

  /** The server itself has put one there: it need not be told. */
  known(at: Readonly<Point>, yaw: number): void {
    this.step.x = at.x;
    this.step.y = at.y;
    this.step.z = at.z;
    this.step.yaw = yaw;
    this.step.pitch = 0;
  }

  wear(body: Readonly<Body> | null): void {
    this.body.wear(body);
  }

  /** Writes where one was at step `seq` to `out`. @returns false if it is no longer known */
  at(seq: number, out: Point): boolean {
    return this.log.get(seq, out);
  }

  /** All steps that are under way started from elsewhere, as a correction says. */
  shift(dx: number, dy: number, dz: number): void {
    this.log.shift(dx, dy, dz);
  }

  /** The step goes first, since head and hands are relative to it. */
  report(now: number, at: Readonly<Point>, look: Look, gait: Readonly<Gait>): void {
    if (now < this.next - 1) return;
    const stepped = this.reportStep(at, look, gait);
    this.ahead.x = at.x - this.step.x;
    this.ahead.y = at.y - this.step.y;
    this.ahead.z = at.z - this.step.z;
    if (!this.body.report(this.ahead) && !stepped) return;
    // From when it was due and not from now, so that frames which fall beside the tick make no fewer steps.
    this.next = now - this.next < TICK_MS ? this.next + TICK_MS : now + TICK_MS;
  }

  /** Sends a step while something changes, and one more when it has stopped. */
  private reportStep(at: Readonly<Point>, { yaw, pitch }: Look, { moving, running, wasMoving }: Readonly<Gait>): boolean {
    const { step } = this;
    const turned = Math.abs(Math.atan2(Math.sin(yaw - step.yaw), Math.cos(yaw - step.yaw))) > 0.01 || Math.abs(step.pitch - pitch) > 0.01;
    const moved = Math.hypot(step.x - at.x, step.z - at.z) > 0.005;
    const stopped = step.moving && !moving;
    if (!moved && !turned && !stopped && !wasMoving) return false;
    step.seq = (step.seq + 1) & 0xffff;
    step.x = at.x;
    step.y = at.y;
    step.z = at.z;
    step.yaw = yaw;
    step.pitch = pitch;
    step.running = running;
    step.moving = moving;
    this.log.put(step.seq, at.x, at.y, at.z);
    encodeWalk(step, this.view);
    this.lines.send(this.bytes);
    return true;
  }
}
