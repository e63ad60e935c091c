import { decodeWalk, emptyWalk } from '../../shared/protocol/pose.ts';
import type { WalkStep } from '../../shared/protocol/pose.ts';
import type { Reason } from '../../shared/protocol/reasons.ts';
import type { Posture } from '../../shared/protocol/vocabulary.ts';
import { POSITION_TOLERANCE, isNewer, refill, takeStep } from '../../shared/rules/movement.ts';
import type { Person } from './person.ts';

/** Steps that were under way when the server placed somebody start from the old place; so long they are ignored instead of answered. */
const STALE_MS = 1000;
/** How far from the new place such a step has to be, beyond what could be walked since. */
const STALE_METRES = 0.5;
/** Between two corrections to one person: nearer ones would cross on the wire. */
const CORRECTION_MS = 100;
/** No step for so long: the person stands, whatever their last step said. */
const STOPPED_MS = 300;
/** The head keeps to what the pose codec can tell. */
const MAX_PITCH = (63 * Math.PI) / 180;

/** What came of a step: taken or ignored (null), a correction to be sent, or bytes that are no step. */
export type StepOutcome = { readonly kind: 'corrected'; readonly seq: number; readonly reason: Reason } | { readonly kind: 'invalid' } | null;

/** The authority over where people walk in their scene: every proposal passes here, and only what comes out is broadcast. */
export class Walking {
  private readonly step: WalkStep = emptyWalk();

  /** Judges one proposed step of `person` at `now` ms. Allocates only when it corrects. */
  propose(person: Person, bytes: Uint8Array, now: number): StepOutcome {
    const { step } = this;
    if (!decodeWalk(bytes, step)) return { kind: 'invalid' };
    // Steps in the scene that they have just left were under way.
    if (!person.arrived) return null;
    if (person.lastSeq >= 0 && !isNewer(step.seq, person.lastSeq)) return null;
    person.lastSeq = step.seq;
    this.look(person, step);
    refill(person.allowance, (now - person.lastStepAt) / 1000);
    person.lastStepAt = now;
    const { footing } = person;
    const away = Math.hypot(step.x - footing.x, step.z - footing.z);
    if (now - person.placedAt < STALE_MS && away > person.allowance.metres + STALE_METRES) return null;
    if (person.seat !== '') return away > POSITION_TOLERANCE ? this.correct(person, 'SEATED', now) : null;
    return this.move(person, away, now);
  }

  /** Lets somebody stand who has sent no step for a while. */
  settle(person: Person, now: number): void {
    if ((person.posture === 'walking' || person.posture === 'running') && now - person.lastStepAt > STOPPED_MS) this.setPosture(person, 'standing');
  }

  private look(person: Person, step: WalkStep): void {
    const pitch = Math.max(-MAX_PITCH, Math.min(MAX_PITCH, step.pitch));
    if (person.yaw === step.yaw && person.pitch === pitch) return;
    person.yaw = step.yaw;
    person.pitch = pitch;
    person.poseDirty = true;
  }

  private move(person: Person, wished: number, now: number): StepOutcome {
    const { step } = this;
    const { footing } = person;
    const fromX = footing.x;
    const fromZ = footing.z;
    const verdict = takeStep(footing, step, person.allowance, person.scene.groundFor(person));
    const walked = Math.hypot(footing.x - fromX, footing.z - fromZ);
    if (walked > 0) {
      person.poseDirty = true;
      person.placeDirty = true;
    }
    // A stall shows as a step that goes nowhere: legs move only if the body does.
    const moves = step.moving && (walked > 0.005 || wished < 0.005);
    this.setPosture(person, !moves ? 'standing' : step.running ? 'running' : 'walking');
    return verdict === 'ACCEPTED' ? null : this.correct(person, verdict, now);
  }

  private setPosture(person: Person, posture: Posture): void {
    if (person.posture === posture) return;
    person.posture = posture;
    person.poseDirty = true;
  }

  private correct(person: Person, reason: Reason, now: number): StepOutcome {
    if (now - person.correctedAt < CORRECTION_MS) return null;
    person.correctedAt = now;
    return { kind: 'corrected', seq: this.step.seq, reason };
  }
}
