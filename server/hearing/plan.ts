import { HEARING_RANGE, distanceGain, facingGain, gainThrough } from '../../shared/rules/audibility.ts';
import type { Point } from '../../shared/rules/ground.ts';
import { NOWHERE } from './soundscape.ts';
import type { SceneSpaces, Soundscape } from './soundscape.ts';
import { Speaking } from './speaking.ts';
import { Turns } from './turns.ts';

/** Most slots that a listener can have. */
export const MAX_SLOTS = 16;
/** Nobody feeds this slot. */
export const NOBODY = -1;

/** Told of every slot that changes, as it changes: who fed it `before` and who does now, person indices or {@link NOBODY}. */
export type SlotChange = (listener: number, slot: number, before: number, now: number) => void;

/** Answer of a {@link HearingRule}: nothing special between the two, the place decides. */
export const BY_PLACE = -1;

/**
 * What decides between two people besides the place: gain 0 to 1 of `speaker` at `listener` wherever the two are (0: not heard at all), or
 * {@link BY_PLACE}. Must not allocate.
 */
export type HearingRule = (listener: number, speaker: number) => number;

export interface PlanDeps {
  readonly capacity: number;
  readonly soundscape: Pick<Soundscape, 'between'>;
  /** Asked only for pairs of whom one is marked with {@link HearingPlan.setRuled}. Blocks go before it. */
  readonly rule?: HearingRule;
  /** A block of either side stands between the two people (by index). Asked only for listeners marked with {@link HearingPlan.setGuarded}. */
  readonly isBlocked: (listener: number, speaker: number) => boolean;
  readonly onChange: SlotChange;
}

/**
 * Who hears whom: for each listener, which speaker feeds which slot. Knows people by index and nothing of the relay.
 *
 * Slots go to the voices with the greatest expected loudness (gain by distance and facing, times how likely the person is to be speaking).
 * Silent people near keep slots while there are slots to spare, so that their first syllable is not lost. A person keeps the slot they have as
 * long as they are audible and no other voice is clearly louder ({@link Turns}).
 *
 * Nothing here ever puts into a slot: oneself, somebody whose microphone is not live, somebody in another acoustic space without an opening to
 * the listener's (so nobody of another scene), somebody out of hearing range, or somebody with whom there is a block; unless a rule says that
 * the two hear each other anywhere. Planning allocates nothing.
 */
export class HearingPlan {
  readonly speaking: Speaking;
  private readonly turns: Turns;
  private readonly deps: PlanDeps;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly z: Float64Array;
  private readonly yaw: Float64Array;
  private readonly space: Int32Array;
  private readonly guarded: Uint8Array;
  private readonly ruled: Uint8Array;
  /** Number of slots by listener; 0: does not listen. */
  private readonly slotCount: Uint8Array;
  private readonly table: Int16Array;
  private readonly hearers: Uint16Array;
  /** Indices of those who may be heard, in no order, and where each stands in it. */
  private readonly speakers: Uint16Array;
  private readonly speakerPosition: Int16Array;
  private speakerCount = 0;
  /** The best so far, loudest first. */
  private readonly best = new Int16Array(MAX_SLOTS);
  private readonly bestScore = new Float64Array(MAX_SLOTS);
  private bestCount = 0;
  private readonly marked: Uint8Array;
  private readonly from: Point = { x: 0, y: 0, z: 0 };
  private readonly to: Point = { x: 0, y: 0, z: 0 };

  constructor(deps: PlanDeps) {
    const { capacity } = deps;
    this.deps = deps;
    this.speaking = new Speaking(capacity);
    this.turns = new Turns(this.speaking, capacity);
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.z = new Float64Array(capacity);
    this.yaw = new Float64Array(capacity);
    this.space = new Int32Array(capacity).fill(NOWHERE);
    this.guarded = new Uint8Array(capacity);
    this.ruled = new Uint8Array(capacity);
    this.slotCount = new Uint8Array(capacity);
    this.table = new Int16Array(capacity * MAX_SLOTS).fill(NOBODY);
    this.hearers = new Uint16Array(capacity);
    this.speakers = new Uint16Array(capacity);
    this.speakerPosition = new Int16Array(capacity).fill(-1);
    this.marked = new Uint8Array(capacity);
  }

  /** Puts a person where they are in a scene. @returns true if they came into another acoustic space. */
  place(index: number, spaces: SceneSpaces, at: Readonly<Point>, yaw: number): boolean {
    this.x[index] = at.x;
    this.y[index] = at.y;
    this.z[index] = at.z;
    this.yaw[index] = yaw;
    const space = spaces.at(at.x, at.y, at.z);
    if (this.space[index] === space) return false;
    this.space[index] = space;
    return true;
  }

