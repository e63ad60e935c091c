/** What the members of a private talk have between them, among real browsers: a picture of somebody's screen, and notes. What goes over the relay, and to whom, is counted. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { fitsAcross, PHONE, pressOn, told } from '../support/by-hand.ts';
import { idOf, useLounge } from '../support/lounge.ts';
import type { Somebody } from '../support/lounge.ts';
import { until } from '../support/person.ts';
import type { PersonOptions } from '../support/person.ts';
import { gather, openTalks, talkPanel } from '../support/private-talk.ts';

/** Between somebody's word and the last packet that it ends. */
const LAST_PACKET_MS = 300;
/** The browser chooses its own page to be shown, without asking. */
const SHARES: PersonOptions = { browserArgs: ['--auto-accept-this-tab-capture', '--auto-select-desktop-capture-source=Entire screen', '--auto-select-tab-capture-source-by-title=Plenum'] };

const { server, comeIn } = useLounge();

/** Packets of pictures that the relay has sent to somebody, by who shows. */
async function sentTo(viewer: Somebody): Promise<Readonly<Record<string, number>>> {
  return (await server().relay.pictures.counters()).find(({ peer }) => peer === idOf(viewer))?.packetsFrom ?? {};
}

/** Frames that the picture has had, and the colours in it, coarsely. */
function look({ page }: Somebody): Promise<{ frames: number; width: number; colours: number } | null> {
  return page.locator('video.screen-view__video').evaluate((video: HTMLVideoElement) => {
    const canvas = new OffscreenCanvas(64, 36);
    const context = canvas.getContext('2d');
    if (context === null || video.videoWidth === 0) return null;
    context.drawImage(video, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 64, 36);
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += 4) colours.add(((data[at] ?? 0) >> 5) * 64 + ((data[at + 1] ?? 0) >> 5) * 8 + ((data[at + 2] ?? 0) >> 5));
    return { frames: video.getVideoPlaybackQuality().totalVideoFrames, width: video.videoWidth, colours: colours.size };
  });
}

/** Something moves on the page of whoever shares it. */
async function moveSomething({ page }: Somebody): Promise<void> {
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.setAttribute('aria-hidden', 'true');
    box.style.cssText = 'position:fixed;inset:0 auto auto 0;width:120px;height:120px;z-index:99;pointer-events:none';
    document.body.append(box);
    let hue = 0;
    setInterval(() => { box.style.background = `hsl(${hue = (hue + 37) % 360} 90% 50%)`; }, 100);
  });
}

async function seesMovement(viewer: Somebody): Promise<{ frames: number; width: number; colours: number }> {
  let first = -1;
  let seen = { frames: 0, width: 0, colours: 0 };
  await until(async () => {
    const now = await look(viewer);
    if (now === null) return 'there is no picture';
    if (first < 0) first = now.frames;
    seen = now;
    return now.frames > first + 5 && now.colours > 3 ? null : `${now.frames} frames, ${now.colours} colours`;
  }, 25_000);
  return seen;
}

