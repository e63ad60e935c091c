import { defineConfig } from '@playwright/test';
import { PATIENCE_MS } from './tests/support/patience.ts';

/** Neither sound nor time is measured in these, so that two of them may share two cores: `npm test` runs them first, side by side. All others run one by one. */
const PAGES = /\/(entry|headset-page|looks|panels|plenary-keyboard|plenary-view|preview|publishing|scene-corpus|sponsors|staff|ui-screens)\.spec\.ts$/;

/**
 * End-to-end tests start their own servers and browsers (tests/support), since each needs microphones of its own.
 * One worker: browsers with 3D views and live sound starve each other on two cores, and what is measured is sound.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: PATIENCE_MS },
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  // A folder for each: a run clears its own, not the other's.
  projects: [
    { name: 'pages', testMatch: PAGES, outputDir: 'test-results/pages' },
    { name: 'live', testIgnore: PAGES, outputDir: 'test-results/live' },
  ],
});