  spaceOf(index: number): number {
    return this.space[index] ?? NOWHERE;
  }

  setGuarded(index: number, guarded: boolean): void {
    this.guarded[index] = guarded ? 1 : 0;
  }

  /** Whether the rule is asked about what the person hears and who hears them. After a change of the rule itself, `recheckAll` takes away at once. */
  setRuled(index: number, ruled: boolean): void {
    this.ruled[index] = ruled ? 1 : 0;
  }

  /** Whether a person may be heard at all. Taken out, they leave every slot at once. */
  setSpeaker(index: number, on: boolean): void {
    const position = this.speakerPosition[index] ?? -1;
    if (on === position >= 0) return;
    if (on) {
      this.speakerPosition[index] = this.speakerCount;
      this.speakers[this.speakerCount] = index;
      this.speakerCount += 1;
      return;
    }
    this.speakerCount -= 1;
    const moved = this.speakers[this.speakerCount] as number;
    this.speakers[position] = moved;
    this.speakerPosition[moved] = position;
    this.speakerPosition[index] = -1;
    this.speaking.reset(index);
    this.withdraw(index);
  }

  isSpeaker(index: number): boolean {
    return (this.speakerPosition[index] ?? -1) >= 0;
  }

  /** How many slots a person listens with, and whether those who speak take turns in them ({@link Turns}); 0 empties them all at once. */
  setListener(index: number, slots: number, inTurn = false): void {
    const count = Math.min(slots, MAX_SLOTS);
    for (let slot = count; slot < MAX_SLOTS; slot += 1) this.assign(index, slot, NOBODY);
    this.slotCount[index] = count;
    this.turns.set(index, inTurn && count > 0);
  }

  /** The time of the next plans, milliseconds: the clock by which `speaking` is kept up to date. */
  setNow(now: number): void {
    this.turns.now = now;
  }

  slotsOf(index: number): number {
    return this.slotCount[index] ?? 0;
  }

  /** Who feeds a slot: person index or {@link NOBODY}. */
  speakerIn(listener: number, slot: number): number {
    return this.table[listener * MAX_SLOTS + slot] ?? NOBODY;
  }

  /** How many listeners have the person in a slot. */
  hearersOf(index: number): number {
    return this.hearers[index] ?? 0;
  }

  /** Empties every slot that the person feeds; with `listener`, only that person's. */
  withdraw(speaker: number, listener = NOBODY): void {
    if (this.hearers[speaker] === 0) return;
    const first = listener === NOBODY ? 0 : listener * MAX_SLOTS;
    const end = listener === NOBODY ? this.table.length : first + MAX_SLOTS;
    for (let cell = first; cell < end; cell += 1) {
      if (this.table[cell] === speaker) this.assign(Math.floor(cell / MAX_SLOTS), cell % MAX_SLOTS, NOBODY);
    }
  }

  /** Empties the slots whose speakers the listener may not hear where the two now are; for a change of space, between two plans. */
  recheck(listener: number): void {
    for (let slot = 0; slot < this.slotsOf(listener); slot += 1) {
      const speaker = this.speakerIn(listener, slot);
      if (speaker !== NOBODY && !this.mayHear(listener, speaker)) this.assign(listener, slot, NOBODY);
    }
  }

  /** {@link recheck} for everybody: somebody changed space, or the rule says something else. */
  recheckAll(): void {
    for (let listener = 0; listener < this.slotCount.length; listener += 1) this.recheck(listener);
  }

  /** Plans one listener anew. Linear in the people with live microphones. */
  plan(listener: number): void {
    const slots = this.slotsOf(listener);
    if (slots === 0) return;
    this.mark(listener, slots, 1);
    this.bestCount = 0;
    for (let i = 0; i < this.speakerCount; i += 1) this.consider(listener, this.speakers[i] as number, slots);
    this.mark(listener, slots, 0);
    this.fill(listener, slots);
  }

  private mark(listener: number, slots: number, value: number): void {
    for (let slot = 0; slot < slots; slot += 1) {
      const speaker = this.speakerIn(listener, slot);
      if (speaker !== NOBODY) this.marked[speaker] = value;
    }
  }

