import type { Cover } from './cover.ts';

/** A touch held longer asks for the menu, ms. */
const HOLD_MS = 600;
/** Frames that a tap lasts: one in which it begins, one in which it is seen. */
const TAP_FRAMES = 3;
/** `xr-standard`: B or Y, which shows the menu. */
const MENU_BUTTON = 5;
const TOUCHES = ['pointerdown', 'pointerup', 'pointercancel'] as const;
/** What else a touch raises, and the page below must not hear. */
const ECHOES = ['pointermove', 'click', 'contextmenu'] as const;

/** The polyfill's own way to raise events. */
interface PolyfillSession {
  dispatchEvent(type: string, event: { readonly inputSource: XRInputSource }): void;
}

/**
 * The one button of a cardboard viewer: it touches the screen. The polyfill knows nothing of it, so that this gives the session a source of input that looks where the
 * head looks: a tap selects what is there, and a touch that is held opens the menu.
 */
export class Tap {
  private readonly session: XRSession;
  private readonly cover: Cover;
  private readonly source: XRInputSource;
  private readonly menu = { pressed: false, touched: false, value: 0 };
  private hold: ReturnType<typeof setTimeout> | null = null;

  private constructor(session: XRSession, cover: Cover, head: XRSpace) {
    this.session = session;
    this.cover = cover;
    const rest = { pressed: false, touched: false, value: 0 };
    const buttons = Array.from({ length: MENU_BUTTON + 1 }, (_, index) => (index === MENU_BUTTON ? this.menu : rest));
    this.source = { handedness: 'none', targetRayMode: 'gaze', targetRaySpace: head, profiles: ['generic-button'], gamepad: { buttons, axes: [0, 0, 0, 0], mapping: 'xr-standard' } } as unknown as XRInputSource;
    Object.defineProperty(session, 'inputSources', { value: [this.source] });
    for (const type of TOUCHES) addEventListener(type, this.onTouch, true);
    for (const type of ECHOES) addEventListener(type, this.onEcho, true);
    session.addEventListener('end', this.onEnd, { once: true });
  }

  /** Gives a session of the polyfill its tap, until it ends. */
  static async give(session: XRSession, cover: Cover): Promise<void> {
    new Tap(session, cover, await session.requestReferenceSpace('viewer'));
  }

  private readonly onTouch = (event: PointerEvent): void => {
    if (this.cover.takes(event)) return;
    event.stopImmediatePropagation();
    if (event.type === 'pointerdown') {
      this.endHold();
      this.hold = setTimeout(() => this.held(), HOLD_MS);
      return;
    }
    const short = this.hold !== null;
    this.endHold();
    this.menu.pressed = false;
    if (short && event.type === 'pointerup') this.select();
  };

  private readonly onEcho = (event: Event): void => {
    if (!this.cover.takes(event)) event.stopImmediatePropagation();
  };

  private readonly onEnd = (): void => {
    this.endHold();
    for (const type of TOUCHES) removeEventListener(type, this.onTouch, true);
    for (const type of ECHOES) removeEventListener(type, this.onEcho, true);
  };

  private held(): void {
    this.hold = null;
    this.menu.pressed = true;
  }

  private endHold(): void {
    if (this.hold !== null) clearTimeout(this.hold);
    this.hold = null;
  }

  private select(): void {
    const { session, source } = this;
    const raise = (type: string): void => (session as unknown as PolyfillSession).dispatchEvent(type, { inputSource: source });
    raise('selectstart');
    let left = TAP_FRAMES;
    const count = (): void => {
      left -= 1;
      if (left > 0) session.requestAnimationFrame(count);
      else raise('selectend');
    };
    session.requestAnimationFrame(count);
  }
}
