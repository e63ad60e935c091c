/**
 * A pass link carries the pass in the fragment, which browsers send to nobody: it is in no server log and no Referer. The client reads it from
 * `location.hash`.
 */

/** 160 random bits, hexadecimal: survives being wrapped in mail, read aloud and double-clicked. */
export const PASS_PATTERN = /^[0-9a-f]{40}$/;

/** @param base address of the venue, with or without a slash at the end. */
export function passLink(base: string, pass: string): string {
  return `${base.replace(/\/+$/, '')}/#pass=${pass}`;
}

/** The pass in a fragment such as `#pass=...`, as it stands there (possibly malformed), or null if there is none. */
export function passFromFragment(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('pass');
}
