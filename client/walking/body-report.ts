import { BODY_BYTES, copyBody, emptyBody, encodeBody } from '../../shared/protocol/body.ts';
import type { Body, TrackedHand, TrackedPoint } from '../../shared/protocol/body.ts';
import type { Point } from '../../shared/rules/ground.ts';

/** Nearer than this, metres, a head or a hand has not moved: what the wire rounds by. */
const MOVED = 0.002;
/** cos of half of 0.3 degrees: quaternions whose product is nearer to one are the same turn. */
const TURNED = Math.cos((0.15 * Math.PI) / 180);
const OFF = new Uint8Array(0);

function move(point: TrackedPoint, by: Readonly<Point>): void {
  point.x += by.x;
  point.y += by.y;
  point.z += by.z;
}

function differs(one: Readonly<TrackedPoint>, other: Readonly<TrackedPoint>): boolean {
  if (Math.hypot(one.x - other.x, one.y - other.y, one.z - other.z) > MOVED) return true;
  return Math.abs(one.qx * other.qx + one.qy * other.qy + one.qz * other.qz + one.qw * other.qw) < TURNED;
}

function handDiffers(one: Readonly<TrackedHand>, other: Readonly<TrackedHand>): boolean {
  if (one.shape !== other.shape) return true;
  // Where a lost hand is said to be is nothing that anybody is told.
  return one.shape !== 'lost' && differs(one, other);
}

/** Tells the server of head and hands as they change. */
export class BodyReport {
  private readonly send: (bytes: Uint8Array) => void;
  private readonly bytes = new Uint8Array(BODY_BYTES);
  private readonly view = new DataView(this.bytes.buffer);
  private readonly now = emptyBody();
  private readonly last = emptyBody();
  private worn: Readonly<Body> | null = null;
  /** The server knows of a body. */
  private told = false;

  constructor(send: (bytes: Uint8Array) => void) {
    this.send = send;
  }

  wear(body: Readonly<Body> | null): void {
    this.worn = body;
    if (body !== null || !this.told) return;
    this.told = false;
    this.send(OFF);
  }

  /** A fresh connection, or another scene: the server knows of no body. */
  begin(): void {
    this.told = false;
  }

  /** Sends the body if it has changed. `by`: where the person is, seen from where the server was last told that they are. Allocates nothing. @returns whether it did */
  report(by: Readonly<Point>): boolean {
    if (this.worn === null) return false;
    const { now, last } = this;
    copyBody(this.worn, now);
    move(now.head, by);
    move(now.left, by);
    move(now.right, by);
    if (this.told && !differs(now.head, last.head) && !handDiffers(now.left, last.left) && !handDiffers(now.right, last.right)) return false;
    this.told = true;
    copyBody(now, last);
    encodeBody(now, this.view, 0);
    this.send(this.bytes);
    return true;
  }
}
