import { describe, expect, it } from 'vitest';
import { PASS_PATTERN, passFromFragment, passLink } from './links.ts';

describe('pass links', () => {
  const pass = '0123456789abcdef0123456789abcdef01234567';

  it('carry the pass in the fragment only', () => {
    for (const base of ['https://venue.example.org', 'https://venue.example.org/']) {
      const link = new URL(passLink(base, pass));
      expect([link.pathname, link.search, passFromFragment(link.hash)]).toEqual(['/', '', pass]);
    }
  });

  it('tell a missing pass from a malformed one', () => {
    expect([passFromFragment(''), passFromFragment('#'), passFromFragment('#other=1')]).toEqual([null, null, null]);
    expect(passFromFragment('#pass=')).toBe('');
    expect(PASS_PATTERN.test(passFromFragment('#pass=XYZ') ?? '')).toBe(false);
    expect(PASS_PATTERN.test(pass)).toBe(true);
  });
});
