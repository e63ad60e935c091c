import type { Scene } from '@babylonjs/core/scene.pure';
import type { TrackedPoint } from '../../../shared/protocol/body.ts';
import type { PanelId, Panels } from '../contract.ts';
import type { RigPlace } from './anchor.ts';
import { PanelQuad } from './panel-quad.ts';

/** Where panels stand: metres before the eyes, and radians below them. */
const MAIN = { ahead: 1.1, down: 0.12 };
const KEYBOARD = { ahead: 0.75, down: 0.62 };
const CAPTIONS = { ahead: 1.6, down: 0.36 };
const NOTICE = { ahead: 1.2, down: 0.2 };
const NO_WRIST = { ahead: 0.6, down: 0.5 };
/** The head may turn so far before what follows it comes along, radians, and how fast it comes, a second's share of the way. */
const SLACK = 0.35;
const PACE = 3.5;
/** The main panel is brought before one again when it is farther off than this, metres, or behind one. */
const LOST_AT = 2.2;
/** Above the wrist, metres. */
const ABOVE_WRIST = 0.13;
const ORDERS: Readonly<Record<PanelId, number>> = { captions: 2500, main: 2510, keyboard: 2520, wrist: 2530, notice: 2540 };

/** What panels are placed by: the head and a hand in the venue. Mutable, reused. */
export interface PanelFrame {
  readonly head: TrackedPoint;
  /** Where the head looks, radians of the venue. */
  yaw: number;
  readonly rig: RigPlace;
  /** The hand that wears the menu, in the venue, or null while it is not seen. */
  wrist: TrackedPoint | null;
  elapsed: number;
  /** Reduced motion: nothing glides. */
  still: boolean;
}

/** All panels in the room: menu on the wrist, page and keyboard before one, captions and questions where the eyes are. Allocates nothing in a frame. */
export class PanelRoom {
  readonly quads: readonly PanelQuad[];
  /** Of the page, in the room: it walks along with the person. */
  private readonly main = { x: 0, y: 0, z: 0, yaw: 0, placed: false };
  private followed = Number.NaN;

  constructor(panels: Panels, scene: Scene) {
    this.quads = panels.all.map((panel) => new PanelQuad(panel, scene, ORDERS[panel.id]));
  }

  /** The page is brought before one again at the next frame. */
  recentre(): void {
    this.main.placed = false;
  }

  update(frame: PanelFrame): void {
    this.follow(frame);
    for (const quad of this.quads) {
      const { id } = quad.panel;
      if (id === 'wrist') this.placeWrist(quad, frame);
      else if (id === 'main' || id === 'keyboard') this.placeMain(quad, frame);
      else PanelRoom.ahead(quad, frame.head, id === 'captions' ? CAPTIONS : NOTICE, this.followed);
      quad.update();
      if (id === 'main' && !quad.panel.visible) this.main.placed = false;
    }
  }

  dispose(): void {
    for (const quad of this.quads) quad.dispose();
  }

  /** What follows the head does so lazily: text that is fixed to the eyes is hard to read and sickens. */
  private follow({ yaw, elapsed, still }: PanelFrame): void {
    if (Number.isNaN(this.followed)) this.followed = yaw;
    const off = Math.atan2(Math.sin(yaw - this.followed), Math.cos(yaw - this.followed));
    if (Math.abs(off) <= SLACK) return;
    this.followed += still ? off : (off - Math.sign(off) * SLACK * 0.5) * Math.min(1, PACE * elapsed);
  }

  private static ahead(quad: PanelQuad, head: TrackedPoint, { ahead, down }: { readonly ahead: number; readonly down: number }, yaw: number): void {
    const { position } = quad;
    const flat = ahead * Math.cos(down);
    position.x = head.x + Math.sin(yaw) * flat;
    position.y = head.y - ahead * Math.sin(down);
    position.z = head.z + Math.cos(yaw) * flat;
    PanelRoom.face(quad, yaw + Math.PI, down);
  }

  private placeMain(quad: PanelQuad, frame: PanelFrame): void {
    const { head, rig, yaw } = frame;
    const { main } = this;
    const cos = Math.cos(rig.yaw), sin = Math.sin(rig.yaw);
    if (!main.placed || this.isLost(frame)) {
      const dx = head.x - rig.x, dz = head.z - rig.z;
      main.x = dx * cos - dz * sin;
      main.z = dx * sin + dz * cos;
      main.y = head.y - rig.y;
      main.yaw = yaw - rig.yaw;
      main.placed = true;
    }
    const { ahead, down } = quad.panel.id === 'main' ? MAIN : KEYBOARD;
    const towards = main.yaw + rig.yaw;
    const flat = ahead * Math.cos(down);
    quad.position.x = rig.x + main.x * cos + main.z * sin + Math.sin(towards) * flat;
    quad.position.y = rig.y + main.y - ahead * Math.sin(down);
    quad.position.z = rig.z + main.z * cos - main.x * sin + Math.cos(towards) * flat;
    PanelRoom.face(quad, towards + Math.PI, down);
  }

  private isLost({ head, rig }: PanelFrame): boolean {
    const { main } = this;
    const cos = Math.cos(rig.yaw), sin = Math.sin(rig.yaw);
    return Math.hypot(rig.x + main.x * cos + main.z * sin - head.x, rig.z + main.z * cos - main.x * sin - head.z) > LOST_AT;
  }

  /** Above the wrist and turned to the eyes; before one, low and to the side, while no hand is seen. */
  private placeWrist(quad: PanelQuad, frame: PanelFrame): void {
    const { wrist, head } = frame;
    if (wrist === null) {
      PanelRoom.ahead(quad, head, NO_WRIST, this.followed);
      return;
    }
    const { position } = quad;
    position.x = wrist.x;
    position.y = wrist.y + ABOVE_WRIST;
    position.z = wrist.z;
    const dx = head.x - position.x, dy = head.y - position.y, dz = head.z - position.z;
    PanelRoom.face(quad, Math.atan2(dx, dz), Math.atan2(dy, Math.hypot(dx, dz)));
  }

  /** Turns a panel so that its front looks along `yaw`, tilted up by `up`, radians. */
  private static face(quad: PanelQuad, yaw: number, up: number): void {
    const cy = Math.cos(yaw / 2), sy = Math.sin(yaw / 2), cx = Math.cos(-up / 2), sx = Math.sin(-up / 2);
    quad.turn.set(cy * sx, sy * cx, -sy * sx, cy * cx);
  }
}
