import { createHmac, timingSafeEqual } from 'node:crypto';

/** The key by which a provider pushes captions into one session. It follows from the server's secret, so that it is known again after a restart, and ends with the session. */
export function captionKey(secret: Uint8Array, session: string): string {
  return createHmac('sha256', secret).update(`captions ${session}`).digest('base64url');
}

/** Takes as long for a wrong key as for the right one. */
export function isCaptionKey(secret: Uint8Array, session: string, given: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(captionKey(secret, session))];
  return one.length === other.length && timingSafeEqual(one, other);
}
