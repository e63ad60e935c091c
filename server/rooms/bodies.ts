import { BODY_BYTES, copyBody, decodeBody, emptyBody } from '../../shared/protocol/body.ts';
import { keepInReach } from '../../shared/rules/reach.ts';
import type { Person } from './person.ts';

/**
 * The authority over head and hands of people in headsets. What no body can be is refused; what is out of reach is brought within it and not refused: somebody
 * who leans through a wall of the venue, or whose hand is seen where it is not for a moment, has done nothing wrong.
 */
export class Bodies {
  private readonly bytes = new Uint8Array(BODY_BYTES);
  private readonly view = new DataView(this.bytes.buffer);
  private readonly body = emptyBody();

  /** Takes what a client says of itself at `now` ms; no bytes: the headset is off. @returns false for bytes that are no body */
  take(person: Person, bytes: Uint8Array, now: number): boolean {
    if (bytes.length === 0) {
      this.takeOff(person);
      return true;
    }
    if (bytes.length !== BODY_BYTES) return false;
    this.bytes.set(bytes);
    if (!decodeBody(this.view, 0, this.body)) return false;
    // Of the scene that they have just left.
    if (!person.arrived) return true;
    keepInReach(this.body);
    person.body ??= emptyBody();
    copyBody(this.body, person.body);
    person.bodyAt = now;
    person.poseDirty = true;
    return true;
  }

  private takeOff(person: Person): void {
    if (person.body === null) return;
    person.body = null;
    person.poseDirty = true;
  }
}
