/** The volume of a single person: what the listener's ears get is recorded while one of two speakers is turned down, and after a reload. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { SceneGround } from '../support/lines.ts';
import { BrowserPerson, until } from '../support/person.ts';
import { startTestServer } from '../support/server.ts';
import type { Guest, TestServer } from '../support/server.ts';
import { decibels, tone, toneAmplitude, writeWav } from '../support/sound.ts';

const ASSETS = fileURLToPath(new URL('../../assets', import.meta.url));
/** No multiples of each other. */
const LOUD_HERTZ = 1700;
const OTHER_HERTZ = 2500;
/** Recordings of the same tone differ by tenths; voices are coded with loss. */
const SAME_DB = 1.5;

interface Levels {
  /** Of the two tones, dBFS in the nearer ear. */
  readonly loud: number;
  readonly other: number;
}

let server: TestServer;
test.beforeAll(async () => {
  server = await startTestServer({ assets: ASSETS });
});
test.afterAll(() => server.stop());

async function levels(listener: BrowserPerson): Promise<Levels> {
  const { left, right, sampleRate } = await listener.record();
  const level = (hertz: number): number => Math.max(...[left, right].map((ear) => decibels(toneAmplitude(ear, hertz, sampleRate))));
  return { loud: level(LOUD_HERTZ), other: level(OTHER_HERTZ) };
}

/** Levels that two recordings in a row agree on: a voice that has just begun is not measured. */
async function steadyLevels(listener: BrowserPerson): Promise<Levels> {
  let last = await levels(listener);
  await until(async () => {
    const earlier = last;
    last = await levels(listener);
    const change = Math.max(Math.abs(last.loud - earlier.loud), Math.abs(last.other - earlier.other));
    return change < 0.3 ? null : `the levels still change by ${change.toFixed(1)} dB`;
  });
  return last;
}

/** Records until the loud one is heard as `isRight` wants it, and the other as before. */
async function recorded(listener: BrowserPerson, other: number, isRight: (loud: number) => boolean): Promise<void> {
  await until(async () => {
    const now = await levels(listener);
    const right = isRight(now.loud) && Math.abs(now.other - other) < SAME_DB;
    if (right) console.log(`now: ${now.loud.toFixed(1)} dBFS, the other: ${now.other.toFixed(1)} dBFS`);
    return right ? null : `the one who is turned down is at ${now.loud.toFixed(1)} dBFS, the other at ${now.other.toFixed(1)} (before: ${other.toFixed(1)})`;
  }, 30_000);
}

function volumeSlider(listener: BrowserPerson): ReturnType<BrowserPerson['page']['getByRole']> {
  return listener.page.getByRole('complementary').getByRole('slider', { name: 'Volume of Loud Speaker' });
}

async function openVolume(listener: BrowserPerson): Promise<void> {
  await listener.page.getByRole('button', { name: 'People', exact: true }).last().click();
  await listener.page.getByRole('complementary').getByRole('button', { name: /Loud Speaker/ }).first().click();
}

function heard(listener: BrowserPerson, speakers: readonly Guest[]): Promise<void> {
  return listener.see(({ slots }) => {
    const missing = speakers.find(({ person }) => !slots.some((slot) => slot.person === person.id && slot.level > 0.1));
    return missing === undefined ? null : `no voice of ${missing.person.name} arrives`;
  });
}

test('one person is turned down, the other stays as loud, and so it is after a reload', async () => {
  const scene = await SceneGround.open(join(ASSETS, 'scenes/geneva'));
  const row = scene.line('lounge', 2, 4);
  scene.dispose();
  const guests = [await server.inviteTo('geneva', row.near, { name: 'Loud Speaker' }), await server.inviteTo('geneva', row.far, { name: 'Other Speaker' })] as const;
  const listener = await BrowserPerson.open((await server.inviteTo('geneva', row.listener, { name: 'Listener' })).link);
  const speakers = [
    await BrowserPerson.open(guests[0].link, { microphoneWav: writeWav('loud', tone(LOUD_HERTZ)) }),
    await BrowserPerson.open(guests[1].link, { microphoneWav: writeWav('other', tone(OTHER_HERTZ)) }),
  ];
  try {
    await listener.enter(false);
    for (const speaker of speakers) await speaker.enter(true);
    await heard(listener, guests);
    const before = await steadyLevels(listener);
    console.log(`before: ${before.loud.toFixed(1)} dBFS, the other: ${before.other.toFixed(1)} dBFS`);
    expect(Math.min(before.loud, before.other), 'both are well heard').toBeGreaterThan(-40);

    await openVolume(listener);
    await volumeSlider(listener).fill('0.25');
    const quarter = before.loud + decibels(0.25);
    await recorded(listener, before.other, (loud) => Math.abs(loud - quarter) < SAME_DB);
    await volumeSlider(listener).fill('0');
    await recorded(listener, before.other, (loud) => loud < -70);

    await listener.page.reload();
    await listener.enter(false);
    await heard(listener, guests);
    await recorded(listener, before.other, (loud) => loud < -70);
    await openVolume(listener);
    await expect(volumeSlider(listener)).toHaveValue('0');
    await volumeSlider(listener).fill('1');
    await recorded(listener, before.other, (loud) => Math.abs(loud - before.loud) < SAME_DB);
  } finally {
    await Promise.all([listener, ...speakers].map((person) => person.close()));
  }
});
