import { describe, expect, it } from 'vitest';
import { completeLink, webLink } from './sponsors.ts';

describe('the website of a sponsor', () => {
  it('is an https address, kept in its usual form', () => {
    expect(webLink('https://Example.ORG')).toBe('https://example.org/');
    expect(webLink('https://example.org/über?a=1#b')).toBe('https://example.org/%C3%BCber?a=1#b');
    expect(webLink('https://президент.рф/')).toMatch(/^https:\/\/xn--/);
  });

  it('is nothing that a browser would run, open elsewhere, or that hides where it leads', () => {
    const bad = [
      '', 'example.org', 'http://example.org', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>alert(1)</script>',
      'blob:https://example.org/1', 'file:///etc/passwd', 'ftp://example.org', '//example.org', 'https://', 'https://localhost/', 'https://bank.example@evil.example/', 'https://:secret@example.org/',
      `https://example.org/${'a'.repeat(300)}`,
    ];
    expect(bad.filter((text) => webLink(text) !== null)).toEqual([]);
  });

  it('may be typed without its beginning', () => {
    expect(completeLink(' www.example.org/a ')).toBe('https://www.example.org/a');
    expect(completeLink('http://example.org')).toBe('http://example.org');
    expect(completeLink('javascript:alert(1)')).toBe('javascript:alert(1)');
    expect(completeLink(' ')).toBe('');
  });
});
