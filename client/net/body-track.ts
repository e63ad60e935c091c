import { HAND_SHAPES, emptyBody } from '../../shared/protocol/body.ts';
import type { Body, TrackedPoint } from '../../shared/protocol/body.ts';

/** Metres of a position and a unit quaternion. */
const POINT = 7;
/** A sample: whether there is a body, the shapes of both hands, three points. */
const HEAD = 3;
const LEFT = { side: 'left', shape: 1, point: HEAD + POINT } as const;
const RIGHT = { side: 'right', shape: 2, point: HEAD + 2 * POINT } as const;
const FIELDS = HEAD + 3 * POINT;
const LOST = HAND_SHAPES.indexOf('lost');

/** The bodies that belong to the samples of a track, in the same order, in one typed array, and the one that is drawn. */
export class BodyTrack {
  private readonly shown: Body = emptyBody();
  private readonly samples: Float64Array;

  /** `capacity`: samples of the track. */
  constructor(capacity: number) {
    this.samples = new Float64Array(capacity * FIELDS);
  }

  /** The track has dropped its oldest sample. */
  drop(): void {
    this.samples.copyWithin(0, FIELDS);
  }

  /** The sample has the body of the one before it. */
  repeat(sample: number): void {
    const at = sample * FIELDS;
    if (sample === 0) this.samples[at] = 0;
    else this.samples.copyWithin(at, at - FIELDS, at);
  }

  put(sample: number, body: Readonly<Body> | null): void {
    const at = sample * FIELDS;
    this.samples[at] = body === null ? 0 : 1;
    if (body === null) return;
    this.samples[at + LEFT.shape] = HAND_SHAPES.indexOf(body.left.shape);
    this.samples[at + RIGHT.shape] = HAND_SHAPES.indexOf(body.right.shape);
    this.keep(body.head, at + HEAD);
    this.keep(body.left, at + LEFT.point);
    this.keep(body.right, at + RIGHT.point);
  }

  /** The body `share` of the way from one sample to another, or null. The instance is always the same. Allocates nothing. */
  between(before: number, after: number, share: number): Body | null {
    const { samples, shown } = this;
    const from = before * FIELDS;
    if (samples[from] !== 1) return null;
    // Out of sight from the next sample on: as it was until then.
    const to = samples[after * FIELDS] === 1 ? after * FIELDS : from;
    this.point(from + HEAD, to + HEAD, share, shown.head);
    this.hand(LEFT, from, to, share);
    this.hand(RIGHT, from, to, share);
    return shown;
  }

  private keep(point: Readonly<TrackedPoint>, at: number): void {
    const { samples } = this;
    samples[at] = point.x;
    samples[at + 1] = point.y;
    samples[at + 2] = point.z;
    samples[at + 3] = point.qx;
    samples[at + 4] = point.qy;
    samples[at + 5] = point.qz;
    samples[at + 6] = point.qw;
  }

  private hand({ side, shape, point }: typeof LEFT | typeof RIGHT, from: number, to: number, share: number): void {
    const out = this.shown[side];
    const was = this.samples[from + shape] as number;
    const becomes = this.samples[to + shape] as number;
    const now = share < 1 ? from : to;
    out.shape = HAND_SHAPES[this.samples[now + shape] as number] ?? 'lost';
    // Where a hand was lost or found there is nothing to move from or to.
    if (was === LOST || becomes === LOST) this.point(now + point, now + point, 1, out);
    else this.point(from + point, to + point, share, out);
  }

  /** Positions in a straight line, orientations along the shorter arc: normalised, which for the turn of a twentieth of a second is as good as spherical. */
  private point(from: number, to: number, share: number, out: TrackedPoint): void {
    const s = this.samples;
    const rest = 1 - share;
    out.x = (s[from] as number) * rest + (s[to] as number) * share;
    out.y = (s[from + 1] as number) * rest + (s[to + 1] as number) * share;
    out.z = (s[from + 2] as number) * rest + (s[to + 2] as number) * share;
    let dot = 0;
    for (let i = 3; i < POINT; i += 1) dot += (s[from + i] as number) * (s[to + i] as number);
    const signed = dot < 0 ? -share : share;
    out.qx = (s[from + 3] as number) * rest + (s[to + 3] as number) * signed;
    out.qy = (s[from + 4] as number) * rest + (s[to + 4] as number) * signed;
    out.qz = (s[from + 5] as number) * rest + (s[to + 5] as number) * signed;
    out.qw = (s[from + 6] as number) * rest + (s[to + 6] as number) * signed;
    const length = Math.hypot(out.qx, out.qy, out.qz, out.qw);
    out.qx /= length;
    out.qy /= length;
    out.qz /= length;
    out.qw /= length;
  }
}
