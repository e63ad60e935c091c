import type { Walker } from '../../app/contracts.ts';
import { HeldKeys, isMovementKey } from './keys.ts';

/** Radians a CSS pixel of dragging; touch turns more, a thumb has less room. */
const MOUSE_TURN = 0.0042;
const TOUCH_TURN = 0.0062;
/** A press that moved less (CSS pixels) and was shorter (ms) is a click. */
const CLICK_SLOP = 7;
const CLICK_MS = 450;
/** Radians a second of turning and tilting by key. */
const KEY_TURN = 1.9;
const KEY_TILT = 1.1;
/** Where keys mean something else. */
const TYPING = 'input, textarea, select, button, a[href], summary, dialog, [contenteditable], [role=listbox], [role=menu], [role=tablist], [role=slider], [role=dialog], [role=separator]';

export interface ControlDeps {
  readonly canvas: HTMLCanvasElement;
  readonly walker: Pick<Walker, 'look' | 'setIntent'>;
  /** Keys may steer while nothing has the focus (they always may while the canvas has it). */
  shortcutsAllowed(): boolean;
  zoom(notches: number): void;
  toggleView(): void;
  /** A click, tap, or the Enter key (then in the middle), in CSS pixels of the canvas. */
  pick(x: number, y: number): void;
  /** The pointer is over the canvas there, or left it (null). */
  hover(point: { readonly x: number; readonly y: number } | null): void;
}

/** Mouse, touch and keyboard on the canvas, turned into wishes of the walker. Nothing here knows of 3D. */
export class Controls {
  private readonly deps: ControlDeps;
  private readonly keys = new HeldKeys();
  private readonly abort = new AbortController();
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private pressed: { x: number; y: number; at: number; moved: number } | null = null;
  private pinch = 0;
  private steering = false;

  constructor(deps: ControlDeps) {
    this.deps = deps;
    const { canvas } = deps;
    const { signal } = this.abort;
    canvas.style.touchAction = 'none';
    canvas.addEventListener('pointerdown', (event) => this.down(event), { signal });
    canvas.addEventListener('pointermove', (event) => this.move(event), { signal });
    canvas.addEventListener('pointerup', (event) => this.up(event), { signal });
    canvas.addEventListener('pointercancel', (event) => this.drop(event), { signal });
    canvas.addEventListener('pointerleave', () => deps.hover(null), { signal });
    canvas.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false });
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
    window.addEventListener('keydown', (event) => this.keyDown(event), { signal });
    window.addEventListener('keyup', (event) => this.keyUp(event), { signal });
    window.addEventListener('blur', () => this.letGo(), { signal });
    document.addEventListener('visibilitychange', () => this.letGo(), { signal });
    document.addEventListener('focusin', (event) => {
      if (event.target !== canvas && isTyping(event.target)) this.letGo();
    }, { signal });
  }

  /** Turns by the held keys; once a frame, `elapsed` in seconds. */
  update(elapsed: number): void {
    const { turn, tilt } = this.keys.wish;
    if (turn !== 0 || tilt !== 0) this.deps.walker.look(turn * KEY_TURN * elapsed, tilt * KEY_TILT * elapsed);
  }

  dispose(): void {
    this.letGo();
    this.abort.abort();
  }

  private letGo(): void {
    this.keys.releaseAll();
    this.steer();
  }

  /** Tells the walker only of changes: a joystick on the page sets the same intent. */
  private steer(): void {
    const { forward, right, running } = this.keys.wish;
    const steering = forward !== 0 || right !== 0;
    if (steering || this.steering) this.deps.walker.setIntent(forward, right, running);
    this.steering = steering;
  }

  private keyDown(event: KeyboardEvent): void {
    const onCanvas = event.target === this.deps.canvas;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (!onCanvas && (isTyping(event.target) || !this.deps.shortcutsAllowed())) return;
    if (onCanvas && (event.code === 'Enter' || event.code === 'NumpadEnter') && !event.repeat) {
      const { clientWidth, clientHeight } = this.deps.canvas;
      this.deps.pick(clientWidth / 2, clientHeight / 2);
      event.preventDefault();
      return;
    }
    if (onCanvas && event.code === 'KeyV' && !event.repeat) this.deps.toggleView();
    if (isMovementKey(event.code)) event.preventDefault();
    if (event.repeat) return;
    this.keys.press(event.code);
    this.steer();
  }

  private keyUp(event: KeyboardEvent): void {
    this.keys.release(event.code);
    this.steer();
  }

  private down(event: PointerEvent): void {
    const { canvas } = this.deps;
    canvas.focus({ preventScroll: true });
    // Capturing fails for a pointer that is gone again already: then there is nothing to follow.
    if (!event.isTrusted || event.pointerId >= 0) tryCapture(canvas, event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.pressed = this.pointers.size === 1 && event.button === 0 ? { x: event.clientX, y: event.clientY, at: event.timeStamp, moved: 0 } : null;
    this.pinch = this.spread();
  }

  private move(event: PointerEvent): void {
    const pointer = this.pointers.get(event.pointerId);
    if (pointer === undefined) {
      if (event.pointerType === 'mouse') this.deps.hover({ x: event.offsetX, y: event.offsetY });
      return;
    }
    const dx = event.clientX - pointer.x;
    const dy = event.clientY - pointer.y;
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    if (this.pointers.size > 1) {
      this.pinchMove();
      return;
    }
    if (this.pressed !== null) this.pressed.moved += Math.abs(dx) + Math.abs(dy);
    if (this.pressed !== null && this.pressed.moved < CLICK_SLOP) return;
    const turn = event.pointerType === 'mouse' ? MOUSE_TURN : TOUCH_TURN;
    // The scene follows the finger: dragging right turns left.
    this.deps.walker.look(dx * turn, dy * turn);
  }

  private up(event: PointerEvent): void {
    const { pressed } = this;
    this.drop(event);
    if (pressed === null || pressed.moved >= CLICK_SLOP || event.timeStamp - pressed.at > CLICK_MS) return;
    this.deps.pick(event.offsetX, event.offsetY);
  }

  private drop(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    this.pressed = null;
    this.pinch = this.spread();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.deps.zoom(Math.max(-1, Math.min(1, event.deltaY / (event.deltaMode === 0 ? 100 : 3))));
  }

  /** Distance of the first two pointers, CSS pixels. */
  private spread(): number {
    const [a, b] = this.pointers.values();
    return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
  }

  private pinchMove(): void {
    const spread = this.spread();
    const change = this.pinch - spread;
    if (Math.abs(change) < 30) return;
    this.pinch = spread;
    this.deps.zoom(Math.sign(change) * 0.6);
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

function tryCapture(canvas: HTMLCanvasElement, pointer: number): void {
  if (canvas.isConnected && !canvas.hasPointerCapture(pointer)) {
    try {
      canvas.setPointerCapture(pointer);
    } catch {
      // The pointer was lifted between the event and now; without capture, leaving the canvas ends the drag.
    }
  }
}
