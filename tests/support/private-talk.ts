/** Private talks as people in real browsers begin, join and leave them. */
import { until } from './person.ts';
import type { BrowserPerson } from './person.ts';

async function openPanel({ page }: BrowserPerson): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Private talks' });
  if (!(await panel.isVisible())) await page.keyboard.press('u');
  await panel.waitFor({ timeout: 10_000 });
}

/** Asks somebody near into the talk of `host`, or into one that begins with it. */
export async function invite(host: BrowserPerson, name: string): Promise<void> {
  await openPanel(host);
  const choice = host.page.getByRole('checkbox', { name: new RegExp(name) });
  // The list of those near is drawn anew as they move: a key that is pressed in between is lost.
  await until(async () => {
    if (await choice.isChecked({ timeout: 15_000 })) return null;
    await choice.press('Space', { timeout: 15_000 });
    return 'not chosen yet';
  });
  await host.page.getByRole('button', { name: 'Invite 1 person' }).click({ timeout: 15_000 });
}

export async function accept(person: BrowserPerson): Promise<void> {
  await person.page.getByRole('button', { name: 'Join', exact: true }).first().click({ timeout: 15_000 });
}

export async function leaveTalk({ page }: BrowserPerson): Promise<void> {
  await page.getByRole('button', { name: 'Leave the talk' }).first().click({ timeout: 15_000 });
}
