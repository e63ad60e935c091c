import type { ReadonlySignal } from '@preact/signals';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Seat } from '../../../shared/scene/layout.ts';
import type { WorldDeps } from '../../app/contracts.ts';
import type { Actor } from '../avatars/crowd.ts';
import type { ViewCamera } from '../camera/view-camera.ts';
import type { FloorMarks } from '../marks/floor-marks.ts';
import type { Bvh } from '../rays/bvh.ts';
import type { SightTarget } from '../sights/sight-targets.ts';
import { Picker, type Pick } from './picking.ts';

/** Where the pointer is, is looked up at most this often, seconds. */
const HOVER_S = 0.1;

export interface PointingDeps {
  readonly canvas: HTMLCanvasElement;
  readonly view: ViewCamera;
  readonly bvh: Bvh;
  readonly seats: readonly Seat[];
  readonly sights: readonly SightTarget[];
  readonly marks: FloorMarks;
  readonly people: ReadonlySignal<ReadonlyMap<string, PersonInfo>>;
  readonly aiming: WorldDeps['aiming'];
  readonly onPick: WorldDeps['onPick'];
}

/** What the pointer is over, and what a click lands on. */
export class Pointing {
  /** Person under the pointer, or empty. */
  hovered = '';
  private readonly deps: PointingDeps;
  private readonly picker: Picker;
  private readonly seats: ReadonlyMap<string, Seat>;
  private readonly ray = new Float64Array(6);
  private readonly taken = new Set<string>();
  private readonly stop: () => void;
  private pointer: { readonly x: number; readonly y: number } | null = null;
  private moved = false;
  private since = 0;

  constructor(deps: PointingDeps) {
    this.deps = deps;
    this.picker = new Picker(deps.bvh, deps.seats, deps.sights);
    this.seats = new Map(deps.seats.map((seat) => [seat.id, seat]));
    this.stop = deps.people.subscribe((people) => {
      this.taken.clear();
      for (const person of people.values()) if (person.seat !== '') this.taken.add(person.seat);
    });
  }

  /** The pointer is there (CSS pixels of the canvas), or has left. */
  move(point: { readonly x: number; readonly y: number } | null): void {
    this.pointer = point;
    this.moved = true;
  }

  click(x: number, y: number, actors: readonly Actor[]): void {
    const pick = this.deps.aiming.peek() ? this.pointAt(x, y) : this.at(x, y, actors);
    if (pick !== null) this.deps.onPick(pick);
  }

  update(elapsed: number, actors: readonly Actor[]): void {
    this.since += elapsed;
    if (!this.moved || this.since < HOVER_S) return;
    this.since = 0;
    this.moved = false;
    this.show(this.pointer === null ? null : this.at(this.pointer.x, this.pointer.y, actors));
  }

  dispose(): void {
    this.stop();
  }

  private pointAt(x: number, y: number): Pick | null {
    this.aim(x, y);
    const point = this.picker.point(this.ray);
    return point === null ? null : { kind: 'point', point };
  }

  private at(x: number, y: number, actors: readonly Actor[]): Pick | null {
    this.aim(x, y);
    return this.picker.pick(this.ray, actors, this.taken);
  }

  private aim(x: number, y: number): void {
    const { clientWidth, clientHeight } = this.deps.canvas;
    this.deps.view.aim(x / (clientWidth || 1), y / (clientHeight || 1), this.ray);
  }

  private show(pick: Pick | null): void {
    if (this.deps.aiming.peek()) {
      this.deps.canvas.style.cursor = 'crosshair';
      return;
    }
    this.hovered = pick?.kind === 'person' ? pick.id : '';
    this.deps.canvas.style.cursor = pick === null || pick.kind === 'ground' ? 'default' : 'pointer';
    const seat = pick?.kind === 'seat' ? this.seats.get(pick.id) : undefined;
    if (seat === undefined) this.deps.marks.showSeat(null, 0);
    else this.deps.marks.showSeat({ x: seat.position[0], y: seat.position[1], z: seat.position[2] }, seat.height);
  }
}
