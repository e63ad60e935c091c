/** What a sponsor's entry may be: judged while the secretariat types, and again by the server. */

/** Characters (UTF-16 code units), entries, bytes and pixels. */
export const SPONSOR_LIMITS = {
  name: 120,
  text: 600,
  link: 300,
  entries: 100,
  /** Bytes of the file that is uploaded as a logo. */
  logoBytes: 2 * 1024 * 1024,
  /** Pixels of that picture. A bomb of a few kilobytes claims hundreds of millions. */
  logoPixels: 24_000_000,
} as const;

/** Puts `https://` in front of an address that was typed without it. */
export function completeLink(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
}

/**
 * The address of a website as it is kept: `https` only, with a full host name, without user name and password (which only disguise where a link leads).
 * @returns null for anything else
 */
export function webLink(text: string): string | null {
  if (text.length > SPONSOR_LIMITS.link || !URL.canParse(text)) return null;
  const { protocol, username, password, hostname, href } = new URL(text);
  const plain = protocol === 'https:' && username === '' && password === '' && hostname.includes('.');
  return plain && href.length <= SPONSOR_LIMITS.link ? href : null;
}
