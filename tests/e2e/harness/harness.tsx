import { signal } from '@preact/signals';
import type { TalkState } from '../../../shared/protocol/talks.ts';
import type { DeviceCheck, VenueActions } from '../../../client/app/contracts.ts';
import { changeSettings } from '../../../client/app/settings.ts';
import { store } from '../../../client/app/store.ts';
import { mountUi } from '../../../client/ui/index.tsx';
import * as state from '../../../client/ui/state.ts';
import { CHAT, ME, MOSAIC_CELLS, NEARBY, PEOPLE, SCENE, SESSION, SPONSORS } from './fixtures.ts';
import { beInVenue } from './in-venue.ts';

/**
 * The UI alone, over the real store, for screenshots and accessibility checks: the test writes the store through `window.harness`
 * and reads back which actions were called.
 */
const calls: { readonly name: string; readonly args: readonly unknown[] }[] = [];

const actions = new Proxy({}, {
  get: (_target, name: string) => (...args: unknown[]): unknown => {
    calls.push({ name, args });
    if (name === 'changeSettings') changeSettings(args[0] as Parameters<VenueActions['changeSettings']>[0]);
    return name === 'volumeOf' ? 1 : undefined;
  },
}) as VenueActions;

const micState = signal<DeviceCheck['state']['value']>('idle');
const level = signal(0);
const devices = signal<{ id: string; label: string }[]>([{ id: 'usb', label: 'Conference headset (USB)' }]);

const deviceCheck: DeviceCheck = {
  state: micState,
  microphones: devices,
  speakers: devices,
  level,
  start: () => {
    calls.push({ name: 'deviceCheck.start', args: [] });
    return Promise.resolve();
  },
  playTestSound: () => {
    calls.push({ name: 'deviceCheck.playTestSound', args: [] });
    return Promise.resolve();
  },
  stop: () => undefined,
};

/** A room in perspective, so that what floats over the 3D view is judged over something. */
function paintRoom(host: HTMLElement): void {
  const canvas = document.createElement('canvas');
  canvas.width = 1600;
  canvas.height = 1000;
  canvas.tabIndex = 0;
  host.append(canvas);
  const context = canvas.getContext('2d');
  if (context === null) return;
  const sky = context.createLinearGradient(0, 0, 0, 1000);
  sky.addColorStop(0, '#e8e2d6');
  sky.addColorStop(0.52, '#b9cfdf');
  sky.addColorStop(0.53, '#a98a68');
  sky.addColorStop(1, '#5d4634');
  context.fillStyle = sky;
  context.fillRect(0, 0, 1600, 1000);
  context.strokeStyle = 'rgb(255 255 255 / 0.25)';
  for (let x = -3200; x <= 4800; x += 320) {
    context.beginPath();
    context.moveTo(800, 520);
    context.lineTo(x, 1000);
    context.stroke();
  }
}

function enterVenue(): void {
  beInVenue(null);
  store.media.value = 'live';
  store.world.value = { kind: 'ready' };
  store.mosaics.value = new Map([['star', MOSAIC_CELLS]]);
  store.sponsors.value = SPONSORS;
  store.phase.value = { kind: 'venue' };
}

/** Puts people on a guided tour; `guide` may be `me`. */
function tour(guide: string, members: readonly string[]): void {
  store.people.value = new Map([...store.people.peek()].map(([id, person]) => [id, id === guide || members.includes(id) ? { ...person, guide } : person]));
  store.nearby.value = store.nearby.peek().map((near) => ({ ...near, person: store.people.peek().get(near.person.id) ?? near.person }));
}

/** Somebody guides a tour that I am not on. */
function others(guide: string): void {
  tour(guide, []);
}

/** Puts people into a private talk; I am the host. Two more ask to be let in, and one was asked. */
function talk(members: readonly string[]): void {
  store.talk.value = {
    id: 't1', kind: 'dome', host: 'me', named: true, locked: false, members: ['me', ...members].map((id, i) => ({ id, hand: i === 1 ? 1 : 0 })),
    invited: [{ id: 'p6', answer: 'later' }], knocking: [],
  } as unknown as TalkState;
  inTalk('t1', ['me', ...members]);
}

/** Others see these people in a talk. */
function inTalk(id: string, members: readonly string[]): void {
  store.people.value = new Map([...store.people.value].map(([key, person]) => [key, members.includes(key) ? { ...person, talk: id } : person]));
  store.nearby.value = store.nearby.value.map((near) => ({ ...near, person: store.people.value.get(near.person.id) ?? near.person }));
  store.domes.value = {
    scene: store.scene.value?.id ?? '',
    domes: [...store.domes.value.domes, { talk: id, x: 0, y: 0, z: 0, radius: 2, count: members.length, named: true, locked: false }],
  };
}

/** The group has written notes. */
async function notes(text: string): Promise<void> {
  const [{ Notes }, { notesStatus }] = await Promise.all([import('../../../client/notes/notes.ts'), import('../../../client/app/talks/notes-status.ts')]);
  const pad = new Notes({ post: () => undefined, rank: () => 0 }, 0);
  const field = document.createElement('textarea');
  pad.bind(field);
  field.value = text;
  field.dispatchEvent(new InputEvent('input'));
  notesStatus.value = { state: 'ready', pad };
}

/** Somebody shares a screen with my talk; what is on it is painted here. */
async function screen(by: string): Promise<void> {
  const { screenStatus } = await import('../../../client/app/talks/screen-status.ts');
  const canvas = document.createElement('canvas');
  canvas.width = 1280;
  canvas.height = 720;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.fillStyle = '#f4f4ee';
  context.fillRect(0, 0, 1280, 720);
  context.fillStyle = '#1b3a57';
  context.font = '48px sans-serif';
  context.fillText('Draft decision, revision 3', 80, 120);
  for (let line = 0; line < 8; line += 1) context.fillRect(80, 190 + line * 56, 1120 - (line % 3) * 210, 14);
  screenStatus.value = { share: 1, by, state: 'live', picture: canvas.captureStream(1) };
}

const harness = { store, state, micState, level, changeSettings, enterVenue, tour, others, talk, inTalk, notes, screen, calls, fixtures: { CHAT, ME, NEARBY, PEOPLE, SCENE, SESSION } };
export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
  }
}

window.harness = harness;
const root = document.getElementById('app');
if (root !== null) mountUi(root, { actions, deviceCheck, canvasHost: paintRoom, onJoystick: (forward, right) => { calls.push({ name: 'joystick', args: [forward, right] }); } });
