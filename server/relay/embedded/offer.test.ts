import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RelayError } from '../relay.ts';
import { nativeOffer } from './description.ts';
import { MAX_SLOTS, parseOffer } from './offer.ts';

/** As the browsers of today make them: one microphone, eight slots. */
const CHROMIUM = readFileSync(new URL('./fixtures/chromium.sdp', import.meta.url), 'utf8');
const FIREFOX = readFileSync(new URL('./fixtures/firefox.sdp', import.meta.url), 'utf8');

const FINGERPRINT = 'D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F';

function audioLine(mid: number, direction: string, more: readonly string[] = []): string[] {
  return [
    'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, `a=${direction}`, 'a=rtcp-mux', 'a=rtpmap:111 opus/48000/2',
    'a=setup:actpass', 'a=ice-ufrag:abcd', 'a=ice-pwd:aaaabbbbccccddddeeeeffff', `a=fingerprint:sha-256 ${FINGERPRINT}`, ...more,
  ];
}

/** The least that is an offer: a microphone and `slots` slots. */
function offerLines(slots: number, microphone: 'sendonly' | 'inactive' = 'sendonly'): string[] {
  const mids = Array.from({ length: slots + 1 }, (_, mid) => mid);
  return [
    'v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mids.join(' ')}`,
    ...mids.flatMap((mid) => (mid === 0 ? audioLine(0, microphone, microphone === 'sendonly' ? ['a=ssrc:3570614608 cname:c'] : []) : audioLine(mid, 'recvonly'))),
  ];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}

const LEAST = text(offerLines(2));

function refusal(sdp: string): string {
  try {
    parseOffer(sdp);
  } catch (error) {
    if (error instanceof RelayError && error.reason === 'OFFER_INVALID') return error.message;
    throw error;
  }
  throw new Error('the offer was accepted');
}

