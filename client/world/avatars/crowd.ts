import type { AvatarPose, PoseBook } from '../../app/contracts.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Seat } from '../../../shared/scene/layout.ts';
import type { QualityLevel } from '../engine/quality.ts';
import type { Light, LightField } from '../model/light-field.ts';
import type { Bodies } from './bodies.ts';
import type { Bucketed, Eye } from './buckets.ts';
import { Bucket, createBuckets, fillBuckets } from './buckets.ts';
import { appearanceIndex, packTints, type Catalogue } from './catalogue.ts';
import type { FloatTable } from './gpu-tables.ts';
import { LivePoser, createLiveliness, type Liveliness } from './live-pose.ts';
import { advanceMotion, bakedRows, createMotion, type ClipBook, type Motion } from './motion.ts';
import { TRACKED_MOST, markNearest, markTracked } from './nearest.ts';
import { fadeNear, isTooNear, packGone, type Neighbour } from './personal-space.ts';
import { followBody, forgetBody, settleBody } from './tracked-pose.ts';

/** One person as the crowd draws them. */
export interface Actor extends Bucketed, Neighbour {
  readonly id: string;
  readonly pose: Readonly<AvatarPose>;
  readonly motion: Motion;
  readonly life: Liveliness;
  info: PersonInfo | undefined;
  scale: number;
  seatYaw: number | undefined;
  /** Added to the height of a sitter whose seat is not as high as the clips expect, metres. */
  lift: number;
  wantsLive: boolean;
  /** Row of the bone table that is written for this person each frame, or -1. */
  liveRow: number;
  /** Head and hands are drawn where a headset tracks them. */
  tracks: boolean;
  /** Oneself, seen from within: drawn without the head. */
  headless: boolean;
  /** Height of the eyes above the floor as drawn, metres. */
  eyes: number;
  /** The light where they stand: now, where it is going, and where that was measured. */
  readonly light: { now: number; goal: number; hue: number; x: number; z: number };
}

/** More live rows than people who should be live: those who lose theirs keep it until they have calmed down. */
const SPARE_ROWS = 8;
/** The light is measured anew when somebody moved this far, metres, for so many people a sorting. */
const LIGHT_STEP = 0.5;
const LIGHTS_A_SORT = 40;
/** White as a hue: 128 is 1 in each channel. */
const PACKED_WHITE = 128 * 65536 + 128 * 256 + 128;
/** Eyes as a share of a standing person's height; seated eyes above the seat, metres at scale 1. */
const EYES_STANDING = 0.935;
const EYES_SEATED = 0.735;

export interface CrowdParts {
  readonly catalogue: Catalogue;
  readonly book: ClipBook;
  readonly poser: LivePoser;
  readonly bones: FloatTable;
  readonly people: FloatTable;
  readonly bodies: Pick<Bodies, 'show' | 'letFade'>;
  /** First of the bone table's rows for live avatars, and how many there are. */
  readonly liveRows: { readonly first: number; readonly count: number };
  readonly seats: ReadonlyMap<string, Seat>;
  readonly light: LightField;
}

export function seatsById(seats: readonly Seat[]): ReadonlyMap<string, Seat> {
  return new Map(seats.map((seat) => [seat.id, seat]));
}

export function liveRowsFor(most: number): number {
  return most + SPARE_ROWS;
}

/** Everybody in view, oneself included: who they are, how they move, and the two tables from which the GPU draws them. */
export class Crowd {
  readonly actors: Actor[] = [];
  /** Drawn with a skeleton of their own, and drawn at all, since the last `sort`. */
  liveCount = 0;
  drawnCount = 0;
  /** Slots of all who are drawn. */
  readonly drawn = new Bucket();
  /** While one looks through one's own eyes, body, arms and hands are drawn without the head, where a headset tracks them. Shows at the next `sort`. */
  headless = false;
  private parts: CrowdParts;
  private readonly byId = new Map<string, Actor>();
  private readonly buckets;
  private readonly freeSlots: number[] = [];
  private readonly freeRows: number[];
  private readonly capacity: number;
  private usedSlots = 0;
  private lightsLeft = 0;
  private readonly measured: Light = { brightness: 1, red: 1, green: 1, blue: 1 };
  private own: Actor | null = null;
  private revision = -1;
  private readonly scratch = { scores: new Float64Array(64), chosen: [] as number[] };
  private readonly limits = { lod: [0, 0] as [number, number], draw: 0 };
  private readonly liveTarget: { out: Float32Array; at: number } = { out: new Float32Array(0), at: 0 };
  private readonly motionStep: { elapsed: number; now: number; seatYaw: number | undefined } = { elapsed: 0, now: 0, seatYaw: undefined };
  private readonly stance = { yaw: 0, scale: 1, lift: 0 };
  private readonly lifeStep = { level: 0, elapsed: 0, live: false };

  constructor(parts: CrowdParts) {
    this.parts = parts;
    this.capacity = parts.people.data.length / parts.people.rowLength;
    this.buckets = createBuckets(parts.catalogue.appearances.length);
    this.freeRows = Array.from({ length: parts.liveRows.count }, (_, i) => parts.liveRows.first + i);
    this.liveTarget.out = parts.bones.data;
  }