  private consider(listener: number, speaker: number, slots: number): void {
    if (speaker === listener) return;
    const weight = this.turns.weigh(listener, speaker, this.marked[speaker] === 1);
    const worst = this.bestCount < slots ? 0 : (this.bestScore[slots - 1] as number);
    // No gain is above 1, so most of a crowd is passed over here.
    if (weight <= worst) return;
    const ruled = this.ruled[listener] === 1 || this.ruled[speaker] === 1 ? this.ruleGain(listener, speaker) : BY_PLACE;
    const score = (ruled === BY_PLACE ? this.placeGain(listener, speaker, worst / weight) : ruled) * weight;
    if (score <= worst || (this.guarded[listener] === 1 && this.deps.isBlocked(listener, speaker))) return;
    this.insert(speaker, score, slots);
  }

  private ruleGain(listener: number, speaker: number): number {
    return this.deps.rule?.(listener, speaker) ?? BY_PLACE;
  }

  private placeGain(listener: number, speaker: number, least: number): number {
    return this.space[speaker] === this.space[listener] ? this.directGain(listener, speaker, least) : this.openingGain(listener, speaker);
  }

  /** Gain within one space; may return 0 early for one that would not exceed `least` even facing the listener. */
  private directGain(listener: number, speaker: number, least: number): number {
    const dx = (this.x[listener] as number) - (this.x[speaker] as number);
    const dy = (this.y[listener] as number) - (this.y[speaker] as number);
    const dz = (this.z[listener] as number) - (this.z[speaker] as number);
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared > HEARING_RANGE * HEARING_RANGE || squared * least * least >= 1) return 0;
    return distanceGain(Math.sqrt(squared)) * facingGain(this.yaw[speaker] as number, dx, dz);
  }

  private openingGain(listener: number, speaker: number): number {
    const openings = this.deps.soundscape.between(this.spaceOf(speaker), this.spaceOf(listener));
    let gain = 0;
    for (let i = 0; i < openings.length; i += 1) {
      const opening = openings[i];
      if (opening === undefined) continue;
      this.read(speaker, this.from);
      this.read(listener, this.to);
      gain = Math.max(gain, gainThrough(this.from, this.yaw[speaker] as number, this.to, opening));
    }
    return gain;
  }

  /** Whether the places or the rule let the one hear the other at all, however far they are. */
  private mayHear(listener: number, speaker: number): boolean {
    const ruled = this.ruled[listener] === 1 || this.ruled[speaker] === 1 ? this.ruleGain(listener, speaker) : BY_PLACE;
    if (ruled !== BY_PLACE) return ruled > 0;
    const from = this.spaceOf(speaker);
    const to = this.spaceOf(listener);
    return from === to || this.deps.soundscape.between(from, to).length > 0;
  }

  private read(index: number, out: Point): void {
    out.x = this.x[index] as number;
    out.y = this.y[index] as number;
    out.z = this.z[index] as number;
  }

  private insert(speaker: number, score: number, slots: number): void {
    const { best, bestScore } = this;
    let at = this.bestCount < slots ? this.bestCount : slots - 1;
    if (this.bestCount < slots) this.bestCount += 1;
    while (at > 0 && (bestScore[at - 1] as number) < score) {
      bestScore[at] = bestScore[at - 1] as number;
      best[at] = best[at - 1] as number;
      at -= 1;
    }
    bestScore[at] = score;
    best[at] = speaker;
  }

  /** Gives the best their slots: who has one keeps it, the others take what has become free. */
  private fill(listener: number, slots: number): void {
    const { best, bestCount, marked } = this;
    for (let i = 0; i < bestCount; i += 1) marked[best[i] as number] = 1;
    for (let slot = 0; slot < slots; slot += 1) {
      const speaker = this.speakerIn(listener, slot);
      if (speaker === NOBODY) continue;
      if (marked[speaker] === 1) marked[speaker] = 0;
      else this.assign(listener, slot, NOBODY);
    }
    let slot = 0;
    for (let i = 0; i < bestCount; i += 1) {
      const speaker = best[i] as number;
      if (marked[speaker] === 0) continue;
      marked[speaker] = 0;
      while (this.speakerIn(listener, slot) !== NOBODY) slot += 1;
      this.assign(listener, slot, speaker);
    }
  }

  private assign(listener: number, slot: number, speaker: number): void {
    const cell = listener * MAX_SLOTS + slot;
    const before = this.table[cell] as number;
    if (before === speaker) return;
    this.table[cell] = speaker;
    if (before !== NOBODY) this.count(listener, before, -1);
    if (speaker !== NOBODY) this.count(listener, speaker, 1);
    this.deps.onChange(listener, slot, before, speaker);
  }

  private count(listener: number, speaker: number, change: 1 | -1): void {
    this.hearers[speaker] = (this.hearers[speaker] as number) + change;
    this.turns.changed(listener, speaker);
  }
}
