/** A whole formal session by keyboard alone, the parts of chair and secretariat included, with what a screen reader is told of it. Real server, relay and media. */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Browser, Locator } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { DIST } from '../../scripts/bundle/build.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { KeyboardPerson } from '../support/by-keys.ts';
import { launchChromium } from '../support/chromium.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const PAPER = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');
/** Whoever shares a screen shares the tab, without the browser's question. */
const SHARES_BY_ITSELF = ['--auto-accept-this-tab-capture', '--auto-select-desktop-capture-source=Entire screen', '--auto-select-tab-capture-source-by-title=Plenum'];

let browser: Browser;
let server: TestServer;
let session: string;
let secretary: KeyboardPerson;
let chair: KeyboardPerson;
let senegal: KeyboardPerson;
let fiji: KeyboardPerson;
/** Interprets into sign language. */
let ida: KeyboardPerson;

const item = ({ page }: KeyboardPerson, number: string): Locator => page.locator('.item').filter({ hasText: number });
const everybody = (): readonly KeyboardPerson[] => [secretary, chair, senegal, fiji, ida];
const unfold = (who: KeyboardPerson, number: string): Promise<Locator> => who.unfold(item(who, number).locator('.item__details'));

/** Waits until the picture moves in somebody's page. */
async function sees({ page }: KeyboardPerson, label: string): Promise<void> {
  await expect.poll(() => page.locator(`video[aria-label="${label}"]`).first().evaluate((video: HTMLVideoElement) => video.videoWidth), { message: label }).toBeGreaterThan(0);
}

/** RTP packets of somebody's microphone that the relay has had. */
async function spokenBy({ id }: KeyboardPerson): Promise<number> {
  const counters = await server.relay.counters();
  return counters.find(({ peer }) => peer === `${session}:${id}`)?.packetsIn ?? 0;
}

async function addItem(number: string, title: string): Promise<void> {
  await secretary.press('button', 'Add an item');
  await secretary.write('Number', number);
  await secretary.write('Title', title);
  await secretary.answer('Save');
}

async function putConclusion(number: string, text: string, seconds: number): Promise<void> {
  await chair.press('button', 'Put a conclusion', await unfold(chair, number));
  await chair.write('Text', text);
  await chair.write('Time for objections, seconds', String(seconds), 'spinbutton');
  await chair.answer('Put to the meeting');
}

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  browser = await launchChromium({ args: SHARES_BY_ITSELF, withoutGl: true });
  server = await startTestServer({ client: DIST });
});
test.afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('the secretariat creates the session, its agenda and a document', async () => {
  secretary = await KeyboardPerson.open(browser, server, { who: { name: 'Nadia Haddad', role: 'secretariat', entity: 'ITU', entityType: 'secretariat', country: '' } });
  const { page } = secretary;
  await secretary.press('button', 'Create a session');
  await secretary.write('Title', 'Council 2027');
  await secretary.reach(page.getByLabel('Planned start'));
  await page.keyboard.type('06092027');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('0100PM');
  await secretary.hasNoFaults();
  await secretary.answer('Create');
  const card = page.locator('.session').filter({ hasText: 'Council 2027' });
  await expect(card).toContainText('2027');
  await secretary.press('button', 'Go to the session: Council 2027');
  await secretary.enter();
  session = new URL(page.url()).searchParams.get('session') ?? '';

  await secretary.panel('Meeting');
  await secretary.press('button', 'Settings of the session');
  await secretary.write('Speaking time, seconds', '15', 'spinbutton');
  await secretary.answer('Save');

  await secretary.panel('Agenda');
  await secretary.press('button', 'Add an item');
  await secretary.write('Number', 'PL-1');
  await secretary.write('Title', 'Connecting every school');
  await secretary.press('button', 'Add a document');
  await secretary.write('Symbol', 'C27/5');
  const choosing = page.waitForEvent('filechooser');
  await secretary.press('button', 'Upload a PDF or DOCX file');
  const chooser = await choosing;
  await chooser.setFiles({ name: 'paper.pdf', mimeType: 'application/pdf', buffer: PAPER });
  await expect(page.getByRole('dialog').getByText('PDF (English)')).toBeVisible();
  await secretary.answer('Save');
  await addItem('PL-2', 'Dates of the next sessions');
  await expect(page.locator('.item')).toHaveCount(2);
});

