/** Private talks as people in real browsers begin, join and leave them. */
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import type { Somebody } from './lounge.ts';
import { PATIENCE_MS } from './patience.ts';
import { until } from './person.ts';
import type { BrowserPerson } from './person.ts';

type Member = Pick<BrowserPerson, 'page'>;

const DEADLINE = { timeout: PATIENCE_MS };

/** That one is in private, and with whom: there as long as it is so. */
export const talkBar = ({ page }: Member): Locator => page.getByRole('region', { name: 'Private talks' });
export const talkPanel = ({ page }: Member): Locator => page.getByRole('complementary', { name: 'Private talks' });

/** By its key. */
export async function openTalks(member: Member): Promise<void> {
  if (!(await talkPanel(member).isVisible())) {
    await member.page.locator('#venue-title').focus();
    await member.page.keyboard.press('u');
  }
  await talkPanel(member).waitFor(DEADLINE);
}

export const closeTalks = (member: Member): Promise<void> => talkPanel(member).getByRole('button', { name: 'Close', exact: true }).click();

/** Asks people near into the talk of `host`, or into one that begins with it. */
export async function invite(host: Member, ...names: string[]): Promise<void> {
  await openTalks(host);
  for (const name of names) {
    const choice = talkPanel(host).getByRole('checkbox', { name: new RegExp(name) });
    // The list of those near is drawn anew as they move: a key that is pressed in between is lost.
    await until(async () => {
      if (await choice.isChecked(DEADLINE)) return null;
      await choice.press('Space', DEADLINE);
      return 'not chosen yet';
    });
  }
  await talkPanel(host).getByRole('button', { name: /^Invite \d/ }).click(DEADLINE);
}

export async function accept({ page }: Member): Promise<void> {
  await page.getByRole('button', { name: 'Join', exact: true }).first().click(DEADLINE);
}

export async function leaveTalk({ page }: Member): Promise<void> {
  await page.getByRole('button', { name: 'Leave the talk' }).first().click(DEADLINE);
}

/** Invites people, who accept. Leaves all their panels closed. */
export async function gather(host: Somebody, ...guests: Somebody[]): Promise<void> {
  await invite(host, ...guests.map(({ name }) => name));
  for (const { page } of guests) await page.getByRole('region', { name: `${host.name} asks you into a private talk` }).getByRole('button', { name: 'Join' }).click();
  await closeTalks(host);
  for (const each of [host, ...guests]) await expect(talkBar(each)).toContainText('In private with');
}
