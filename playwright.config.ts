import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests start their own servers and browsers (tests/support), since each needs microphones of its own.
 * One worker: browsers with 3D views and live sound starve each other on two cores, and what is measured is sound.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
});
