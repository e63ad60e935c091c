/** How long a browser test waits for what should be there at once, ms: long enough for the busiest machine, as only a failing test ever waits this long. */
export const PATIENCE_MS = 30_000;
