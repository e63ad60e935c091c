/** The venue without a mouse: what has the focus, what is told to a screen reader, and what fits a narrow window. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { until } from './person.ts';

type WithPage = { readonly page: Page };

/** A phone: narrow, with a touch screen. */
export const PHONE = { viewport: { width: 360, height: 740 }, touch: true } as const;

/** Tabs on until something of this role and name has the focus, and presses a key on it. */
export async function pressOn({ page }: WithPage, role: 'button' | 'checkbox' | 'switch' | 'textbox', name: RegExp, key: 'Enter' | 'Space' | null = 'Enter'): Promise<void> {
  const wanted = page.getByRole(role, { name });
  await until(async () => {
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return null;
    await page.keyboard.press('Tab');
    return `the focus does not come to ${name.source}`;
  });
  if (key !== null) await page.keyboard.press(key);
}

/** What a live region says, or has said within the last seconds. */
export async function told({ page }: WithPage, text: string | RegExp, urgency?: 'polite' | 'assertive'): Promise<void> {
  const region = urgency === undefined ? '[aria-live]' : `[aria-live="${urgency}"]`;
  await expect(page.locator(region).filter({ hasText: text }).first()).toBeAttached();
}

/** Nothing in it reaches beyond the window, so that nothing has to be scrolled sideways (WCAG 1.4.10). */
export async function fitsAcross(part: Locator): Promise<void> {
  await expect(part).toBeVisible();
  const beyond = await part.evaluate((root) => [root, ...root.querySelectorAll('*')].filter((each) => {
    const { left, right, width } = each.getBoundingClientRect();
    return width > 0 && (right > innerWidth + 0.5 || left < -0.5) && getComputedStyle(each).position !== 'absolute';
  }).map(({ tagName, className }) => `${tagName} ${String(className)}`));
  expect(beyond).toEqual([]);
}
