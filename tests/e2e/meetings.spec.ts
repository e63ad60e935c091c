/** A side meeting by appointment among real browsers: booked, refused where the room is taken, entered from a reminder, and closed to whoever is not invited. */
import { expect, test } from '@playwright/test';
import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import { accessibilityFaults } from '../support/accessibility.ts';
import { HEARD, idOf, SILENT, tonesAt, useLounge } from '../support/lounge.ts';
import type { Somebody } from '../support/lounge.ts';
import type { PersonOptions } from '../support/person.ts';
import { talkBar } from '../support/private-talk.ts';

const MINUTE = 60_000;
const SUBJECT = 'Article 9, informal';
/** In front of the door of the Rhône room, looking in. */
const AT_THE_DOOR = { x: 13.6, y: 0, z: -2.9, yaw: Math.PI / 2 };

/** The 3D view, in a small window: what takes time is the pixels. */
const WITH_VIEW: PersonOptions = { settings: { textOnly: false, quality: 'low', view: 'first', motion: 'reduced' }, viewport: { width: 640, height: 480 } };

const { comeIn } = useLounge();

const panel = ({ page }: Somebody): Locator => page.getByRole('complementary', { name: 'Meetings' });

/** By keyboard, as everything here. */
async function openMeetings(somebody: Somebody): Promise<void> {
  await somebody.page.locator('#venue-title').focus();
  await somebody.page.keyboard.press('r');
  await expect(panel(somebody)).toBeVisible();
}

async function fill(somebody: Somebody, subject: string, start: number): Promise<void> {
  const book = panel(somebody).getByRole('button', { name: 'Book a meeting' });
  await expect(book).toBeEnabled();
  await book.press('Enter');
  const time = new Date(start);
  await panel(somebody).getByLabel('Subject', { exact: true }).fill(subject);
  await panel(somebody).getByLabel('Day', { exact: true }).fill(time.toLocaleDateString('sv-SE'));
  await panel(somebody).getByLabel('Begins at', { exact: true }).fill(time.toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' }));
}

/** dBFS. */
const heardBy = async (listener: Somebody, speaker: Somebody): Promise<number> => Math.max(...await tonesAt(listener, [speaker]));

/** At 320 pixels nothing has to be scrolled sideways (WCAG 1.4.10). */
async function fitsANarrowWindow({ page }: Somebody): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const wide = await page.locator('#panel-meetings *').evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().right > 320.5 && getComputedStyle(each).position !== 'absolute').map(({ className, tagName }) => `${tagName} ${className}`));
  expect(wide).toEqual([]);
  if (before !== null) await page.setViewportSize(before);
}

/** Share of pale pixels in the middle of the window, 0 to 1: the padlocks in a closed doorway are the only thing there that is. */
async function paleShare({ page }: Somebody): Promise<number> {
  const picture = await page.screenshot({ clip: { x: 150, y: 180, width: 340, height: 150 }, timeout: 60_000 });
  const { data } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let pale = 0;
  for (let at = 0; at < data.length; at += 3) if (Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > 195) pale += 1;
  return pale / (data.length / 3);
}

const jumpTo = ({ page }: Somebody, place: string): Promise<void> => page.getByRole('button', { name: `Jump there: ${place}`, exact: true }).first().click();

