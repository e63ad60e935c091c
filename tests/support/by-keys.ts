/** Somebody in a formal session who has a keyboard and a screen reader, and nothing else. */
import { expect, test } from '@playwright/test';
import type { Browser, Locator, Page } from '@playwright/test';
import type { Settings } from '../../client/app/contracts.ts';
import type { RosterEntry } from '../../server/store/store.ts';
import { accessibilityFaults } from './accessibility.ts';
import { PATIENCE_MS } from './patience.ts';
import type { TestServer } from './server.ts';

/** More than any page has stops. */
const MOST_STEPS = 200;

export interface KeyboardGuest {
  readonly who: Partial<RosterEntry>;
  readonly settings?: Partial<Settings>;
  /** Absent: the list of sessions. */
  readonly session?: string;
}

type Role = 'button' | 'checkbox' | 'combobox' | 'radio' | 'spinbutton' | 'switch' | 'textbox';

export class KeyboardPerson {
  readonly page: Page;
  /** Of the roster. */
  readonly id: string;
  readonly failures: string[] = [];

  private constructor(page: Page, id: string) {
    this.page = page;
    this.id = id;
    page.on('pageerror', (error) => this.failures.push(error.message));
    page.on('request', (request) => { if (/babylon|world\//i.test(request.url())) this.failures.push(`3D was loaded: ${request.url()}`); });
  }

  /** Opens the link of a pass. */
  static async open(browser: Browser, server: TestServer, { who, settings = {}, session }: KeyboardGuest): Promise<KeyboardPerson> {
    const { pass, person } = await server.invite(who);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', locale: 'en', permissions: ['microphone', 'camera'], acceptDownloads: true });
    await context.addInitScript((stored) => { localStorage.setItem('plenum.settings', JSON.stringify(stored)); }, { language: 'en', ...settings });
    await context.addInitScript(keepWhatIsTold);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${server.url}/plenary/?diagnostics${session === undefined ? '' : `&session=${session}`}#pass=${pass}`);
    return new KeyboardPerson(page, person.id);
  }

  /** Goes in at the door, which is open already. */
  async enter(): Promise<this> {
    await expect(this.page.getByRole('heading', { name: 'Before you go in' })).toBeFocused();
    await this.press('button', 'Enter the session');
    await this.page.locator('.plenary, .outside').first().waitFor();
    return this;
  }

  /** Comes to a control as the Tab key does, forwards or backwards, whichever way it lies. Fails if the keyboard does not come to it. */
  async reach(control: Locator): Promise<void> {
    await expect(control).toBeVisible();
    await expect(control).toBeEnabled();
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const way = await control.evaluate((element) => {
        const at = document.activeElement ?? document.body;
        if (at === element) return null;
        return (at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0 ? 'Shift+Tab' : 'Tab';
      });
      if (way === null) return;
      await this.page.keyboard.press(way);
    }
    throw new Error(`the keyboard does not come to ${String(control)}`);
  }

  /** The first control of that role and name, which has to be the whole name unless a pattern is given. */
  control(role: Role, name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first();
  }

  /** Presses a control where the keyboard finds it. */
  async press(role: Role, name: string | RegExp, within?: Locator): Promise<void> {
    await this.pressOn(this.control(role, name, within));
  }

  async pressOn(control: Locator, key = 'Enter'): Promise<void> {
    await this.reach(control);
    await this.page.keyboard.press(key);
  }

  /** Ticks, or turns a switch. */
  async tick(role: 'checkbox' | 'switch', name: string | RegExp): Promise<void> {
    await this.pressOn(this.control(role, name), 'Space');
  }

  /** Writes into a field, in the place of what stands there. */
  async write(name: string | RegExp, text: string, role: 'textbox' | 'spinbutton' = 'textbox', within?: Locator): Promise<void> {
    await this.reach(this.control(role, name, within));
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** Answers the dialog that is open by one of its buttons. */
  async answer(name: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await this.press('button', name, dialog);
    await expect(dialog).toHaveCount(0);
  }

  /** Goes to a panel by the arrow keys of the tabs. */
  async panel(name: string): Promise<void> {
    const wanted = this.page.getByRole('tab', { name });
    await this.reach(this.page.getByRole('tab', { selected: true }));
    for (let step = 0; step < 8 && await wanted.getAttribute('aria-selected') !== 'true'; step += 1) await this.page.keyboard.press('ArrowDown');
    await expect(wanted).toBeFocused();
  }

  /** Unfolds what belongs to a heading that is folded up. */
  async unfold(details: Locator): Promise<Locator> {
    if (await details.getAttribute('open') === null) await this.pressOn(details.locator('summary').first());
    await expect(details).toHaveAttribute('open');
    return details;
  }

  async isTold(text: string | RegExp, urgency: 'polite' | 'assertive'): Promise<void> {
    const told = (): Promise<string> => this.page.evaluate((which) => (window as unknown as { told: string[] }).told.filter((each) => each.startsWith(which)).join('\n'), urgency);
    if (typeof text === 'string') await expect.poll(told).toContain(`${urgency}: ${text}`);
    else await expect.poll(told).toMatch(text);
  }

  /** What the keyboard's press has the browser store. */
  async downloads(press: () => Promise<void>): Promise<{ readonly name: string; readonly path: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), press()]);
    const name = download.suggestedFilename();
    const path = test.info().outputPath(name);
    await download.saveAs(path);
    return { name, path };
  }

  /** What went wrong in the page, and presses of a pointer, which this person has not. */
  async faults(): Promise<readonly string[]> {
    return [...this.failures, ...await this.page.evaluate(() => (window as unknown as { pointed: string[] }).pointed)];
  }

  /** After a deed that was done by mouse on purpose. */
  async forgetPointer(): Promise<void> {
    await this.page.evaluate(() => { (window as unknown as { pointed: string[] }).pointed.length = 0; });
  }

  async hasNoFaults(within?: string): Promise<void> {
    expect(await accessibilityFaults(this.page, within)).toEqual([]);
  }
}

/** In the page: keeps all that its live regions say from the first word, and any use of a pointer. */
function keepWhatIsTold(): void {
  const told: string[] = [];
  const pointed: string[] = [];
  Object.assign(window, { told, pointed });
  document.addEventListener('pointerdown', ({ target }) => pointed.push(`a pointer pressed ${target instanceof Element ? target.outerHTML : 'the page'}`), { capture: true });
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const urgency = target instanceof HTMLElement ? target.dataset['live'] : undefined;
      if (urgency !== undefined) for (const node of addedNodes) told.push(`${urgency}: ${node.textContent ?? ''}`);
    }
  }).observe(document, { childList: true, subtree: true });
}