  /** The room around them has changed. */
  furnish(seats: readonly Seat[], light: LightField): void {
    this.parts = { ...this.parts, seats: seatsById(seats), light };
  }

  find(id: string): Actor | undefined {
    return this.byId.get(id);
  }

  /** Adds oneself; `hidden` while one looks through one's own eyes (see {@link headless}). */
  setOwn(pose: Readonly<AvatarPose>, hidden: boolean): Actor | null {
    if (this.own !== null && this.own.id !== pose.id) {
      this.remove(this.own);
      this.own = null;
    }
    if (this.own === null && pose.id !== '') this.own = this.byId.get(pose.id) ?? this.add(pose);
    if (this.own !== null) this.own.hidden = hidden;
    return this.own;
  }

  /** Brings newcomers in and lets leavers go. @returns whether anybody came or went */
  syncPeople(book: PoseBook, people: ReadonlyMap<string, PersonInfo>): boolean {
    if (book.revision === this.revision) return false;
    this.revision = book.revision;
    for (const actor of this.actors.slice()) {
      if (actor !== this.own && book.byId(actor.id) !== actor.pose) this.remove(actor);
    }
    for (const pose of book.avatars) {
      if (!this.byId.has(pose.id)) this.add(pose);
    }
    this.dress(people);
    return true;
  }

  /** Takes what is known of people: clothes, seats. Call when that changes. */
  dress(people: ReadonlyMap<string, PersonInfo>): void {
    for (const actor of this.actors) {
      const info = people.get(actor.id);
      if (info !== undefined && info !== actor.info) this.dressActor(actor, info);
    }
  }

  private dressActor(actor: Actor, info: PersonInfo): void {
    const { catalogue, people, seats } = this.parts;
    actor.info = info;
    actor.appearance = appearanceIndex(catalogue, info.appearance.id);
    actor.scale = catalogue.appearances[actor.appearance]?.scale ?? 1;
    packTints(catalogue, info.appearance, people.data, actor.slot * people.rowLength + 12);
    const seat = seats.get(info.seat);
    actor.seatYaw = seat?.yaw;
    actor.lift = seat === undefined ? 0 : seat.height - catalogue.seatHeight * actor.scale;
  }

  private add(pose: Readonly<AvatarPose>): Actor | null {
    const slot = this.freeSlots.pop() ?? (this.usedSlots < this.capacity ? this.usedSlots++ : -1);
    if (slot < 0) return null;
    const actor: Actor = {
      id: pose.id, slot, pose, motion: createMotion(pose, this.parts.book), life: createLiveliness(), info: undefined, appearance: 0,
      scale: 1, seatYaw: undefined, lift: 0, lod: 2, visible: false, distance: Infinity, hidden: false, wantsLive: false, liveRow: -1, tracks: false, headless: false, near: false, gone: 0, eyes: 1.6,
      light: { now: Number.NaN, goal: 1, hue: PACKED_WHITE, x: Infinity, z: Infinity },
    };
    this.parts.people.data.fill(0xb0b0b0, slot * this.parts.people.rowLength + 12, slot * this.parts.people.rowLength + 16);
    this.actors.push(actor);
    this.byId.set(pose.id, actor);
    return actor;
  }

  private remove(actor: Actor): void {
    this.releaseRow(actor);
    this.freeSlots.push(actor.slot);
    this.byId.delete(actor.id);
    const index = this.actors.indexOf(actor);
    if (index >= 0) this.actors.splice(index, 1);
  }

  private releaseRow(actor: Actor): void {
    if (actor.liveRow < 0) return;
    this.freeRows.push(actor.liveRow);
    actor.liveRow = -1;
    actor.life.presence = 0;
    forgetBody(actor.life.tracked);
  }

  /**
   * Decides anew who is drawn, in which detail, and who is live. A few times a second, and when the camera turned.
   * @param personalSpace metres in plan from the eye within which nobody else is drawn; 0 is off
   */
  sort(eye: Readonly<Eye>, level: QualityLevel, personalSpace = 0): void {
    this.keepAway(eye, personalSpace);
    this.limits.lod[0] = level.lodDistances[0];
    this.limits.lod[1] = level.lodDistances[1];
    this.limits.draw = level.drawDistance;
    if (this.own !== null) this.own.headless = this.headless && this.own.hidden && this.own.pose.body !== null;
    this.drawnCount = fillBuckets(this.actors, this.buckets, eye, this.limits);
    this.parts.bodies.show(this.buckets);
    markNearest(this.actors, Math.min(level.livePeople, this.parts.liveRows.count), this.scratch);
    markTracked(this.actors, TRACKED_MOST, this.scratch);
    this.liveCount = 0;
    this.drawn.begin();
    this.lightsLeft = LIGHTS_A_SORT;
    for (const actor of this.actors) {
      if (actor.visible) {
        this.drawn.add(actor.slot);
        this.measureLight(actor);
      }
      if (actor.liveRow >= 0 && !actor.visible) this.releaseRow(actor);
      if (actor.wantsLive && actor.liveRow < 0) actor.liveRow = this.freeRows.pop() ?? -1;
      if (actor.liveRow >= 0) this.liveCount += 1;
    }
    this.drawn.end();
  }

