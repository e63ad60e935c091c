import type { Panel, PanelPoint } from '../contract.ts';
import type { PanelHit, PanelQuad } from '../view/panel-quad.ts';

/** Beyond this one points at the venue, not at a panel, metres. */
const REACH = 4;
/** A finger presses from here, and lets go there, metres before the panel; nearer than `NEAR` its ray is put out. */
const TOUCH = 0.004;
const UNTOUCH = 0.02;
const NEAR = 0.08;
/** So far behind the panel a finger no longer means it. */
const THROUGH = -0.12;

/** A hand in the venue, for pointing. */
export interface PointingHand {
  readonly ray: Float64Array;
  readonly tip: { readonly x: number; readonly y: number; readonly z: number };
  readonly selecting: boolean;
}

/** One hand that points at panels, by ray or finger. */
export class PanelPointer {
  /** Metres to the panel that the ray is on, or Infinity. */
  distance = Infinity;
  /** What the ray is on can be pressed. */
  pressable = false;
  /** The finger is at a panel: no ray is needed. */
  poking = false;
  /** This hand wears the menu: its own fingers, which are always near, do not mean it. */
  wearsMenu = false;
  /** Held on a panel, so that the scene behind must not take it. */
  held: Panel | null = null;
  /** The panel that the ray or the finger is on. */
  over: Panel | null = null;
  /** Told when something was activated, for a click in the hand. */
  private readonly onClick: () => void;
  private wasSelecting = false;
  private touching = false;
  private readonly hit: PanelHit = { distance: 0, u: 0, v: 0 };
  private readonly point: { u: number; v: number } = { u: 0, v: 0 };

  constructor(onClick: () => void) {
    this.onClick = onClick;
  }

  /** Whether the trigger was pulled in this frame on no panel. */
  update(hand: PointingHand, quads: readonly PanelQuad[]): boolean {
    if (this.poke(hand, quads)) {
      this.wasSelecting = hand.selecting;
      return false;
    }
    const found = this.nearest(hand.ray, quads);
    this.hover(found);
    const pressed = hand.selecting && !this.wasSelecting;
    const released = !hand.selecting && this.wasSelecting;
    this.wasSelecting = hand.selecting;
    if (pressed && found !== null) {
      this.held = found;
      found.press(this.point);
    } else if (this.held !== null && hand.selecting && found === this.held) this.held.drag(this.point);
    else if (released && this.held !== null) this.letGo(found === this.held ? this.point : OUTSIDE);
    return pressed && found === null;
  }

  /** The hand is not seen any more. */
  lost(): void {
    if (this.held !== null) this.letGo(OUTSIDE);
    this.hover(null);
    this.wasSelecting = false;
    this.touching = false;
    this.poking = false;
    this.distance = Infinity;
  }

  private means({ panel }: PanelQuad): boolean {
    return panel.id !== 'captions' && !(this.wearsMenu && panel.id === 'wrist');
  }

  private letGo(at: PanelPoint): void {
    if (this.held?.release(at) === true) this.onClick();
    this.held = null;
  }

  private hover(panel: Panel | null): void {
    if (this.over !== panel) this.over?.hover(null);
    this.over = panel;
    this.pressable = panel !== null && panel.hover(this.point);
  }

  private nearest(ray: Float64Array, quads: readonly PanelQuad[]): Panel | null {
    let found: Panel | null = null;
    this.distance = Infinity;
    for (const quad of quads) {
      if (!this.means(quad) || !quad.meets(ray, Math.min(REACH, this.distance), this.hit)) continue;
      this.distance = this.hit.distance;
      this.point.u = this.hit.u;
      this.point.v = this.hit.v;
      found = quad.panel;
    }
    return found;
  }

  /** @returns whether the finger is at a panel */
  private poke({ tip }: PointingHand, quads: readonly PanelQuad[]): boolean {
    let nearest: Panel | null = null;
    let depth = NEAR;
    for (const quad of quads) {
      if (!this.means(quad)) continue;
      const before = quad.before(tip, this.hit);
      if (before > depth || before < THROUGH) continue;
      depth = before;
      nearest = quad.panel;
      this.point.u = this.hit.u;
      this.point.v = this.hit.v;
    }
    this.poking = nearest !== null;
    if (this.touching && (nearest === null || nearest !== this.held || depth > UNTOUCH)) {
      this.touching = false;
      this.letGo(nearest === this.held && nearest !== null ? this.point : OUTSIDE);
    }
    if (nearest === null) return false;
    this.distance = Infinity;
    this.hover(nearest);
    if (this.touching) nearest.drag(this.point);
    else if (depth < TOUCH && this.held === null) {
      this.touching = true;
      this.held = nearest;
      nearest.press(this.point);
    }
    return true;
  }
}

/** Beside every panel: a press that is let go there means nothing. */
const OUTSIDE: PanelPoint = { u: -1, v: -1 };