describe('parseOffer', () => {
  test('reads an offer of Chromium', () => {
    const offer = parseOffer(CHROMIUM);
    expect(offer.lines.map((line) => line.role)).toEqual(['microphone', ...Array.from({ length: 8 }, () => 'slot')]);
    expect(offer.lines[0]).toEqual({ mid: '0', role: 'microphone', payloadType: 111, ssrc: 2252666217, audioLevelId: 1 });
    expect(offer.lines[8]).toEqual({ mid: '8', role: 'slot', payloadType: 111, ssrc: null, audioLevelId: null });
    expect(offer.bundle).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
    expect(offer.iceUfrag).toBe('qGu7');
  });

  test('reads an offer of Firefox: fingerprint for the session, slots bundle-only, SSRCs on slots too', () => {
    const offer = parseOffer(FIREFOX);
    expect(offer.lines.map((line) => line.role)).toEqual(['microphone', ...Array.from({ length: 8 }, () => 'slot')]);
    expect(offer.lines[0]).toMatchObject({ payloadType: 109, audioLevelId: 1 });
    expect(offer.lines.slice(1).every((line) => line.ssrc === null)).toBe(true);
    expect(offer.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test('a listener offers its microphone inactive, and gets as many slots as it offers', () => {
    for (const slots of [1, MAX_SLOTS]) {
      const offer = parseOffer(text(offerLines(slots, 'inactive')));
      expect(offer.lines[0]).toMatchObject({ role: 'idle', ssrc: null });
      expect(offer.lines).toHaveLength(slots + 1);
    }
  });

  test('takes plain line ends, and the transport of the line that leads the bundle', () => {
    expect(parseOffer(LEAST.replaceAll('\r\n', '\n')).lines).toHaveLength(3);
    const other = LEAST.replace('BUNDLE 0 1 2', 'BUNDLE 1 0 2').replace(/(a=mid:1\r\n[^]*?a=ice-ufrag:)abcd/, '$1leader');
    expect(parseOffer(other).iceUfrag).toBe('leader');
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'does not begin with v=0'],
    ['no SDP', 'hello', 'a line is not SDP'],
    ['only its first line', 'v=0\r\n', 'needs one media line for the microphone, sendonly or inactive'],
    ['zero bytes', 'v=0\r\n\0\0\0', 'a line is not SDP'],
    ['letters beyond ASCII', LEAST.replace('s=-', 's=café'), 'a line is not SDP'],
    ['a line of spaces', `${LEAST}   \r\n`, 'a line is not SDP'],
    ['a lone carriage return in a line', LEAST.replace('a=mid:0', 'a=mid:0\ra=x'), 'a line is not SDP'],
    ['100 KB', LEAST + 'a=x\r\n'.repeat(20_000), 'longer than any browser sends'],
    ['a line of 2 KB', `${LEAST}a=${'x'.repeat(2000)}\r\n`, 'a line is not SDP'],
    ['2001 lines', LEAST + 'a=x\r\n'.repeat(2001), 'too many lines'],
    ['no media', text(offerLines(2).slice(0, 5)), 'needs one media line for the microphone, sendonly or inactive'],
    ['video', LEAST.replace('m=audio', 'm=video'), 'a media line is not DTLS-SRTP audio'],
    ['a data channel', `${LEAST}m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:9\r\na=rtcp-mux\r\n`, 'a media line is not DTLS-SRTP audio'],
    ['unencrypted audio', LEAST.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'), 'a media line is not DTLS-SRTP audio'],
    ['17 slots', text(offerLines(MAX_SLOTS + 1)), 'more than 16 slots'],
    ['300 slots', text(offerLines(300)), 'longer than any browser sends'],
    ['two microphones', LEAST.replace('a=recvonly', 'a=sendonly\r\na=ssrc:5 cname:c'), 'needs one media line for the microphone, sendonly or inactive'],
    ['no microphone line', text(offerLines(2).map((line) => line.replace('sendonly', 'recvonly'))), 'needs one media line for the microphone, sendonly or inactive'],
    ['only an inactive line', text(offerLines(0, 'inactive')), 'neither speaks nor listens'],
    ['a line that sends and receives', LEAST.replace('a=sendonly', 'a=sendrecv'), 'each media line is sendonly, recvonly or inactive'],
    ['a line without direction', LEAST.replace('a=sendonly\r\n', ''), 'each media line is sendonly, recvonly or inactive'],
    ['a line with two directions', LEAST.replace('a=sendonly', 'a=sendonly\r\na=recvonly'), 'each media line is sendonly, recvonly or inactive'],
    ['a line that is switched off', LEAST.replace('m=audio 9', 'm=audio 0'), 'a media line with port 0 outside the bundle'],
    ['a port out of range', LEAST.replace('m=audio 9', 'm=audio 99999'), 'a media line has no valid port'],
    ['no mid', LEAST.replace('a=mid:0\r\n', ''), 'a media line without a valid mid'],
    ['the same mid twice', LEAST.replace('a=mid:1', 'a=mid:0'), 'two media lines with one mid'],
    ['a mid of 5000 letters', LEAST.replaceAll('a=mid:0', `a=mid:${'A'.repeat(5000)}`), 'a line is not SDP'],
    ['a mid with a quote', LEAST.replaceAll('a=mid:0', 'a=mid:"0'), 'a media line without a valid mid'],
    ['no bundle', LEAST.replace(/a=group.*\r\n/, ''), 'the media lines are not all in one bundle'],
    ['a bundle that leaves one out', LEAST.replace('BUNDLE 0 1 2', 'BUNDLE 0 1'), 'the media lines are not all in one bundle'],
    ['a bundle of strangers', LEAST.replace('BUNDLE 0 1 2', 'BUNDLE 0 1 9'), 'the media lines are not all in one bundle'],
    ['a bundle that repeats', LEAST.replace('BUNDLE 0 1 2', 'BUNDLE 0 0 1 2'), 'the media lines are not all in one bundle'],
    ['two bundles', LEAST.replace('a=group:BUNDLE 0 1 2', 'a=group:BUNDLE 0 1 2\r\na=group:BUNDLE 0 1 2'), 'the media lines are not all in one bundle'],
    ['separate RTCP', LEAST.replace('a=rtcp-mux\r\n', ''), 'a media line without rtcp-mux'],
    ['no Opus', LEAST.replaceAll('opus/48000/2', 'PCMU/8000'), 'a media line without Opus'],
    ['Opus at an impossible rate', LEAST.replaceAll('opus/48000/2', 'opus/0/0'), 'a media line without Opus'],
    ['Opus that the line does not list', LEAST.replaceAll('SAVPF 111', 'SAVPF 63'), 'a media line without Opus'],
    ['a payload type above 127', LEAST.replaceAll('111', '200'), 'the payload type of Opus is out of range'],
    ['a payload type that reads as RTCP', LEAST.replaceAll('111', '72'), 'the payload type of Opus is out of range'],
    ['no fingerprint', LEAST.replace(/a=fingerprint.*\r\n/g, ''), 'needs exactly one fingerprint'],
    ['SHA-1', LEAST.replaceAll('sha-256', 'sha-1'), 'a fingerprint other than SHA-256'],
    ['a short fingerprint', LEAST.replaceAll(':E6:0F', ''), 'a fingerprint other than SHA-256'],
    ['two fingerprints', LEAST.replace('E6:0F', 'E6:10'), 'needs exactly one fingerprint'],
    ['no ICE user', LEAST.replace(/a=ice-ufrag.*\r\n/g, ''), 'ICE credentials missing or malformed'],
    ['an ICE user of 3000 letters', LEAST.replaceAll('ufrag:abcd', `ufrag:${'z'.repeat(900)}`), 'ICE credentials missing or malformed'],
    ['an ICE user with a colon', LEAST.replaceAll('ufrag:abcd', 'ufrag:ab:cd'), 'ICE credentials missing or malformed'],
    ['a short ICE password', LEAST.replaceAll('aaaabbbbccccddddeeeeffff', 'short'), 'ICE credentials missing or malformed'],
    ['two ICE passwords in a line', LEAST.replace('a=ice-pwd', 'a=ice-pwd:aaaabbbbccccddddeeeeffff\r\na=ice-pwd'), 'a=ice-pwd twice in one section'],
    ['a role already taken', LEAST.replaceAll('actpass', 'active'), 'a=setup of an offer must be actpass'],
    ['a role from before 2011', LEAST.replaceAll('actpass', 'holdconn'), 'a=setup of an offer must be actpass'],
    ['a microphone without SSRC', LEAST.replace(/a=ssrc.*\r\n/, ''), 'the microphone needs exactly one SSRC'],
    ['a microphone with two SSRCs', LEAST.replace('a=ssrc', 'a=ssrc:5 cname:c\r\na=ssrc'), 'the microphone needs exactly one SSRC'],
    ['SSRC 0', LEAST.replace('3570614608', '0'), 'an SSRC out of range'],
    ['a negative SSRC', LEAST.replace('3570614608', '-1'), 'an SSRC out of range'],
    ['an SSRC beyond 32 bits', LEAST.replace('3570614608', '4294967296'), 'an SSRC out of range'],
    ['an extension with id 0', LEAST.replace('a=sendonly', 'a=sendonly\r\na=extmap:0 urn:x'), 'a header extension with an impossible id'],
    ['an extension with id 256', LEAST.replace('a=sendonly', 'a=sendonly\r\na=extmap:256 urn:x'), 'a header extension with an impossible id'],
    ['an extension without a name', LEAST.replace('a=sendonly', 'a=sendonly\r\na=extmap:1'), 'a header extension with an impossible id'],
    ['two extensions with one id', LEAST.replace('a=sendonly', 'a=sendonly\r\na=extmap:1 urn:x\r\na=extmap:1 urn:y'), 'a header extension with an impossible id'],
  ])('refuses %s', (_what, sdp, why) => {
    expect(refusal(sdp)).toBe(why);
  });

  test('what stands in the table is refused for its own fault: the offer it is made from is good', () => {
    expect(parseOffer(LEAST).lines).toHaveLength(3);
  });

  test('a level extension is taken only where one-byte headers can carry it', () => {
    const uri = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
    const level = (value: string): number | null | undefined => parseOffer(LEAST.replace('a=sendonly', `a=sendonly\r\na=extmap:${value}`)).lines[0]?.audioLevelId;
    expect(level(`14 ${uri}`)).toBe(14);
    expect(level(`3/sendonly ${uri} vad=on`)).toBe(3);
    expect(level(`15 ${uri}`)).toBeNull();
    expect(level('1 urn:other')).toBeNull();
  });
});

/** Edits that break an offer in the ways that fuzzers and faulty clients do. */
const edit = fc.oneof(
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), to: fc.nat(), text: fc.string({ unit: 'binary', maxLength: 8 }) }),
  fc.record({ kind: fc.constant('number' as const), at: fc.nat(), text: fc.constantFrom('-1', '0', '4294967296', '99999999999', '1e9', 'NaN', ' ') }),
);
type Edit = (typeof edit) extends fc.Arbitrary<infer T> ? T : never;

