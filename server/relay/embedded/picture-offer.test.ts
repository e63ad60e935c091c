import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RelayError } from '../relay.ts';
import { nativeOffer, writePictureAnswer } from './description.ts';
import { parseOffer, parsePictureOffer } from './offer.ts';

const read = (name: string): string => readFileSync(new URL(`./fixtures/${name}.sdp`, import.meta.url), 'utf8').replace(/\r?\n/g, '\r\n');
const SHOWS = read('chromium-shows');
const SHOWS_ALL = read('chromium-shows-all');
const WATCHES = read('chromium-watches');

describe('offers of a picture', () => {
  test('of whoever shows, and of whoever watches', () => {
    expect(parsePictureOffer(SHOWS)).toMatchObject({ mid: '0', role: 'shows', payloadTypes: { vp8: 96, h264: null }, ssrc: Number(/a=ssrc:(\d+)/.exec(SHOWS)?.[1]) });
    expect(parsePictureOffer(WATCHES)).toMatchObject({ mid: '0', role: 'watches', payloadTypes: { vp8: 96, h264: null }, sendTimeId: 2, ssrc: null });
  });

  test('with all codecs and retransmissions of their own: VP8, H.264 in the form that all speak, and the stream itself', () => {
    const first = Number(/a=ssrc-group:FID (\d+)/.exec(SHOWS_ALL)?.[1]);
    expect(parsePictureOffer(SHOWS_ALL)).toMatchObject({ payloadTypes: { vp8: 96, h264: 108 }, prefersH264: false, ssrc: first });
  });

  test.each([
    ['no VP8', SHOWS.replaceAll('VP8', 'VP9')],
    ['a second line', SHOWS + SHOWS.slice(SHOWS.indexOf('m=')).replaceAll('a=mid:0', 'a=mid:1')],
    ['no line', SHOWS.slice(0, SHOWS.indexOf('m='))],
    ['sound', SHOWS.replace('m=video', 'm=audio')],
    ['both ways', SHOWS.replace('a=sendonly', 'a=sendrecv')],
    ['neither way', SHOWS.replace('a=sendonly', 'a=inactive')],
    ['no SSRC', SHOWS.replace(/a=ssrc:.*\r\n/g, '')],
    ['three SSRCs', SHOWS_ALL.replace(/(a=ssrc:)(\d+)( cname)/, '$1123456$3')],
    ['another transport', SHOWS.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
    ['no shared port', SHOWS.replace('a=rtcp-mux\r\n', '')],
    ['a fingerprint that is none', SHOWS.replace(/a=fingerprint:sha-256 \S+/, 'a=fingerprint:sha-256 00')],
    ['a role in DTLS that is not asked for', SHOWS.replace('a=setup:actpass', 'a=setup:active')],
    ['a payload type that reads as RTCP', SHOWS.replace(/\b96\b/g, '72')],
    ['nothing', ''],
    ['a book', 'x'.repeat(70_000)],
  ])('with %s are refused', (_what, sdp) => {
    expect(() => parsePictureOffer(sdp)).toThrow(expect.objectContaining({ reason: 'OFFER_INVALID' }) as Error);
  });

  test('are not taken for voices, nor voices for pictures', () => {
    expect(() => parseOffer(SHOWS)).toThrow(RelayError);
    expect(() => parsePictureOffer(read('chromium'))).toThrow(RelayError);
  });

  test('however they are twisted, are refused with a reason or leave nothing but well-formed facts', () => {
    let accepted = 0;
    let refused = 0;
    const edit = fc.record({ at: fc.nat(), to: fc.nat(), text: fc.string({ maxLength: 12 }), kind: fc.constantFrom('delete', 'repeat', 'cut', 'number') });
    fc.assert(
      fc.property(fc.constantFrom(SHOWS, SHOWS_ALL, WATCHES), fc.array(edit, { minLength: 1, maxLength: 3 }), (original, edits) => {
        const lines = original.split('\r\n');
        for (const { at, to, text, kind } of edits) {
          const index = at % lines.length;
          const line = lines[index] ?? '';
          if (kind === 'delete') lines.splice(index, 1);
          else if (kind === 'repeat') lines.splice(to % lines.length, 0, line);
          else if (kind === 'cut') lines[index] = line.slice(0, to % (line.length + 1)) + text;
          else lines[index] = line.replace(/\d+/, String(to));
        }
        try {
          const offer = parsePictureOffer(lines.join('\r\n'));
          accepted += 1;
          expect(nativeOffer(offer)).toMatch(/a=ice-ufrag:[A-Za-z0-9+/]{4,64}\r\na=ice-pwd:[A-Za-z0-9+/]{22,128}\r\na=fingerprint:sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\r\n$/);
          expect(offer.mid).toMatch(/^[A-Za-z0-9_.+-]{1,32}$/);
        } catch (error) {
          if (!(error instanceof RelayError)) throw error;
          refused += 1;
        }
      }),
      { seed: 7742, numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(300);
  });
});

describe('the answer to a picture', () => {
  const local = { iceUfrag: 'relayrelayre', icePwd: 'relayrelayrelayrelayrela', fingerprint: 'AB' };

  test('says which way it goes, the codecs in the order that the browser prefers, and how it is mended', () => {
    const toShower = writePictureAnswer(parsePictureOffer(SHOWS), local, [{ address: '203.0.113.9', port: 2568 }], { ssrc: 7, maxKbps: 1500 });
    expect(toShower).toContain('a=recvonly');
    expect(toShower).toContain('b=AS:1500');
    expect(toShower).not.toContain('a=ssrc:');
    const preferring = parsePictureOffer(SHOWS_ALL.replace('SAVPF 96 97', 'SAVPF 108 96 97').replace('107 108 109', '107 109'));
    const answer = writePictureAnswer(preferring, local, [], { ssrc: 7, maxKbps: 1200 });
    expect(answer).toContain('SAVPF 108 96\r\n');
    expect(answer).toContain('a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f;x-google-start-bitrate=600;x-google-max-bitrate=1200\r\n');
    const toViewer = writePictureAnswer(parsePictureOffer(WATCHES), local, [], { ssrc: 7, maxKbps: 1500 });
    for (const line of ['a=sendonly', 'a=ssrc:7 cname:picture', 'a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack', 'a=rtcp-fb:96 nack pli']) expect(toViewer.split('\r\n')).toContain(line);
  });
});