test('the chair opens the meeting and an item; who reads its document has the file that was sent', async () => {
  chair = await KeyboardPerson.open(browser, server, { session, who: { name: 'Светлана Иванова', entity: 'Kazakhstan', country: 'kz', role: 'chair' } }).then((who) => who.enter());
  senegal = await KeyboardPerson.open(browser, server, { session, who: { name: 'Amina Diallo', entity: 'Senegal', country: 'sn' } }).then((who) => who.enter());
  fiji = await KeyboardPerson.open(browser, server, { session, who: { name: 'Tomasi Vaka', entity: 'Fiji', country: 'fj' } }).then((who) => who.enter());
  ida = await KeyboardPerson.open(browser, server, { session, who: { name: 'Ida Berg', entity: 'Interpreters', entityType: 'secretariat', country: '', role: 'interpreter' } }).then((who) => who.enter());
  await chair.press('button', 'Take the chair');
  await senegal.isTold('Светлана Иванова, Kazakhstan took the chair.', 'polite');
  await chair.press('button', 'Open the session');
  for (const who of everybody()) await who.isTold('The session was opened.', 'assertive');
  await chair.panel('Agenda');
  await chair.press('button', 'Open the item', await unfold(chair, 'PL-1'));
  await senegal.isTold('Item PL-1: Connecting every school', 'polite');
  await chair.hasNoFaults();

  await senegal.panel('Agenda');
  await unfold(senegal, 'PL-1');
  const { name, path } = await senegal.downloads(() => senegal.press('button', 'PDF (English): C27/5'));
  expect(name).toBe('C27-5 (en).pdf');
  expect(await readFile(path)).toEqual(PAPER);
});

test('a recording with notice: without consent the floor has no microphone', async () => {
  await secretary.panel('Meeting');
  await secretary.press('button', 'Record floor and channels');
  await secretary.answer('Start recording');
  for (const who of everybody()) await who.isTold('This session is being recorded by the secretariat.', 'assertive');
  await secretary.hasNoFaults();
  await senegal.press('button', 'Stay without microphone');
  await expect(senegal.page.getByText('You have not agreed to it, so your microphone stays closed.').first()).toBeVisible();

  await senegal.press('button', 'Raise nameplate');
  await senegal.isTold('You are number 1 on the list.', 'polite');
  await chair.press('button', 'Give the floor to Senegal');
  await senegal.isTold('You have the floor.', 'assertive');
  for (const who of [secretary, chair, fiji, ida]) await who.isTold('Amina Diallo, Senegal has the floor, on behalf of Senegal.', 'polite');
  await expect(chair.page.locator('.speaker__entity')).toHaveText('Senegal');
  // The button that was pressed has given way to others: the focus waits beside them, not at the top of the page.
  await expect(senegal.page.locator('#plenary-plate')).toBeFocused();
  await senegal.hasNoFaults();
  expect(await spokenBy(senegal)).toBe(0);
  await senegal.press('button', 'I agree');
  await expect.poll(() => spokenBy(senegal), { message: 'their voice is sent once they have agreed' }).toBeGreaterThan(50);
});

test('microphones are closed for one and for all', async () => {
  await secretary.panel('Attendance');
  const { page } = secretary;
  await secretary.unfold(page.locator('.delegation').filter({ hasText: 'Senegal' }).locator('details'));
  await secretary.press('button', 'Keep the microphone closed: Amina Diallo');
  await senegal.isTold('Your microphone is closed.', 'assertive');
  await secretary.hasNoFaults();
  await secretary.press('button', 'Keep the microphone closed: Amina Diallo');
  await expect(senegal.page.getByText('Your microphone is open.').first()).toBeVisible();
  await chair.press('button', 'Close all microphones');
  await expect(senegal.page.getByText('You have the floor; the chair has closed your microphone.').first()).toBeVisible();
  await chair.press('button', 'Close all microphones');
  await expect(senegal.page.getByText('Your microphone is open.').first()).toBeVisible();
});