test('a meeting is booked, entered from its reminder, and nobody else gets in or hears', async () => {
  const [anna, ben, cec, dora] = await Promise.all([comeIn('Anna Keller', 9, 500), comeIn('Ben Okafor', 7.8, 700), comeIn('Cec Moreau', 9.6, 0), comeIn('Dora Lind', AT_THE_DOOR, 0, WITH_VIEW)]);
  // In public they hear each other: the silence that follows is not that of a broken ear.
  await cec.person.hears(idOf(anna));
  expect(await heardBy(cec, anna)).toBeGreaterThan(HEARD);

  // So soon that the door is closed at once.
  const start = Math.ceil((Date.now() + MINUTE) / (5 * MINUTE)) * 5 * MINUTE;
  await openMeetings(anna);
  await fill(anna, SUBJECT, start);
  await panel(anna).getByLabel('Search for people').fill('okaf');
  await panel(anna).getByRole('button', { name: 'Invite Ben Okafor' }).press('Enter');
  expect(await accessibilityFaults(anna.page)).toEqual([]);
  await fitsANarrowWindow(anna);
  await panel(anna).getByRole('button', { name: 'Book a meeting' }).press('Enter');
  await expect(panel(anna).getByRole('heading', { name: SUBJECT })).toBeVisible();
  await expect(anna.page.getByRole('status').filter({ hasText: 'The meeting is booked.' })).toBeAttached();
  expect(await accessibilityFaults(anna.page)).toEqual([]);
  await fitsANarrowWindow(anna);

  // The same room then is refused, with free times; another room is a press away.
  await openMeetings(cec);
  await expect(panel(cec).getByText('You have no meetings.')).toBeVisible();
  await fill(cec, 'Another', start);
  await expect(panel(cec).getByText('Booked at this time')).toBeVisible();
  await panel(cec).getByRole('button', { name: 'Book a meeting' }).press('Enter');
  await expect(panel(cec).getByRole('alert')).toContainText('The room is booked then.');
  await expect(panel(cec).getByRole('alert').getByRole('button', { name: /^Take / })).toHaveCount(5);
  await expect(panel(cec)).not.toContainText(SUBJECT);
  await panel(cec).getByRole('alert').getByRole('button', { name: 'Arve meeting room' }).press('Enter');
  await expect(panel(cec).getByRole('alert')).toBeHidden();
  await panel(cec).getByRole('button', { name: 'Close' }).press('Enter');

  // Who is invited is reminded, and taken there.
  for (const each of [ben, anna]) {
    const due = each.page.getByRole('region', { name: new RegExp(`“${SUBJECT}” begins in`) });
    await due.getByRole('button', { name: 'Take me there' }).press('Enter');
    await expect(talkBar(each)).toContainText(`In the meeting “${SUBJECT}”`);
  }
  await ben.person.hears(idOf(anna));
  await anna.person.hears(idOf(ben));
  await anna.person.see(({ hearers }) => (hearers.count === 1 ? null : `${hearers.count} hear Anna`));

  // Nobody else gets in, by any way, or hears through the door.
  await jumpTo(cec, 'Door of the Rhône room');
  await jumpTo(cec, 'Inside the Rhône room');
  await expect(cec.page.getByText('This room is booked: only invited people may enter now.').first()).toBeVisible();
  await cec.person.see(({ slots }) => (slots.every(({ person }) => person !== idOf(anna) && person !== idOf(ben)) ? null : 'Cec hears the meeting'));
  for (const speaker of [anna, ben]) expect(await heardBy(cec, speaker)).toBeLessThan(SILENT);

  // Whoever sees the door sees that it is closed.
  await dora.person.seesView();
  const closed = await paleShare(dora);
  console.log(`of the closed doorway ${(closed * 100).toFixed(1)} % is pale`);
  expect(closed).toBeGreaterThan(0.02);

  // Cancelled: those who are in it stay in private, and the door is open.
  await panel(anna).getByRole('button', { name: `Cancel the meeting: ${SUBJECT}` }).press('Enter');
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Cancel the meeting' }).press('Enter');
  await expect(panel(anna).getByText('Cancelled', { exact: true })).toBeVisible();
  await jumpTo(cec, 'Inside the Rhône room');
  await expect(cec.page.locator('.chip--where')).toContainText('Rhône meeting room');
  expect(await heardBy(cec, anna)).toBeLessThan(SILENT);
  await ben.person.hears(idOf(anna));
  expect(await paleShare(dora), 'the padlocks are gone').toBeLessThan(closed / 4);
});
