/** An emulated headset in a real browser: Meta Quest 3 by the Immersive Web Emulation Runtime, with two controllers and two hands, moved from the test. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { XRDevice } from 'iwer';
import { LAYERS_SCRIPT } from './headset-layers.ts';
import { until } from './person.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Two eyes side by side as the real thing draws them, or one (half the pixels, for tests that look at nothing). `layers`: it also has those that both eyes are drawn into in one pass. */
export function headsetScript(eyes: 1 | 2 = 1, layers = false): string {
  const runtime = readFileSync(new URL('../../node_modules/iwer/build/iwer.min.js', import.meta.url), 'utf8');
  return `${runtime};
    {
      const quest = { ...IWER.metaQuest3, supportedFeatures: [...IWER.metaQuest3.supportedFeatures${layers ? ", 'layers'" : ''}] };
      const device = new IWER.XRDevice(quest, { stereoEnabled: ${eyes === 2} });
      // Installed though the browser has WebXR (without a device).
      device.installRuntime({ forceInstall: true });
      // The runtime expects a matrix where the standard hands over a transform.
      const offset = XRReferenceSpace.prototype.getOffsetReferenceSpace;
      XRReferenceSpace.prototype.getOffsetReferenceSpace = function (transform) { return offset.call(this, transform.matrix ?? transform); };
      device.position.set(0, 1.6, 0);
      window.emulator = device;
    }${layers ? LAYERS_SCRIPT : ''}`;
}

/** What of the page's window the functions below use. */
type Emulated = { emulator: XRDevice };

/** Moves the head: place in the real room, metres; yaw to the left and pitch up, radians. */
export function moveHead(page: Page, { x, y, z }: Place, yaw = 0, pitch = 0): Promise<void> {
  return page.evaluate(([px, py, pz, a, b]) => {
    const { emulator } = window as unknown as Emulated;
    emulator.position.set(px, py, pz);
    const [sy, cy, sx, cx] = [Math.sin(a / 2), Math.cos(a / 2), Math.sin(b / 2), Math.cos(b / 2)];
    emulator.quaternion.set(cy * sx, sy * cx, -sy * sx, cy * cx);
  }, [x, y, z, yaw, pitch] as const);
}

/** Puts a controller (or a bare hand) somewhere in the room, turned likewise: its ray leaves along -Z. */
export function moveHand(page: Page, side: 'left' | 'right', { x, y, z }: Place, { yaw = 0, pitch = 0, bare = false }: { yaw?: number; pitch?: number; bare?: boolean } = {}): Promise<void> {
  return page.evaluate(([which, hand, px, py, pz, a, b]) => {
    const { emulator } = window as unknown as Emulated;
    const input = (hand ? emulator.hands : emulator.controllers)[which];
    if (input === undefined) throw new Error(`no ${which} hand`);
    input.position.set(px, py, pz);
    const [sy, cy, sx, cx] = [Math.sin(a / 2), Math.cos(a / 2), Math.sin(b / 2), Math.cos(b / 2)];
    input.quaternion.set(cy * sx, sy * cx, -sy * sx, cy * cx);
  }, [side, bare, x, y, z, yaw, pitch] as const);
}

/** Pushes a stick: to the right, and towards the body, -1..1. */
export function pushStick(page: Page, side: 'left' | 'right', x: number, y: number): Promise<void> {
  return page.evaluate(([which, ax, ay]) => { (window as unknown as Emulated).emulator.controllers[which]?.updateAxes('thumbstick', ax, ay); }, [side, x, y] as const);
}

/** Presses or lets go a button of a controller: `trigger`, `squeeze`, `a-button`, `b-button`, `x-button`, `y-button`. */
export function setButton(page: Page, side: 'left' | 'right', button: string, pressed: boolean): Promise<void> {
  return page.evaluate(([which, name, value]) => { (window as unknown as Emulated).emulator.controllers[which]?.updateButtonValue(name, value ? 1 : 0); }, [side, button, pressed] as const);
}

