import type { TrackedPoint } from '../../../shared/protocol/body.ts';
import type { Point } from '../../../shared/rules/ground.ts';
import type { WorldDeps } from '../../app/contracts.ts';
import type { HeadsetSettings, TrackedWalker } from '../../app/headset/contract.ts';
import { Picker, type Pick } from '../../world/input/picking.ts';
import { sightTargets } from '../../world/sights/sight-targets.ts';
import type { VenueWorld } from '../../world/venue-world.ts';
import type { Panels } from '../contract.ts';
import type { Arc } from '../moving/arc.ts';
import type { RigPlace } from '../view/anchor.ts';
import type { PanelQuad } from '../view/panel-quad.ts';
import { Rays } from '../view/rays.ts';
import type { HandInput, HandReader } from './hand-input.ts';
import { PanelPointer } from './pointer.ts';
import { toVenue } from './worn-body.ts';

/** What a ray is over is looked up so often, seconds. */
const HOVER_S = 0.1;
/** A ray that meets nothing is drawn so long, metres. */
const FREE_RAY = 1.2;
const FARTHEST_RAY = 12;
/** How fast a stick at full scrolls. */
const LINES_A_SECOND = 14;
/** A click in the hand: strength and ms. */
const CLICK = { strength: 0.35, ms: 18 };
/** The back of a bare hand turned to the eyes like a watch, cosine; and away again. */
const WATCHED = 0.75;
const UNWATCHED = 0.45;

export interface HandsDeps {
  readonly world: VenueWorld;
  readonly panels: Panels;
  readonly quads: readonly PanelQuad[];
  readonly tracked: TrackedWalker;
  readonly onPick: WorldDeps['onPick'];
  /** One has asked to be set down on what was pointed at. */
  jumped(): void;
}

/** A hand in the venue, and what it points at. */
class VenueHand {
  readonly grip: TrackedPoint = { x: 0, y: 0, z: 0, qx: 0, qy: 0, qz: 0, qw: 1 };
  readonly ray = new Float64Array(6);
  readonly tip: Point = { x: 0, y: 0, z: 0 };
  selecting = false;
  active = false;
  tracked = false;
  menuHeld = false;
  watched = false;
  readonly pointer: PanelPointer;
  source: XRInputSource | null = null;

  constructor() {
    this.pointer = new PanelPointer(() => this.click());
  }

  /** Takes a hand of the room. Allocates nothing. */
  take(hand: HandInput, rig: RigPlace): void {
    this.tracked = hand.tracked;
    this.selecting = hand.selecting;
    this.source = hand.source;
    if (hand.tracked) toVenue(hand.grip, rig, this.grip);
    const cos = Math.cos(rig.yaw), sin = Math.sin(rig.yaw);
    const { ray, tip } = hand;
    const into = this.ray;
    into[0] = rig.x + (ray[0] ?? 0) * cos + (ray[2] ?? 0) * sin;
    into[1] = rig.y + (ray[1] ?? 0);
    into[2] = rig.z + (ray[2] ?? 0) * cos - (ray[0] ?? 0) * sin;
    into[3] = (ray[3] ?? 0) * cos + (ray[5] ?? 0) * sin;
    into[4] = ray[4] ?? 0;
    into[5] = (ray[5] ?? 0) * cos - (ray[3] ?? 0) * sin;
    this.tip.x = rig.x + tip.x * cos + tip.z * sin;
    this.tip.y = rig.y + tip.y;
    this.tip.z = rig.z + tip.z * cos - tip.x * sin;
  }

  /** A tick in the hand, where the device can. */
  click(): void {
    const haptics = this.source?.gamepad as unknown as { hapticActuators?: readonly { pulse?(strength: number, ms: number): Promise<unknown> }[] } | undefined;
    void haptics?.hapticActuators?.[0]?.pulse?.(CLICK.strength, CLICK.ms)?.catch(() => undefined);
  }
}

/** What the hands point at and press: panels first, then people, seats and things of the scene, then the ground. */
export class Hands {
  /** Person under a ray, or empty. */
  hovered = '';
  readonly left = new VenueHand();
  readonly right = new VenueHand();
  private readonly deps: HandsDeps;
  private readonly picker: Picker;
  private readonly rays: Rays;
  private readonly taken = new Set<string>();
  private readonly stop: () => void;
  private readonly standing: Point = { x: 0, y: 0, z: 0 };
  private over: Pick | null = null;
  /** With one hand there is none to wear the menu: that one has to press it. */
  private readonly wears = 'left';
  private oneHand = false;
  private since = 0;

  constructor(deps: HandsDeps) {
    this.deps = deps;
    const { world } = deps;
    const { layout } = world.parts.deps.scene;
    this.picker = new Picker(world.parts.bvh, layout.seats, sightTargets(layout, world.parts.model.meshes));
    this.rays = new Rays(world.parts.scene);
    this.stop = world.parts.deps.people.subscribe((people) => {
      this.taken.clear();
      for (const person of people.values()) if (person.seat !== '') this.taken.add(person.seat);
    });
  }