test('a screen is seen by the talk and by nobody else, and no more within 300 ms of a leave', async () => {
  const [anna, ben, eve] = await Promise.all([comeIn('Anna Keller', 0, 0, SHARES), comeIn('Ben Okafor', -1.2, 0, PHONE), comeIn('Eve Novak', 1)]);
  await gather(anna, ben);
  await moveSomething(anna);
  const mine = anna.page.getByRole('region', { name: 'You are sharing your screen with this talk.' });
  const view = ben.page.getByRole('region', { name: 'Anna Keller shares a screen' });
  await test.step('shared and ended by keyboard alone, seen on a phone, and told', async () => {
    await openTalks(anna);
    await pressOn(anna, 'button', /^Share a screen$/);
    await told(anna, 'You are sharing your screen with this talk.', 'assertive');
    await told(ben, 'Anna Keller shares a screen');
    await expect(view).toMatchAriaSnapshot(`
      - region "Anna Keller shares a screen":
        - button "Larger"
        - button "Full screen"
        - button "Close the picture"
    `);
    await seesMovement(ben);
    for (const size of ['Larger', 'Smaller']) {
      await fitsAcross(view);
      await view.getByRole('button', { name: size }).tap();
    }
    expect(await accessibilityFaults(ben.page, '.screen-view')).toEqual([]);
    expect(await accessibilityFaults(anna.page)).toEqual([]);
    await pressOn(anna, 'button', /^Stop sharing$/);
    await told(anna, 'The screen is not shared any more.');
    await told(ben, 'The screen is not shared any more.');
    await expect(view).toBeHidden();
    await pressOn(anna, 'button', /^Share a screen$/);
  });
  await expect(mine).toBeVisible();
  await openTalks(ben);
  const seen = await seesMovement(ben);
  console.log(`Ben sees ${seen.width} pixels across, ${seen.frames} frames, ${(await sentTo(ben))[idOf(anna)] ?? 0} packets`);
  expect((await sentTo(ben))[idOf(anna)]).toBeGreaterThan(0);
  expect(await sentTo(eve), 'nothing of it goes to a bystander').toEqual({});
  expect((await server().relay.pictures.counters()).map(({ peer }) => peer).sort()).toEqual([idOf(anna), idOf(ben)].sort());
  await expect(eve.page.locator('video')).toHaveCount(0);

  // The picture is closed and opened again, by keyboard.
  await view.getByRole('button', { name: 'Close the picture' }).press('Enter');
  await expect(view).toBeHidden();
  await talkPanel(ben).getByRole('button', { name: 'Show the picture' }).press('Enter');
  await seesMovement(ben);

  // The relay's process dies: all come back.
  const { pid } = server().relay as { pid?: number };
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await until(async () => (((await sentTo(ben).catch(() => ({}))) as Record<string, number>)[idOf(anna)] ?? 0) > 20 ? null : 'nothing comes since the relay died');

  // From the leave on: counted at the relay until nothing has come for a second.
  const count = async (): Promise<number> => (await server().relay.pictures.counters()).reduce((sum, { packetsOut }) => sum + packetsOut, 0);
  let last = await count();
  await until(async () => ((await count()) > last + 5 ? null : 'nothing moves any more'));
  last = await count();
  let at = Date.now();
  const pressing = talkPanel(ben).getByRole('button', { name: 'Leave the talk' }).evaluate((element: HTMLElement) => {
    const now = Date.now();
    element.click();
    return now;
  });
  await until(async () => {
    const now = await count();
    if (now > last) at = Date.now();
    last = now;
    return Date.now() - at > 1000 ? null : 'packets still come';
  });
  const took = at - await pressing;
  console.log(`from "leave" to the last packet of the picture: ${took} ms`);
  expect(took).toBeLessThanOrEqual(LAST_PACKET_MS);
  await expect(view).toBeHidden();
  await expect(mine).toBeHidden();
  await until(async () => ((await server().relay.pictures.counters()).length === 0 ? null : 'a connection for the picture is left'));
});

test('the group writes notes together, by keyboard and on a phone; a newcomer has them, any member takes them along, and leaving is the end of them', async () => {
  const [anna, ben, cec] = await Promise.all([comeIn('Anna Keller', 0), comeIn('Ben Okafor', -1.2, 0, PHONE), comeIn('Cec Moreau', 1)]);
  await gather(anna, ben);
  const field = ({ page }: Somebody): Locator => page.getByRole('textbox', { name: 'Notes' });
  await openTalks(anna);
  await pressOn(anna, 'button', /^Notes$/);
  await pressOn(anna, 'textbox', /^Notes$/, null);
  await anna.page.keyboard.type('Article 4\n');
  await expect(field(anna)).toHaveAccessibleDescription(/Everybody in the talk writes here at once\./);
  await told(ben, 'The group is taking notes.');
  await openTalks(ben);
  await talkPanel(ben).getByRole('button', { name: 'Notes', exact: true }).tap();
  await expect(field(ben)).toHaveValue('Article 4\n');
  await fitsAcross(talkPanel(ben));
  expect(await accessibilityFaults(ben.page, '#panel-talk')).toEqual([]);
  // Both write at once.
  await field(ben).press('Control+End');
  await Promise.all([anna.page.keyboard.type('from the top'), field(ben).pressSequentially('المادة ٤')]);
  await expect(field(anna)).toHaveValue(/from the top/);
  await expect(field(anna)).toHaveValue(/المادة ٤/);
  await expect(field(ben)).toHaveValue(await field(anna).inputValue());

  await gather(anna, cec);
  await openTalks(anna);
  await openTalks(cec);
  await pressOn(cec, 'button', /^Notes$/);
  await expect(field(cec)).toHaveValue(await field(anna).inputValue());
  expect(await accessibilityFaults(cec.page)).toEqual([]);
  const downloading = cec.page.waitForEvent('download');
  await pressOn(cec, 'button', /^Export as text$/);
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^Notes \d{4}-\d\d-\d\d \d\d\.\d\d\.txt$/);
  expect(await readFile(await download.path(), 'utf8')).toBe(await field(anna).inputValue());

  await talkPanel(cec).getByRole('button', { name: 'Leave the talk' }).press('Enter');
  await expect(field(cec)).toBeHidden();
  await expect(field(anna)).toHaveValue(/Article 4/);
});
