/** Moving in the 3D view: by keys, by a click on the floor or on a person, and by the joystick of a touch screen. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { DiagnosticsReport } from '../../client/app/diagnostics.ts';
import { fieldOfView } from '../../client/world/camera/field-of-view.ts';
import type { Placement } from '../../shared/protocol/messages.ts';
import { STANDING_EYES } from '../../shared/rules/movement.ts';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
const WITH_VIEW = { textOnly: false, quality: 'low', view: 'third', language: 'en' } as const;
const APPEARANCE = { id: 'suit-short', skin: 0, hair: 0, garment1: 0, garment2: 0 };
/** Metres above the floor. */
const CHEST = 1.25;
/** Without a GPU the view takes its time to appear. */
const VIEW_MS = 90_000;

let server: TestServer;
test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
});
test.afterAll(() => server.stop());

async function inTheView(person: BrowserPerson): Promise<NonNullable<DiagnosticsReport['me']>> {
  await person.enter(false);
  await person.see(({ world }) => (world === 'ready' ? null : `the world is ${world}`), VIEW_MS);
  const { me } = await person.diagnostics();
  if (me === null) throw new Error('nobody entered');
  return me;
}

/** Waits until the person has come `metres` away from `from`. */
function walked(person: BrowserPerson, from: { x: number; z: number }, metres: number): Promise<void> {
  return person.see(({ me }) => {
    const distance = Math.hypot((me?.x ?? from.x) - from.x, (me?.z ?? from.z) - from.z);
    return distance >= metres ? null : `walked ${distance.toFixed(2)} of ${metres} m`;
  }, 30_000);
}

test('keys turn and walk; a click on the floor walks there', async () => {
  test.setTimeout(240_000);
  const guest = await server.invite();
  // Where open floor is to the right of the avatar's feet once one has turned a little to the left.
  const place = { scene: 'geneva', placement: { x: -2.2, y: 0, z: -4.4, yaw: Math.PI }, seat: '', appearance: APPEARANCE };
  await server.store.places.saveAll(new Map([[guest.person.id, place]]), Date.now());
  const person = await BrowserPerson.open(guest.link, { settings: WITH_VIEW });
  try {
    const start = await inTheView(person);
    await person.page.locator('canvas').focus();
    await person.page.keyboard.down('ArrowUp');
    await walked(person, start, 0.5);
    await person.page.keyboard.up('ArrowUp');

    const turned = (await person.diagnostics()).me?.yaw ?? 0;
    await person.page.keyboard.down('ArrowLeft');
    await person.see(({ me }) => (Math.abs((me?.yaw ?? turned) - turned) > 0.3 ? null : 'has not turned'));
    await person.page.keyboard.up('ArrowLeft');

    const before = (await person.diagnostics()).me ?? start;
    await person.page.locator('canvas').click({ position: { x: 470, y: 440 } });
    await walked(person, before, 0.4);
    expect([...person.foreignRequests, ...person.forbidden]).toEqual([]);
  } finally {
    await person.close();
  }
});

/** Where the chest of somebody who stands at `target` is in the picture of somebody who looks from `eyes` without tilt, in first person. CSS pixels. */
function inPicture(eyes: Placement, target: { x: number; z: number }, size: { width: number; height: number }): { x: number; y: number } {
  const [dx, dz] = [target.x - eyes.x, target.z - eyes.z];
  const ahead = dx * Math.sin(eyes.yaw) + dz * Math.cos(eyes.yaw);
  const right = -dx * Math.cos(eyes.yaw) + dz * Math.sin(eyes.yaw);
  const scale = size.height / 2 / Math.tan(fieldOfView(size.width / size.height) / 2);
  return { x: size.width / 2 + (right / ahead) * scale, y: size.height / 2 + ((STANDING_EYES - CHEST) / ahead) * scale };
}

function between(me: DiagnosticsReport['me'], other: { x: number; z: number }): { distance: number; off: number } {
  const [dx, dz] = [other.x - (me?.x ?? 0), other.z - (me?.z ?? 0)];
  const off = Math.atan2(dx, dz) - (me?.yaw ?? 0);
  return { distance: Math.hypot(dx, dz), off: Math.abs(Math.atan2(Math.sin(off), Math.cos(off))) };
}

test('a click on a person walks up to them and faces them', async () => {
  test.setTimeout(240_000);
  const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  const { far, listener: goal } = scene.line('lounge', 2, 4);
  scene.dispose();
  const [guest, other] = [await server.invite(), await server.invite()];
  // Beside the middle of the picture, so that one has to turn.
  const start = { ...far, yaw: Math.atan2(goal.x - far.x, goal.z - far.z) + 0.25 };
  await server.store.places.saveAll(new Map([
    [guest.person.id, { scene: 'geneva', placement: start, seat: '', appearance: APPEARANCE }],
    [other.person.id, { scene: 'geneva', placement: goal, seat: '', appearance: APPEARANCE }],
  ]), Date.now());
  const standing = await BrowserPerson.open(other.link);
  const walking = await BrowserPerson.open(guest.link, { settings: { ...WITH_VIEW, view: 'first' } });
  try {
    await standing.enter(false);
    const me = await inTheView(walking);
    await walking.see(({ people }) => (people.some(({ id }) => id === other.person.id) ? null : 'the other is not there'));
    const canvas = walking.page.locator('canvas');
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('there is no picture');
    const { x, y } = inPicture(me, goal, box);
    await until(async () => {
      await walking.page.mouse.move(box.x + x, box.y + y);
      return (await canvas.evaluate((element) => element.style.cursor)) === 'pointer' ? null : 'nobody is under the pointer';
    }, VIEW_MS);
    await walking.page.mouse.click(box.x + x, box.y + y);
    await walking.see((seen) => {
      const { distance, off } = between(seen.me, goal);
      return distance < 1.6 && off < 0.1 && seen.me?.posture === 'standing' ? null : `${distance.toFixed(2)} m away, looking ${off.toFixed(2)} rad past them, ${seen.me?.posture}`;
    }, 40_000);
    expect(between((await walking.diagnostics()).me, goal).distance, 'not in their face').toBeGreaterThan(1);
  } finally {
    await Promise.all([standing.close(), walking.close()]);
  }
});

test('a touch screen has a joystick that walks', async () => {
  test.setTimeout(240_000);
  const person = await BrowserPerson.open((await server.invite()).link, { settings: WITH_VIEW, touch: true, viewport: { width: 390, height: 844 } });
  try {
    const start = await inTheView(person);
    const box = await person.page.locator('.joystick').boundingBox();
    if (box === null) throw new Error('there is no joystick');
    const { x, y } = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const touch = await person.context.newCDPSession(person.page);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y - 35 }] });
    await walked(person, start, 0.5);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await person.see(({ me }) => (me?.posture === 'standing' ? null : `still ${me?.posture}`));
  } finally {
    await person.close();
  }
});
