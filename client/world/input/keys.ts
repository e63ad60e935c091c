/** What the held keys wish for. */
export interface KeyWish {
  forward: number;
  right: number;
  running: boolean;
  /** -1..1: turn to the left is positive, look up is positive. */
  turn: number;
  tilt: number;
}

const KEYS: ReadonlyMap<string, (wish: KeyWish) => void> = new Map([
  ['KeyW', (w: KeyWish) => { w.forward += 1; }],
  ['ArrowUp', (w: KeyWish) => { w.forward += 1; }],
  ['KeyS', (w: KeyWish) => { w.forward -= 1; }],
  ['ArrowDown', (w: KeyWish) => { w.forward -= 1; }],
  ['KeyA', (w: KeyWish) => { w.right -= 1; }],
  ['KeyD', (w: KeyWish) => { w.right += 1; }],
  ['ArrowLeft', (w: KeyWish) => { w.turn += 1; }],
  ['KeyQ', (w: KeyWish) => { w.turn += 1; }],
  ['ArrowRight', (w: KeyWish) => { w.turn -= 1; }],
  ['KeyE', (w: KeyWish) => { w.turn -= 1; }],
  ['PageUp', (w: KeyWish) => { w.tilt += 1; }],
  ['PageDown', (w: KeyWish) => { w.tilt -= 1; }],
  ['ShiftLeft', (w: KeyWish) => { w.running = true; }],
  ['ShiftRight', (w: KeyWish) => { w.running = true; }],
]);

export function isMovementKey(code: string): boolean {
  return KEYS.has(code) && !code.startsWith('Shift');
}

/** The keys that are down, by their place on the keyboard (`KeyboardEvent.code`), so that WASD is ZQSD on a French one. */
export class HeldKeys {
  private readonly down = new Set<string>();
  readonly wish: KeyWish = { forward: 0, right: 0, running: false, turn: 0, tilt: 0 };

  press(code: string): void {
    if (KEYS.has(code)) {
      this.down.add(code);
      this.read();
    }
  }

  release(code: string): void {
    if (this.down.delete(code)) this.read();
  }

  /** The window lost the keyboard: key-ups will not come. */
  releaseAll(): void {
    this.down.clear();
    this.read();
  }

  private read(): void {
    const { wish } = this;
    wish.forward = wish.right = wish.turn = wish.tilt = 0;
    wish.running = false;
    for (const code of this.down) KEYS.get(code)?.(wish);
    wish.forward = Math.sign(wish.forward);
    wish.right = Math.sign(wish.right);
    wish.turn = Math.sign(wish.turn);
    wish.tilt = Math.sign(wish.tilt);
  }
}
