import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser page may open a WebSocket here: pages of our own origin, of the public address, and of those that were configured. Programs
 * that are no browser send no `Origin`; they hold no one's session, so they may.
 */
export function originAllowed(headers: IncomingMessage['headers'], allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
