import type { Body } from '../../../shared/protocol/body.ts';

/** A hand so far above the eyes is held up, metres; it is taken down when it is below them again. */
const UP = 0.08;
const DOWN = -0.05;
/** Held for so long, seconds: nobody raises a nameplate by scratching their head. */
const HOLD_S = 0.6;

/** Notices that somebody holds up a hand, as one does for the floor. */
export class RaisedHand {
  private readonly onChange: (up: boolean) => void;
  private held = 0;
  private up = false;

  constructor(onChange: (up: boolean) => void) {
    this.onChange = onChange;
  }

  /** Allocates nothing. */
  update({ head, left, right }: Body, elapsed: number): void {
    const limit = head.y + (this.up ? DOWN : UP);
    const raised = (left.shape !== 'lost' && left.y > limit) || (right.shape !== 'lost' && right.y > limit);
    if (raised === this.up) {
      this.held = 0;
      return;
    }
    this.held += elapsed;
    if (this.held < HOLD_S) return;
    this.held = 0;
    this.up = raised;
    this.onChange(raised);
  }
}
