import type { ReadonlySignal } from '@preact/signals';
import type { Point } from '../../shared/rules/ground.ts';
import type { Settings, Walker, WorldDeps } from '../app/contracts.ts';
import type { RoomTarget, TrackedWalker } from '../app/headset/contract.ts';
import type { Eye } from '../world/avatars/buckets.ts';
import type { FrameClock } from '../world/frame.ts';
import type { Immersion } from '../world/immersion.ts';
import type { VenueWorld } from '../world/venue-world.ts';
import type { Panels } from './contract.ts';
import { HandReader } from './input/hand-input.ts';
import { RaisedHand } from './input/raised-hand.ts';
import { WornBody, lookOf } from './input/worn-body.ts';
import { Hands } from './input/hands.ts';
import { Ladder } from './moving/ladder.ts';
import type { HeadsetLevel } from './moving/ladder.ts';
import { Moving } from './moving/moving.ts';
import { Anchor } from './view/anchor.ts';
import type { HeadInRoom, RigPlace, Stature } from './view/anchor.ts';
import { interfacePixels } from './view/angles.ts';
import { Controllers } from './view/controllers.ts';
import { Darkness } from './view/darkness.ts';
import type { HeadsetScene } from './view/headset-scene.ts';
import { PanelRoom } from './view/panel-room.ts';
import type { PanelFrame } from './view/panel-room.ts';

/** A look that differs from the one last set by more, radians: the server has turned the person (a jump to a place has a direction). */
const TURNED_BY_SERVER = 0.06;
/** A footing that leaps farther in a frame, metres, was a jump. */
const JUMP = 0.6;
/** Half the angle of view for which the crowd is sorted, radians: wider than any lens. */
const HALF_ANGLE = 1;
const MAX_PITCH = (63 * Math.PI) / 180;
const LEVEL_OF = { low: 1, medium: 3, high: 5 } as const;

export interface HeadsetDeps {
  readonly world: VenueWorld;
  readonly view: HeadsetScene;
  readonly session: XRSession;
  readonly walker: Walker;
  readonly tracked: TrackedWalker;
  readonly settings: ReadonlySignal<Settings>;
  readonly panels: Panels;
  readonly onPick: WorldDeps['onPick'];
  /** The hand was held up for a moment, or taken down again. */
  onRaised(up: boolean): void;
}

/** One scene through a headset: head and hands in, the room on the footing, rays and panels out. The order of a frame is the world's. */
export class Headset implements Immersion {
  readonly camera;
  readonly picture = { width: 1900, height: 1900 };
  readonly ladder: Ladder;
  /** Drawn in this scene. */
  frames = 0;
  readonly hands: Hands;
  readonly controllers: Controllers;
  private readonly deps: HeadsetDeps;
  private readonly reader: HandReader;
  private readonly anchor = new Anchor();
  private readonly rig: RigPlace = { x: 0, y: 0, z: 0, yaw: 0 };
  private readonly room: { -readonly [K in keyof HeadInRoom]: HeadInRoom[K] } = { x: 0, y: 1.6, z: 0, yaw: 0 };
  private readonly headPoint = { x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 };
  private readonly look_ = { yaw: 0, pitch: 0 };
  private readonly stature: { -readonly [K in keyof Stature]: Stature[K] } = { seat: false, seatedBody: false, eyeHeight: 0 };
  private readonly worn = new WornBody();
  private readonly arm = { yaw: 0, armLength: 0 };
  private readonly moving: Moving;
  private readonly raised: RaisedHand;
  private readonly darkness: Darkness;
  private readonly panelRoom: PanelRoom;
  private readonly panelFrame: PanelFrame;
  private readonly footing = { x: Number.NaN, z: 0, yaw: Number.NaN };
  private begun = false;
  private applied = -1;