  /** Who comes too near fades, then is not drawn at all. */
  private keepAway(eye: Readonly<Eye>, limit: number): void {
    if (limit > 0) this.parts.bodies.letFade();
    for (const actor of this.actors) {
      if (actor === this.own) continue;
      actor.near = limit > 0 && isTooNear(actor, eye, limit);
      actor.hidden = actor.near && actor.gone === 1;
    }
  }

  private measureLight(actor: Actor): void {
    const { light, pose } = actor;
    if (this.lightsLeft === 0 || Math.abs(pose.x - light.x) + Math.abs(pose.z - light.z) < LIGHT_STEP) return;
    this.lightsLeft -= 1;
    this.parts.light.at(pose, this.measured);
    const { brightness, red, green, blue } = this.measured;
    light.x = pose.x;
    light.z = pose.z;
    light.goal = brightness;
    light.hue = Math.round(red * 128) * 65536 + Math.round(green * 128) * 256 + Math.round(blue * 128);
    if (Number.isNaN(light.now)) light.now = brightness;
  }

  /**
   * Moves everybody on and writes the tables. Allocates nothing.
   * @param elapsed seconds since the last frame; `now` seconds
   */
  update(elapsed: number, now: number, level: (person: string) => number): void {
    const { book } = this.parts;
    this.motionStep.elapsed = elapsed;
    this.motionStep.now = now;
    this.lifeStep.elapsed = elapsed;
    for (const actor of this.actors) {
      this.motionStep.seatYaw = actor.seatYaw;
      advanceMotion(actor.motion, actor.pose, book, this.motionStep);
      fadeNear(actor, elapsed);
      if (!actor.visible) continue;
      this.lifeStep.live = actor.wantsLive && actor.liveRow >= 0;
      this.lifeStep.level = actor.liveRow >= 0 ? level(actor.id) : 0;
      LivePoser.follow(actor.life, actor.pose, actor.motion, this.lifeStep);
      if (actor.liveRow >= 0 && !actor.wantsLive && actor.life.presence === 0) this.releaseRow(actor);
      if (actor.liveRow >= 0) this.track(actor);
      this.place(actor);
      this.pose(actor);
    }
    this.upload();
  }

  private track(actor: Actor): void {
    const { stance } = this;
    stance.yaw = actor.motion.bodyYaw;
    stance.scale = actor.scale;
    stance.lift = actor.pose.posture === 'seated' ? actor.lift : 0;
    followBody(actor.life.tracked, actor.tracks ? actor.pose.body : null, stance, this.lifeStep.elapsed);
    if (!actor.headless) return;
    // Nobody sees oneself fade.
    actor.life.presence = 1;
    if (actor.pose.body !== null) settleBody(actor.life.tracked);
  }

  private place(actor: Actor): void {
    const { pose, motion, scale } = actor;
    const data = this.parts.people.data;
    const at = actor.slot * this.parts.people.rowLength;
    const seated = pose.posture === 'seated';
    const y = pose.y + (seated ? actor.lift : 0);
    data[at] = pose.x;
    data[at + 1] = y;
    data[at + 2] = pose.z;
    // Without a skeleton of its own a head cannot be taken off: rather nothing than one's face from within.
    data[at + 3] = actor.headless && actor.liveRow < 0 ? 0 : scale;
    data[at + 4] = Math.sin(motion.bodyYaw);
    data[at + 5] = Math.cos(motion.bodyYaw);
    actor.light.now += (actor.light.goal - actor.light.now) * Math.min(1, this.motionStep.elapsed * 4);
    data[at + 6] = Number.isNaN(actor.light.now) ? 1 : actor.light.now;
    data[at + 11] = actor.light.hue;
    data[at + 7] = packGone(seated ? 0.35 : 1, actor.gone);
    const height = this.parts.catalogue.height * scale;
    actor.eyes = y - pose.y + (seated ? (this.parts.catalogue.seatHeight + EYES_SEATED) * scale : height * EYES_STANDING);
  }

  private pose(actor: Actor): void {
    const { people, bones, book, poser } = this.parts;
    const at = actor.slot * people.rowLength + 8;
    if (actor.liveRow < 0) {
      bakedRows(actor.motion, book, people.data, at);
      return;
    }
    people.data[at] = people.data[at + 1] = actor.liveRow;
    people.data[at + 2] = 0;
    this.liveTarget.at = actor.liveRow * bones.rowLength;
    poser.write(actor.motion, actor.life, actor.pose, this.liveTarget);
    if (actor.headless) poser.behead(this.liveTarget);
  }

  private upload(): void {
    this.parts.people.upload(0, this.usedSlots);
    if (this.liveCount > 0) this.parts.bones.upload(this.parts.liveRows.first, this.parts.liveRows.count);
  }
}