function applyEdit(lines: string[], change: Edit): void {
  const at = change.at % Math.max(1, lines.length);
  const line = lines[at] ?? '';
  if (change.kind === 'delete') lines.splice(at, 1);
  else if (change.kind === 'repeat') lines.splice(change.to % (lines.length + 1), 0, line);
  else if (change.kind === 'swap') [lines[at], lines[change.to % lines.length]] = [lines[change.to % lines.length] ?? '', line];
  else if (change.kind === 'cut') lines[at] = line.slice(0, change.to % (line.length + 1));
  else if (change.kind === 'insert') lines[at] = line.slice(0, change.to % (line.length + 1)) + change.text + line.slice(change.to % (line.length + 1));
  else lines[at] = line.replace(/\d+/, change.text);
}

describe('mutated offers', () => {
  test.each([['Chromium', CHROMIUM], ['Firefox', FIREFOX]])('of %s are refused with a reason, or leave nothing but well-formed facts', (_browser, original) => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const lines = original.split('\r\n');
        for (const change of edits) applyEdit(lines, change);
        let offer;
        try {
          offer = parseOffer(lines.join('\r\n'));
        } catch (error) {
          expect(error).toBeInstanceOf(RelayError);
          refused += 1;
          return;
        }
        accepted += 1;
        expect(offer.lines.length).toBeLessThanOrEqual(MAX_SLOTS + 1);
        // What native code is given has one shape, whatever came in.
        expect(nativeOffer(offer)).toMatch(
          /^v=0\r\no=- 1 1 IN IP4 127\.0\.0\.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE media\r\nm=audio 9 UDP\/TLS\/RTP\/SAVPF 111\r\nc=IN IP4 0\.0\.0\.0\r\na=mid:media\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus\/48000\/2\r\na=setup:actpass\r\na=ice-ufrag:[A-Za-z0-9+/]{4,64}\r\na=ice-pwd:[A-Za-z0-9+/]{22,128}\r\na=fingerprint:sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}\r\n$/,
        );
      }),
      { seed: 8866, numRuns: 3000 },
    );
    // Neither all nor none: the edits reach both sides of the door.
    expect(accepted).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(300);
  });
});
