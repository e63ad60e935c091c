import type { Layout } from '../../shared/scene/layout.ts';
import type { Ground, Point } from '../../shared/rules/ground.ts';
import { PredictedWalker } from '../walking/walker.ts';

/** Where somebody was before the scene was saved again. */
export interface Stance extends Point {
  yaw: number;
  pitch: number;
}

/** A floor this near is the one that somebody stood on before the change, metres. */
const SAME_FLOOR = 2;
const ME = { id: 'author', index: 0 };

/**
 * Walks a scene alone: the venue's own walker, and what the server would say to it.
 * @param before keeps this place if there is still floor near it
 */
export class Stroll {
  readonly walker: PredictedWalker;
  private readonly ground: Ground;
  private readonly layout: Layout;

  constructor(ground: Ground, layout: Layout, before: Readonly<Stance> | null) {
    this.ground = ground;
    this.layout = layout;
    this.walker = new PredictedWalker({
      ground, survey: ground, send: () => undefined, sendBody: () => undefined, wantStand: () => this.stand(), onBlocked: () => undefined, teleport: (to) => this.land(to),
    });
    const kept = before === null ? null : this.footing(before, SAME_FLOOR);
    const [spawn] = layout.spawnPoints;
    const [x, y, z] = spawn?.position ?? [0, 0, 0];
    const start = kept ?? this.footing({ x, y, z }, SAME_FLOOR) ?? { x, y, z };
    this.walker.begin({ ...ME, placement: { x: start.x, y: start.y, z: start.z, yaw: kept === null ? spawn?.yaw ?? 0 : before?.yaw ?? 0 }, seat: '' });
    if (kept !== null && before !== null) this.walker.look(0, before.pitch);
  }

  /** Where one is now, to come back to. */
  get stance(): Stance {
    const { x, y, z, yaw, pitch } = this.walker.pose;
    return { x, y, z, yaw, pitch };
  }

  private footing(at: Readonly<Point>, reach: number): Point | null {
    const out = { x: 0, y: 0, z: 0, polygon: 0 };
    return this.ground.place(at, reach, out) ? out : null;
  }

  /** Goes there at once. */
  jump(position: readonly [number, number, number], yaw: number): void {
    const [x, y, z] = position;
    const at = this.footing({ x, y, z }, SAME_FLOOR) ?? { x, y, z };
    this.walker.placed({ x: at.x, y: at.y, z: at.z, yaw, cause: 'jump', seat: '', seq: null, reason: null });
  }

  sit(id: string): void {
    const seat = this.layout.seats.find((each) => each.id === id);
    if (seat === undefined) return;
    const [x, y, z] = seat.position;
    this.walker.placed({ x, y, z, yaw: seat.yaw, cause: 'sit', seat: id, seq: null, reason: null });
  }

  private land([x, y, z]: readonly [number, number, number]): void {
    const at = this.footing({ x, y, z }, SAME_FLOOR);
    if (at !== null) this.walker.placed({ x: at.x, y: at.y, z: at.z, yaw: this.walker.pose.yaw, cause: 'teleport', seat: '', seq: null, reason: null });
  }

  private stand(): void {
    const at = this.footing(this.walker.pose, 1.2) ?? this.walker.pose;
    this.walker.placed({ x: at.x, y: at.y, z: at.z, yaw: this.walker.pose.yaw, cause: 'stand', seat: '', seq: null, reason: null });
  }
}
