import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readLocalTransport, writeAnswer } from './description.ts';
import { parseOffer } from './offer.ts';

const FIREFOX = readFileSync(new URL('./fixtures/firefox.sdp', import.meta.url), 'utf8');
const LOCAL = { iceUfrag: 'ours', icePwd: 'ourpasswordourpassword', fingerprint: 'AA:BB' };
const ADDRESSES = [{ address: '192.0.2.7', port: 2568 }, { address: '2001:db8::7', port: 2568 }];

function mediaSections(sdp: string): string[][] {
  return sdp.split('\r\nm=').slice(1).map((section) => `m=${section}`.trim().split('\r\n'));
}

describe('writeAnswer', () => {
  const offer = parseOffer(FIREFOX);
  const slots = offer.lines.filter((line) => line.role === 'slot').map((_, index) => ({ ssrc: 5000 + index }));
  const answer = writeAnswer(offer, LOCAL, slots, ADDRESSES);
  const sections = mediaSections(answer);

  test('answers every line in order, in one bundle, with the offer\'s own payload type', () => {
    expect(sections.map((lines) => lines.find((line) => line.startsWith('a=mid:')))).toEqual(offer.lines.map((line) => `a=mid:${line.mid}`));
    expect(answer).toContain(`a=group:BUNDLE ${offer.bundle.join(' ')}\r\n`);
    for (const lines of sections) {
      expect(lines[0]).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 109');
      expect(lines).toEqual(expect.arrayContaining(['a=ice-ufrag:ours', 'a=ice-pwd:ourpasswordourpassword', 'a=fingerprint:sha-256 AA:BB', 'a=setup:active', 'a=rtcp-mux', 'a=rtpmap:109 opus/48000/2']));
    }
  });

  test('receives the microphone with its level, and nothing else of what was offered', () => {
    expect(sections[0]).toEqual(expect.arrayContaining(['a=recvonly', 'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level']));
    expect(answer.match(/a=extmap/g)).toHaveLength(1);
    expect(answer).not.toMatch(/transport-cc|G722|PCMU/);
  });

  test('sends each slot under an SSRC, a stream and a name of its own', () => {
    sections.slice(1).forEach((lines, index) => {
      const mid = offer.lines[index + 1]?.mid;
      expect(lines).toEqual(expect.arrayContaining(['a=sendonly', `a=msid:slot-${mid} slot-${mid}`, `a=ssrc:${5000 + index} cname:slot-${mid}`]));
    });
  });

  test('tells the addresses once, best first, on the line that leads the bundle', () => {
    const found = sections.map((lines) => lines.filter((line) => line.startsWith('a=candidate:')));
    expect(found.slice(1).flat()).toEqual([]);
    // RFC 8445: 2^24 * 126 + 2^8 * local preference + 255.
    expect(found[0]).toEqual(['a=candidate:1 1 UDP 2130706431 192.0.2.7 2568 typ host', 'a=candidate:2 1 UDP 2130706175 2001:db8::7 2568 typ host']);
  });

  test('leaves an inactive line inactive', () => {
    const listener = parseOffer(FIREFOX.replace('a=sendonly', 'a=inactive'));
    const [first] = mediaSections(writeAnswer(listener, LOCAL, slots, ADDRESSES));
    expect(first).toContain('a=inactive');
    expect(first?.some((line) => line.startsWith('a=extmap'))).toBe(false);
  });
});

describe('readLocalTransport', () => {
  const native = 'v=0\r\na=fingerprint:sha-256 AA:BB\r\nm=audio 9 X 111\r\na=setup:active\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\n';

  test('takes what the answer needs from the native description', () => {
    expect(readLocalTransport(native)).toEqual({ iceUfrag: 'u', icePwd: 'p', fingerprint: 'AA:BB' });
  });

  test('refuses what the written answer could not say', () => {
    expect(() => readLocalTransport(native.replace('active', 'passive'))).toThrow('does not open DTLS');
    expect(() => readLocalTransport(native.replace('sha-256', 'sha-512'))).toThrow('not SHA-256');
    expect(() => readLocalTransport('')).toThrow('fingerprint');
  });
});