  /** The hand that wears the menu, if it is seen. */
  get wrist(): TrackedPoint | null {
    const hand = this[this.wears];
    return hand.tracked && hand.active && !this.oneHand ? hand.grip : null;
  }

  /** Takes both hands of this frame. With one hand, that one points, and the menu stands before one. */
  locate(reader: HandReader, rig: RigPlace, playHand: HeadsetSettings['playHand']): void {
    this.left.take(reader.left, rig);
    this.right.take(reader.right, rig);
    this.oneHand = playHand !== 'both';
    this.left.active = playHand !== 'right' && reader.left.source !== null;
    this.right.active = playHand !== 'left' && reader.right.source !== null;
    this.left.pointer.wearsMenu = this.wrist !== null;
    this.menu(this.left, reader.left);
    this.menu(this.right, reader.right);
  }

  /** The stick of a hand that points at a panel scrolls it, and is taken from walking and turning. Allocates nothing. */
  takeSticks(reader: HandReader, elapsed: number): void {
    scrollBy(this.left, reader.left, elapsed);
    scrollBy(this.right, reader.right, elapsed);
  }

  /** Points and presses, and draws the rays. Allocates only at a press. */
  update({ arc, target, elapsed, head }: { arc: Arc | null; target: Point | null; elapsed: number; head: TrackedPoint }): void {
    this.watch(head);
    this.since += elapsed;
    const look = this.since > HOVER_S;
    if (look) {
      this.since = 0;
      this.over = null;
    }
    this.rays.begin();
    this.one(this.left, look);
    this.one(this.right, look);
    if (arc !== null) this.rays.arc(arc, target);
    this.rays.end(head);
    if (look) this.hovered = this.over?.kind === 'person' ? this.over.id : '';
  }

  dispose(): void {
    this.stop();
    this.left.pointer.lost();
    this.right.pointer.lost();
    this.rays.dispose();
  }

  private menu(hand: VenueHand, input: HandInput): void {
    const held = hand.active && (input.upper || input.lower);
    if (held && !hand.menuHeld) this.deps.panels.toggleMenu();
    hand.menuHeld = held;
  }

  /** The back of the hand that wears the menu, turned to the eyes as one reads a watch, shows it. Grip space: +X leaves the back of the right hand, -X that of the left. */
  private watch(head: TrackedPoint): void {
    const hand = this[this.wears];
    if (this.oneHand || !hand.active || !hand.tracked || hand.source?.hand === undefined || hand.source.hand === null) return;
    const { grip } = hand;
    const bx = 2 * (grip.qy * grip.qy + grip.qz * grip.qz) - 1, by = -2 * (grip.qx * grip.qy + grip.qw * grip.qz), bz = -2 * (grip.qx * grip.qz - grip.qw * grip.qy);
    const dx = head.x - grip.x, dy = head.y - grip.y, dz = head.z - grip.z;
    const facing = (bx * dx + by * dy + bz * dz) / (Math.hypot(dx, dy, dz) || 1);
    const watched = facing > (hand.watched ? UNWATCHED : WATCHED);
    if (watched !== hand.watched) this.showMenu(watched);
    hand.watched = watched;
  }

  private showMenu(on: boolean): void {
    if (this.menuIsShown !== on) this.deps.panels.toggleMenu();
  }

  private get menuIsShown(): boolean {
    for (const { panel } of this.deps.quads) if (panel.id === 'wrist') return panel.visible;
    return false;
  }

  private one(hand: VenueHand, look: boolean): void {
    const { pointer } = hand;
    if (!hand.active) {
      pointer.lost();
      return;
    }
    const picks = pointer.update(hand, this.deps.quads);
    if (pointer.poking) return;
    const onPanel = pointer.distance < Infinity;
    const pick = onPanel || !(look || picks) ? null : this.picker.pick(hand.ray, this.deps.world.parts.avatars.crowd.actors, this.taken);
    if (look && pick !== null) this.over = pick;
    if (picks && pick !== null) this.act(pick, hand);
    // The hand that wears the menu is behind it: its ray would cross what is read there.
    if (pointer.wearsMenu && this.menuIsShown && !pointer.pressable) return;
    const pressable = onPanel ? pointer.pressable : this.over !== null && this.over.kind !== 'ground';
    this.rays.ray(hand.ray, onPanel ? pointer.distance : pressable ? FARTHEST_RAY / 4 : FREE_RAY, pressable);
  }

  private act(pick: Pick, hand: VenueHand): void {
    hand.click();
    if (pick.kind === 'person') this.deps.panels.openPerson(pick.id);
    else if (pick.kind === 'seat') this.deps.panels.openSeat(pick.id);
    else if (pick.kind === 'ground') {
      if (!this.deps.tracked.canTeleport(pick.point, this.standing)) return;
      this.deps.tracked.teleport(this.standing);
      this.deps.jumped();
    } else this.deps.onPick(pick);
  }
}

function scrollBy({ pointer }: VenueHand, input: HandInput, elapsed: number): void {
  if (pointer.over === null) return;
  if (input.stickY !== 0) pointer.over.scroll(input.stickY * LINES_A_SECOND, elapsed);
  input.stickX = input.stickY = 0;
}
