// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Walker } from '../../app/contracts.ts';
import { Controls } from './controls.ts';

interface Log {
  intents: (readonly [number, number, boolean])[];
  looks: (readonly [number, number])[];
  picks: (readonly [number, number])[];
  zooms: number[];
  toggles: number;
}

let canvas: HTMLCanvasElement;
let log: Log;
let controls: Controls;
let shortcuts: boolean;

const walker = (): Walker => ({
  pose: { id: 'me', index: 0, x: 0, y: 0, z: 0, yaw: 0, pitch: 0, posture: 'standing', gesture: 'none', speaking: false, speed: 0, body: null },
  seat: signal(''),
  destination: signal(null),
  setIntent: (forward, right, running) => { log.intents.push([forward, right, running]); },
  look: (yaw, pitch) => { log.looks.push([yaw, pitch]); },
  walkTo: () => true,
  stop: () => undefined,
  advance: () => undefined,
});

function key(type: 'keydown' | 'keyup', code: string, target: EventTarget = document.body, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent(type, { code, bubbles: true, cancelable: true, ...more }));
}

function pointer(type: string, x: number, y: number, more: PointerEventInit = {}): void {
  canvas.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', bubbles: true, ...more }));
}

beforeEach(() => {
  document.body.replaceChildren();
  canvas = document.createElement('canvas');
  canvas.tabIndex = 0;
  document.body.append(canvas);
  log = { intents: [], looks: [], picks: [], zooms: [], toggles: 0 };
  shortcuts = true;
  controls = new Controls({
    canvas, walker: walker(), shortcutsAllowed: () => shortcuts, zoom: (notches) => { log.zooms.push(notches); }, toggleView: () => { log.toggles += 1; },
    pick: (x, y) => { log.picks.push([x, y]); }, hover: () => undefined,
  });
});
afterEach(() => controls.dispose());

describe('keys', () => {
  it('steer while they are held, together and apart', () => {
    key('keydown', 'KeyW');
    key('keydown', 'KeyD');
    key('keydown', 'ShiftLeft');
    key('keyup', 'KeyW');
    key('keyup', 'KeyD');
    expect(log.intents).toEqual([[1, 0, false], [1, 1, false], [1, 1, true], [0, 1, true], [0, 0, true]]);
  });

  it('turn at the same pace whatever the frame rate', () => {
    key('keydown', 'ArrowLeft');
    for (let i = 0; i < 60; i += 1) controls.update(1 / 60);
    const quick = log.looks.reduce((sum, [yaw]) => sum + yaw, 0);
    log.looks.length = 0;
    for (let i = 0; i < 5; i += 1) controls.update(1 / 5);
    expect(log.looks.reduce((sum, [yaw]) => sum + yaw, 0)).toBeCloseTo(quick, 9);
    expect(quick).toBeGreaterThan(0);
  });

  it('do not steer while somebody types, or when shortcuts are off; on the canvas they always do', () => {
    const field = document.createElement('input');
    document.body.append(field);
    key('keydown', 'KeyW', field);
    shortcuts = false;
    key('keydown', 'KeyA');
    key('keydown', 'KeyS', canvas, { ctrlKey: true });
    expect(log.intents).toEqual([]);
    key('keydown', 'KeyW', canvas);
    expect(log.intents).toEqual([[1, 0, false]]);
  });

  it('are let go when the window loses the keyboard', () => {
    key('keydown', 'KeyW');
    window.dispatchEvent(new Event('blur'));
    expect(log.intents.at(-1)).toEqual([0, 0, false]);
    log.looks.length = 0;
    controls.update(1);
    expect(log.looks).toEqual([]);
  });

  it('pick what is in the middle, and change the view', () => {
    key('keydown', 'Enter', canvas);
    key('keydown', 'KeyV', canvas);
    key('keydown', 'Enter');
    expect([log.picks.length, log.toggles]).toEqual([1, 1]);
  });

  it('leave a joystick on the page alone', () => {
    key('keydown', 'ArrowLeft');
    key('keyup', 'ArrowLeft');
    expect(log.intents).toEqual([]);
  });
});

describe('the pointer', () => {
  it('picks by a click and looks by a drag', () => {
    pointer('pointerdown', 100, 100, { button: 0 });
    pointer('pointerup', 102, 101);
    expect(log.picks.length).toBe(1);
    pointer('pointerdown', 100, 100, { button: 0 });
    pointer('pointermove', 160, 100);
    pointer('pointermove', 220, 130);
    pointer('pointerup', 220, 130);
    expect(log.picks.length).toBe(1);
    const turned = log.looks.reduce((sum, [yaw]) => sum + yaw, 0);
    expect(turned).toBeGreaterThan(0.2);
  });

  it('zooms by the wheel and by a pinch', () => {
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: 100, cancelable: true }));
    expect(log.zooms).toEqual([1]);
    pointer('pointerdown', 100, 100, { pointerType: 'touch', pointerId: 1 });
    pointer('pointerdown', 200, 100, { pointerType: 'touch', pointerId: 2 });
    pointer('pointermove', 260, 100, { pointerType: 'touch', pointerId: 2 });
    expect(log.zooms.at(-1)).toBeLessThan(0);
    expect(log.looks).toEqual([]);
  });
});

describe('dispose', () => {
  it('leaves no listener behind', () => {
    key('keydown', 'KeyW');
    controls.dispose();
    log.intents.length = 0;
    key('keydown', 'KeyS');
    key('keydown', 'KeyW', canvas);
    pointer('pointerdown', 10, 10, { button: 0 });
    pointer('pointerup', 10, 10);
    expect([log.intents.length, log.picks.length]).toEqual([0, 0]);
  });
});
