/** What an automatic check of accessibility finds on a page. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 up to level AA, and what axe calls best practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Without axe's own second page, in which it would put together the findings of frames of other origins: we have none, and it takes a second each time.
 * `within`: CSS selector of the part to look at; without it all of the page.
 * @returns the rules that are broken, each with the elements concerned; empty if all is well
 */
export async function accessibilityFaults(page: Page, within = ':root'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).setLegacyMode(true).options({ resultTypes: ['violations'] }).withTags(RULES).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}