  constructor(deps: HeadsetDeps) {
    this.deps = deps;
    const { world, view, session, settings } = deps;
    const { scene, bvh } = world.parts;
    this.camera = view.camera;
    const { quality } = settings.peek();
    this.ladder = new Ladder(session.frameRate ?? 72, quality === 'auto' ? undefined : LEVEL_OF[quality]);
    this.reader = new HandReader(session);
    this.moving = new Moving({ walker: deps.walker, tracked: deps.tracked, bvh });
    this.raised = new RaisedHand((up) => deps.onRaised(up));
    this.darkness = new Darkness(scene);
    this.panelRoom = new PanelRoom(deps.panels, scene);
    this.hands = new Hands({ world, panels: deps.panels, quads: this.panelRoom.quads, tracked: deps.tracked, onPick: deps.onPick, jumped: () => this.moving.jumped() });
    this.controllers = new Controllers(scene);
    this.moving.aimBy(this.hands.left.ray, this.hands.right.ray);
    this.panelFrame = { head: this.worn.head, yaw: 0, rig: this.rig, wrist: null, elapsed: 0, still: false };
    view.manager.referenceSpace.addEventListener('reset', this.onReset);
  }

  get level(): HeadsetLevel {
    return this.ladder.level;
  }

  get hovered(): string {
    return this.hands.hovered;
  }

  steer(clock: Readonly<FrameClock>): void {
    const { manager } = this.deps.view;
    const frame = manager.currentFrame;
    if (frame === null) return;
    this.readHead();
    this.reader.read(frame, manager.referenceSpace);
    this.noticePlacement();
    const { deps, room, reader } = this;
    this.hands.takeSticks(reader, clock.elapsed);
    const wish = this.moving.steer(reader.left, reader.right, deps.settings.peek(), clock);
    if (wish.turn !== 0) this.anchor.turn(room, wish.turn);
    this.anchor.follow(room, clock.elapsed, deps.walker.seat.peek() !== '', this.shift);
    this.footing.yaw = this.anchor.lookYaw(room);
    deps.tracked.face(this.footing.yaw, Math.max(-MAX_PITCH, Math.min(MAX_PITCH, this.look_.pitch)));
    // Before the walker goes on: it sends the body with the step.
    this.takeBody();
  }

  look(_clock: Readonly<FrameClock>, eye: Eye): void {
    const { deps, rig, worn } = this;
    const { pose } = deps.walker;
    this.takeBody();
    deps.view.place(rig);
    eye.x = worn.head.x;
    eye.y = worn.head.y;
    eye.z = worn.head.z;
    const flat = Math.cos(this.look_.pitch);
    eye.dx = Math.sin(pose.yaw) * flat;
    eye.dy = Math.sin(this.look_.pitch);
    eye.dz = Math.cos(pose.yaw) * flat;
    eye.halfAngle = HALF_ANGLE;
    this.footing.x = pose.x;
    this.footing.z = pose.z;
  }

  present(clock: Readonly<FrameClock>): void {
    const { deps, panelFrame, reader, worn } = this;
    const { playHand, comfort } = deps.settings.peek();
    const projection = this.camera.getProjectionMatrix().m;
    this.picture.width = interfacePixels(projection[0] ?? 1);
    this.picture.height = interfacePixels(projection[5] ?? 1);
    this.raised.update(worn.body, clock.elapsed);
    this.hands.locate(reader, this.rig, playHand);
    this.controllers.update(this.hands.left, this.hands.right);
    deps.panels.update(clock.now);
    panelFrame.yaw = deps.walker.pose.yaw;
    panelFrame.wrist = this.hands.wrist;
    panelFrame.elapsed = clock.elapsed;
    panelFrame.still = clock.still;
    this.panelRoom.update(panelFrame);
    this.hands.update({ arc: this.moving.arc, target: this.moving.target, elapsed: clock.elapsed, head: worn.head });
    this.darkness.update(this.moving.vignette(comfort, clock.still), Math.max(this.anchor.darkness, this.moving.blink(clock.now)), clock.elapsed);
    this.applyLevel();
  }

  measured(jsMs: number, intervalMs: number): void {
    this.frames += 1;
    if (this.deps.settings.peek().quality === 'auto') this.ladder.frame(jsMs, intervalMs);
  }

  /** Begins anew from where the head is: the person asked to be in the middle again. */
  recentre(): void {
    this.begun = false;
    this.panelRoom.recentre();
  }