export function pinch(page: Page, side: 'left' | 'right', closed: boolean): Promise<void> {
  return page.evaluate(([which, value]) => { (window as unknown as Emulated).emulator.hands[which]?.updatePinchValue(value ? 1 : 0); }, [side, closed] as const);
}

/** Lays the controllers aside, or takes them up again. */
export function takeBareHands(page: Page, bare: boolean): Promise<void> {
  return page.evaluate((hands) => { (window as unknown as Emulated).emulator.primaryInputMode = hands ? 'hand' : 'controller'; }, bare);
}

/** Lets so many frames be drawn. */
export async function frames(page: Page, count: number): Promise<void> {
  const drawn = (): Promise<number> => page.evaluate(() => (window as unknown as { plenum: { headset(): { frames: number } | null } }).plenum.headset()?.frames ?? -1);
  const from = await drawn();
  await until(async () => {
    const now = await drawn();
    return now < 0 ? 'no headset is worn' : now >= from + count ? null : `${now - from} of ${count} frames`;
  }, 60_000);
}

interface RoomTarget extends Place {
  readonly panel: string;
  readonly id: string;
  readonly text: string;
}

/** What can be pressed on panels now. */
export function headsetTargets(page: Page): Promise<readonly RoomTarget[]> {
  return page.evaluate(() => (window as unknown as { plenum: { headsetTargets(): readonly RoomTarget[] } }).plenum.headsetTargets());
}

/** Where tests hold the right controller to point. */
const POINTING: Place = { x: 0.15, y: 1.3, z: -0.15 };

/** Turns the ray of a controller, held at `from`, towards a place of the room. */
export async function pointAt(page: Page, side: 'left' | 'right', to: Place, from = POINTING): Promise<void> {
  const [dx, dy, dz] = [to.x - from.x, to.y - from.y, to.z - from.z];
  await moveHand(page, side, from, { yaw: Math.atan2(-dx, -dz), pitch: Math.atan2(dy, Math.hypot(dx, dz)) });
}

/** Pulls the trigger of a controller once. `leaves`: that ends the session, and no frame follows. */
export async function pullTrigger(page: Page, side: 'left' | 'right' = 'right', leaves = false): Promise<void> {
  await setButton(page, side, 'trigger', true);
  await frames(page, 2);
  await setButton(page, side, 'trigger', false);
  if (!leaves) await frames(page, 2);
}

/** Waits until something is to be pressed. `which`: its id, or what it says. */
export async function offers(page: Page, which: string | RegExp): Promise<RoomTarget> {
  let found: RoomTarget | undefined;
  await until(async () => {
    const all = await headsetTargets(page);
    found = all.find(({ id, text }) => (typeof which === 'string' ? id === which : which.test(text)));
    return found !== undefined ? null : `${String(which)} is not to be pressed: ${all.map(({ panel, id }) => `${panel} ${id}`).join(', ')}`;
  });
  return found as RoomTarget;
}

/** Points at something on a panel and pulls the trigger, as a person does. */
export async function pressPanel(page: Page, which: string | RegExp, leaves = false): Promise<void> {
  // It may follow the head for a moment yet.
  let last = await offers(page, which);
  await until(async () => {
    await pointAt(page, 'right', last);
    await frames(page, 2);
    const now = await offers(page, which);
    const moved = Math.hypot(now.x - last.x, now.y - last.y, now.z - last.z);
    last = now;
    return moved < 0.005 ? null : `${String(which)} still moves, ${moved.toFixed(3)} m`;
  });
  await pullTrigger(page, 'right', leaves);
}

/** Presses the menu button once: the menu comes, or goes. */
export async function pressMenu(page: Page): Promise<void> {
  await setButton(page, 'left', 'y-button', true);
  await frames(page, 2);
  await setButton(page, 'left', 'y-button', false);
  await frames(page, 2);
}
