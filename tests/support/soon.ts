import { expect } from 'vitest';

/** Long enough for the busiest machine: only a failing test ever waits this long. */
const PATIENCE_MS = 20_000;
const INTERVAL_MS = 25;

/** `expect.poll` with patience: what is awaited comes within milliseconds, or it is missing, and the message says what. */
export function soon<T>(state: () => T | Promise<T>, missing: string): ReturnType<typeof expect.poll<T>> {
  return expect.poll<T>(state as () => T, { timeout: PATIENCE_MS, interval: INTERVAL_MS, message: missing });
}