  /** Height of the eyes above the real floor, metres, and from the shoulder to the farther palm: for the settings. */
  measure(): { eyeHeight: number; armLength: number } {
    const { reader: { left, right }, room } = this;
    let arm = 0;
    // Arms stretched forward: the shoulders are below the eyes.
    for (const { tracked, grip } of [left, right]) if (tracked) arm = Math.max(arm, Math.hypot(grip.x - room.x, grip.z - room.z));
    return { eyeHeight: Math.min(2.2, Math.max(0.8, room.y)), armLength: arm > 0.4 ? Math.min(1, arm) : 0 };
  }

  /** What can be pressed on panels now, in the reference space of the session. */
  targets(): readonly RoomTarget[] {
    const { rig } = this;
    const cos = Math.cos(rig.yaw), sin = Math.sin(rig.yaw);
    return this.panelRoom.quads.filter(({ visible }) => visible).flatMap((quad) => quad.panel.targets().map(({ id, text, point }) => {
      const { x, y, z } = quad.at(point);
      const [dx, dz] = [x - rig.x, z - rig.z];
      return { panel: quad.panel.id, id, text, x: dx * cos - dz * sin, y: y - rig.y, z: dx * sin + dz * cos };
    }));
  }

  /** Takes everything of ours out of the scene; the session is the caller's. */
  dispose(): void {
    const { deps } = this;
    deps.view.manager.referenceSpace?.removeEventListener('reset', this.onReset);
    deps.tracked.wear(null);
    deps.walker.setIntent(0, 0, false);
    this.reader.dispose();
    this.hands.dispose();
    this.controllers.dispose();
    this.panelRoom.dispose();
    this.darkness.dispose();
  }

  private readonly onReset = (): void => { this.recentre(); };

  private readonly shift = (dx: number, dz: number, out: Point): void => { this.deps.tracked.shift(dx, dz, out); };

  private readHead(): void {
    const { position, rotationQuaternion: q } = this.camera;
    const { headPoint: point, room } = this;
    point.x = room.x = position.x;
    point.y = room.y = position.y;
    point.z = room.z = position.z;
    point.qx = q.x;
    point.qy = q.y;
    point.qz = q.z;
    point.qw = q.w;
    lookOf(point, this.look_);
    room.yaw = this.look_.yaw;
  }

  /** The server's word for where one is (a jump, a seat, another scene) is final for the room as well. */
  private noticePlacement(): void {
    const { pose } = this.deps.walker;
    const { footing } = this;
    if (!this.begun) {
      this.begun = true;
      this.anchor.begin(this.room, pose.yaw);
      this.deps.tracked.wear(this.worn.body);
      return;
    }
    const turned = Math.abs(Math.atan2(Math.sin(pose.yaw - footing.yaw), Math.cos(pose.yaw - footing.yaw)));
    const leapt = Math.hypot(pose.x - footing.x, pose.z - footing.z) > JUMP;
    if (turned > TURNED_BY_SERVER) this.anchor.begin(this.room, pose.yaw);
    if (leapt || turned > TURNED_BY_SERVER) this.moving.arrived();
  }

  /** Puts the room on the footing as it is now, and reads the body in it. Allocates nothing. */
  private takeBody(): void {
    const { deps, rig, room, worn, reader, arm } = this;
    const { pose } = deps.walker;
    const settings = deps.settings.peek();
    this.stature.seat = deps.walker.seat.peek() !== '';
    this.stature.seatedBody = settings.seatedBody;
    this.stature.eyeHeight = settings.eyeHeight;
    this.anchor.place(pose, room, this.stature, rig);
    worn.takeHead(this.headPoint, rig, pose);
    arm.yaw = pose.yaw;
    arm.armLength = settings.armLength;
    worn.takeHand(reader.left, rig, pose, arm);
    worn.takeHand(reader.right, rig, pose, arm);
  }

  private applyLevel(): void {
    if (this.applied === this.ladder.index) return;
    this.applied = this.ladder.index;
    const { manager } = this.deps.view;
    const { foveation, viewport } = this.level;
    if (manager.isFixedFoveationSupported) manager.fixedFoveation = foveation;
    for (let view = 0; view < this.deps.view.views; view += 1) if (manager.isViewportScaleSupported(view)) manager.requestViewportScale(view, viewport);
  }
}
