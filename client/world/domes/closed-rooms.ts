import { Vector2 } from '@babylonjs/core/Maths/math.vector.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { ReadonlySignal } from '@preact/signals';
import type { ClosedRoom } from '../../app/meetings/closed-room.ts';
import { QuadBatch } from '../engine/quad-batch.ts';
import type { LinkFrame } from '../links/link-marks.ts';
import { CLOSED_FRAGMENT, CLOSED_VERTEX } from './closed-shader.ts';

/** Sides of all closed rooms together; a scene has a few rooms of four to eight. */
const MOST = 128;

/**
 * A veil of light with padlocks around every room that is closed to me. It stands in the walls of the room, which hide it but for the doorways, so that
 * a scene need not say where these are. One draw call for all.
 */
export class ClosedRooms {
  private readonly batch: QuadBatch;
  private readonly unsubscribe: () => void;
  private readonly strength = new Vector2();

  constructor(scene: Scene, rooms: ReadonlySignal<readonly ClosedRoom[]>) {
    this.batch = new QuadBatch({
      name: 'closed rooms', vertex: CLOSED_VERTEX, fragment: CLOSED_FRAGMENT, attributes: { closedFrom: 3, closedTo: 3 }, uniforms: ['strength'], samplers: [],
      capacity: MOST, order: 34,
    }, scene);
    this.unsubscribe = rooms.subscribe((now) => this.take(now));
  }

  /** Once a frame. */
  update({ highContrast }: LinkFrame): void {
    if (highContrast) this.strength.set(0.5, 1);
    else this.strength.set(0.26, 0.92);
    this.batch.material.setVector2('strength', this.strength);
  }

  dispose(): void {
    this.unsubscribe();
    this.batch.dispose();
  }

  private take(rooms: readonly ClosedRoom[]): void {
    const from = this.batch.array('closedFrom');
    const to = this.batch.array('closedTo');
    let count = 0;
    for (const { outline, floor } of rooms) {
      outline.forEach(([x, z], i) => {
        const [nextX, nextZ] = outline[(i + 1) % outline.length] ?? [x, z];
        if (count >= MOST) return;
        from.set([x, floor, z], count * 3);
        to.set([nextX, floor, nextZ], count * 3);
        count += 1;
      });
    }
    this.batch.show(count);
    if (count === 0) return;
    this.batch.upload('closedFrom');
    this.batch.upload('closedTo');
  }
}