test('the camera of whoever has the floor, and the screen of whoever has leave', async () => {
  await senegal.press('button', 'Camera, shown with the floor or the chair');
  await sees(chair, 'Camera of Amina Diallo');
  await expect(senegal.control('button', 'Share my screen')).toHaveCount(0);
  await secretary.press('button', 'Leave to share the screen: Amina Diallo');
  await senegal.press('button', 'Share my screen');
  await sees(fiji, 'Shared screen');
  await secretary.press('button', 'Leave to share the screen: Amina Diallo');
  await expect(fiji.page.getByLabel('Shared screen')).toHaveCount(0);
  await expect(senegal.control('button', 'Share my screen')).toHaveCount(0);
  await senegal.press('button', 'Camera, shown with the floor or the chair');
});

test('sign language in a window of its own, as large and where one wants it', async () => {
  await ida.press('button', 'Stay without microphone');
  await ida.press('button', 'Camera for sign language');
  await sees(fiji, 'Sign-language interpretation');
  const { page } = fiji;
  const pinned = page.locator('.sign');
  const width = async (): Promise<number> => (await pinned.boundingBox())?.width ?? 0;
  const before = await width();
  await fiji.press('button', 'Larger', pinned);
  await expect.poll(width).toBeGreaterThan(before + 10);
  await fiji.press('button', 'To the other side', pinned);
  await expect(pinned).toHaveClass(/sign--start/);
  await fiji.hasNoFaults('.stage');
  await fiji.press('button', 'Smaller', pinned);
  await expect.poll(width).toBeCloseTo(before, 0);

  // The same with a mouse, the only use of one here.
  const grip = await page.locator('.sign__grip').boundingBox();
  await page.mouse.move((grip?.x ?? 0) + 4, (grip?.y ?? 0) + 4);
  await page.mouse.down();
  await page.mouse.move((grip?.x ?? 0) + 104, (grip?.y ?? 0) + 4, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBeGreaterThan(before + 50);
  await fiji.forgetPointer();
  await ida.press('button', 'Camera for sign language');
  await expect(pinned).toHaveCount(0);
});

test('the clock warns the speaker at once, and the others in their turn', async () => {
  await senegal.isTold(/assertive: Time left: \d+ sec/, 'assertive');
  await fiji.isTold(/polite: Time left: \d+ sec/, 'polite');
  await senegal.isTold('The speaking time is over.', 'assertive');
  await chair.isTold('The speaking time is over.', 'polite');
  await chair.press('button', 'One minute more');
  await expect(senegal.page.getByRole('timer', { name: /^Time left/ }).first()).toBeVisible();
});

test('a point of order, its ruling, and back to who had the floor', async () => {
  await fiji.press('button', 'I agree');
  await fiji.press('button', 'Point of order, motion');
  await fiji.press('button', /^Point of order$/, fiji.page.getByRole('group', { name: 'Point of order, motion' }));
  await fiji.answer('Raise it');
  await chair.isTold('Point of order: Tomasi Vaka, Fiji.', 'assertive');
  await senegal.isTold('Point of order: Tomasi Vaka, Fiji.', 'polite');
  await chair.press('button', 'Hear the mover');
  await fiji.isTold('You have the floor.', 'assertive');
  await senegal.isTold('Tomasi Vaka, Fiji has the floor', 'polite');
  await chair.press('button', 'Uphold');
  await chair.press('button', 'Back to Senegal');
  await fiji.isTold('Your microphone is closed.', 'assertive');
  await senegal.press('button', 'I have finished');
  await chair.isTold('Nobody has the floor.', 'polite');
  await expect(senegal.page.locator('#plenary-plate')).toBeFocused();
});

test('the list is closed, and there is still a right of reply', async () => {
  await chair.press('button', 'Close the list');
  await fiji.isTold('The speakers’ list is closed.', 'polite');
  await expect(fiji.control('button', 'Raise nameplate')).toBeDisabled();
  await fiji.press('button', 'Other capacity, reply');
  await fiji.press('button', 'Ask for a right of reply');
  await chair.press('button', 'Give the floor to Fiji');
  await fiji.isTold('You have the floor.', 'assertive');
  await expect(senegal.page.locator('.speaker')).toContainText('Right of reply');
  await fiji.press('button', 'I have finished');
});

test('a conclusion that is objected to, and another that is put', async () => {
  await putConclusion('PL-1', 'The Council endorses the plan.', 300);
  await senegal.isTold('A conclusion on PL-1 is proposed.', 'assertive');
  await senegal.hasNoFaults('.window');
  await senegal.press('button', 'Object');
  await senegal.hasNoFaults('dialog');
  await senegal.write('Reason (optional)', 'The figures are of 2019.');
  await senegal.answer('Object');
  await fiji.isTold('PL-1: Objected to: deferred to the physical session', 'polite');
  await putConclusion('PL-2', 'The Council takes note.', 15);
  await fiji.isTold('A conclusion on PL-2 is proposed.', 'assertive');
});

test('the secretariat words the record and exports it, while objections to the other are waited for', async () => {
  const { page } = secretary;
  await secretary.panel('Record');
  await secretary.press('button', 'Write an entry');
  await secretary.write('Wording', 'The Secretary-General thanked the interpreters.');
  await secretary.answer('Save');
  const entries = page.locator('.record');
  const exported = (format: string) => secretary.downloads(async () => {
    await secretary.press('button', 'Export');
    await secretary.press('button', format);
  });
  const html = await exported('Web page (HTML)');
  const reader = await (await browser.newContext()).newPage();
  await reader.goto(pathToFileURL(html.path).href);
  for (const part of [/The Secretary-General thanked the interpreters/, /Amina Diallo.* objected to the conclusion on PL-1/, /Tomasi Vaka.* raised: Point of order/]) await expect(reader.getByText(part).first()).toBeVisible();
  expect(await accessibilityFaults(reader)).toEqual([]);
  const docx = unzipSync(await readFile((await exported('Word processor (DOCX)')).path));
  expect(strFromU8(docx['word/document.xml'] ?? new Uint8Array())).toContain('The Secretary-General thanked the interpreters.');
  await secretary.hasNoFaults('#plenary-panel');
  expect(await entries.count()).toBeGreaterThan(10);
  await fiji.isTold('PL-2: Stands as a proposed conclusion', 'polite');
});

test('a closed part ends the recording: who is outside sees nothing of it until they are admitted', async () => {
  await chair.panel('Meeting');
  await chair.press('button', 'Begin a closed part');
  await chair.answer('Close the doors');
  await senegal.isTold('Closed part: nobody outside sees or hears it', 'assertive');
  await senegal.isTold('The recording has ended.', 'assertive');
  await ida.isTold('A closed part is in progress', 'assertive');
  await expect(ida.page.getByRole('heading', { name: 'A closed part is in progress' })).toBeFocused();
  await expect(ida.page.locator('.plenary')).toHaveCount(0);
  await ida.hasNoFaults();
  await chair.hasNoFaults('#plenary-panel');
  await chair.tick('switch', /^Ida Berg, Interpreters/);
  await expect(ida.page.locator('.plenary')).toBeVisible();
  await chair.press('button', 'End the closed part');
  await ida.isTold('The closed part ended.', 'assertive');
});

test('the secretariat fetches what was recorded', async () => {
  await secretary.panel('Meeting');
  const { name, path } = await secretary.downloads(() => secretary.press('button', /^Floor: /));
  expect(name).toMatch(/Floor\.ogg$/);
  const sound = await readFile(path);
  expect(sound.subarray(0, 4).toString()).toBe('OggS');
  expect(sound.length).toBeGreaterThan(10_000);
});

test('the chair closes the session', async () => {
  await chair.press('button', 'Close the session');
  await chair.answer('Close it');
  for (const who of everybody()) {
    await who.isTold('The session was closed.', 'assertive');
    expect(await who.faults()).toEqual([]);
  }
});
