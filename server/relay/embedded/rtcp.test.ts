import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSenderReport, ntpTime, RECEIVER_REPORT_BYTES, SENDER_REPORT_BYTES, writeReceiverReport, writeSenderReport } from './rtcp.ts';

const SSRC = 0x01020304;

describe('reports', () => {
  test('NTP time of the Unix epoch, and halves of a second', () => {
    expect(ntpTime(0)).toEqual({ seconds: 2_208_988_800, fraction: 0 });
    expect(ntpTime(1_500)).toEqual({ seconds: 2_208_988_801, fraction: 0x80000000 });
  });

  test('a sender report is the bytes of RFC 3550 section 6.4.1, with a CNAME', () => {
    const out = Buffer.alloc(SENDER_REPORT_BYTES);
    writeSenderReport(out, { ssrc: SSRC, unixMs: 500, rtpTimestamp: 0xa0b0c0d0, packets: 7, octets: 490 });
    expect(out.toString('hex')).toBe(
      '80c80006' + // version 2, no blocks; SR; 7 words
        '01020304' +
        '83aa7e80' + '80000000' + // NTP: 1970 and a half second
        'a0b0c0d0' + '00000007' + '000001ea' +
        '81ca0003' + // one chunk; SDES; 4 words
        '01020304' + '0105' + '72656c6179' + '00', // CNAME "relay"
    );
  });

  test('a receiver report is the bytes of RFC 3550 section 6.4.2, with a CNAME', () => {
    const out = Buffer.alloc(RECEIVER_REPORT_BYTES);
    writeReceiverReport(out, {
      reporter: 0x11111111,
      source: SSRC,
      report: { fractionLost: 64, cumulativeLost: 25, highestSequence: 0x10001, jitter: 480 },
      lastSenderReport: 0x7e808000,
      delaySince: 65_536,
    });
    expect(out.toString('hex')).toBe(
      '81c90007' + '11111111' + '01020304' + '40000019' + '00010001' + '000001e0' + '7e808000' + '00010000' + '81ca0003' + '11111111' + '0105' + '72656c6179' + '00',
    );
  });

  test('finds the middle of the NTP time in what was written, also behind another report', () => {
    const report = Buffer.alloc(SENDER_REPORT_BYTES);
    writeSenderReport(report, { ssrc: SSRC, unixMs: 500, rtpTimestamp: 0, packets: 0, octets: 0 });
    expect(findSenderReport(report, SSRC)).toBe(0x7e808000);
    expect(findSenderReport(report, SSRC + 1)).toBe(0);
    const empty = Buffer.from('80c9000100000001', 'hex');
    expect(findSenderReport(Buffer.concat([empty, report]), SSRC)).toBe(0x7e808000);
    expect(findSenderReport(report.subarray(0, 20), SSRC)).toBe(0);
  });

  test('whatever the bytes, the search ends and does not throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (random) => {
        expect(findSenderReport(random, SSRC)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 3550, numRuns: 3000 },
    );
  });
});
