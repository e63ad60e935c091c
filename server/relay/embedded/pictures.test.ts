import { beforeEach, describe, expect, it } from 'vitest';
import { PictureRig, SHOWN_TYPES, VIEWER_TYPES } from '../../../tests/support/picture-rig.ts';
import { readUint16, readUint32 } from './rtp.ts';

let rig: PictureRig;

const received = (...ids: string[]): number[] => ids.map((id) => rig.line(id).media.length);
const numbers = (id: string): number[] => rig.line(id).media.map((packet) => readUint16(packet, 2));
/** From the first, on the circle. */
const steps = (id: string): number[] => numbers(id).map((number) => (number - (numbers(id)[0] ?? 0)) & 0xffff);
const last = (id: string): Buffer => rig.line(id).media.at(-1) ?? Buffer.alloc(0);

beforeEach(() => { rig = new PictureRig(); });

describe('pictures at the relay', () => {
  it('go to those who are named, and to nobody else, from that call on', () => {
    rig.join('ann', 'shows');
    for (const id of ['ben', 'cec', 'eve']) rig.join(id, 'watches');
    expect([rig.pictures.size, rig.pictures.showing]).toEqual([4, 1]);
    rig.shows('ann', 1, 5);
    expect(received('ben', 'cec', 'eve')).toEqual([0, 0, 0]);
    rig.show('ann', ['ben', 'cec']);
    rig.shows('ann', 6, 5);
    rig.show('ann', ['cec']);
    rig.shows('ann', 11, 5);
    expect(received('ben', 'cec', 'eve')).toEqual([5, 10, 0]);
    expect(rig.pictures.counters().find(({ peer }) => peer === 'cec')).toMatchObject({ packetsOut: 10, packetsFrom: { ann: 10 } });
    rig.pictures.forget('cec');
    rig.shows('ann', 16, 5, { key: true });
    expect(received('ben', 'cec', 'eve')).toEqual([5, 10, 0]);
  });

  it('carry the viewer\'s own names, running numbers, and nothing of the sender\'s header', () => {
    rig.join('ann', 'shows');
    const ben = rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    rig.shows('ann', 65_530, 12);
    const { media } = rig.line('ben');
    expect(media.every((each) => ((each[1] ?? 0) & 0x7f) === VIEWER_TYPES.vp8)).toBe(true);
    expect(media.every((each) => readUint32(each, 8) === ben.view?.ssrc)).toBe(true);
    expect(steps('ben')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(numbers('ben')[0]).toBeLessThan(0x8000);
    expect(media[3]?.subarray(12)).toEqual(rig.packet('ann', 65_533).subarray(12));
  });

  it('are taken from the one stream that was offered', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    rig.comes('ann', 1, { ssrc: 99 });
    rig.comes('ann', 1, { payloadType: 97 });
    rig.pictures.receive(rig.peer('ben'), rig.packet('ann', 1), rig.now);
    expect(received('ben')).toEqual([0]);
  });

  it('do not pass a flood', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    for (let sequence = 0; sequence < 5000; sequence += 1) rig.comes('ann', sequence);
    expect(rig.line('ben').media.length).toBeLessThanOrEqual(600);
    expect(rig.peer('ann').source?.intake.overRate).toBeGreaterThan(4000);
  });

  it('are asked for whole when a viewer comes or has lost it, and not all the time', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    rig.shows('ann', 1, 1);
    const asked = (): number => rig.line('ann').asked().requests;
    expect(asked()).toBe(1);
    for (let i = 0; i < 50; i += 1) rig.needsPicture('ben');
    expect(asked()).toBe(1);
    rig.now += 600;
    // What is owed is not forgotten.
    rig.tick();
    expect(asked()).toBe(2);
    rig.now += 1000;
    rig.tick();
    expect(asked()).toBe(2);
  });

  it('are mended: what the relay misses it asks for at once, what a viewer misses is sent again', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    rig.shows('ann', 100, 3);
    rig.shows('ann', 104, 3);
    expect(rig.line('ann').asked().lost).toEqual([103]);
    const first = numbers('ben')[0] ?? 0;
    rig.lost('ben', first + 1);
    expect(last('ben').equals(rig.line('ben').media[1] as Buffer)).toBe(true);
    for (let i = 0; i < 5; i += 1) rig.lost('ben', first + 3);
    expect(rig.line('ann').asked().lost, 'asked for a moment ago').toEqual([103]);
    rig.now += 200;
    rig.lost('ben', first + 3);
    expect(rig.line('ann').asked().lost).toEqual([103, 103]);
    rig.shows('ann', 103, 1);
    expect(readUint16(last('ben'), 2)).toBe(first + 3);
    rig.shows('ann', 103, 1);
    expect(received('ben'), 'not twice').toEqual([8]);
    rig.shows('ann', 107, 1);
    expect(readUint16(last('ben'), 2)).toBe(first + 7);
  });

  it('are not sent again without end, nor to whoever may not see them any more', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    rig.shows('ann', 1, 3);
    const first = numbers('ben')[0] ?? 0;
    for (let i = 0; i < 1000; i += 1) rig.lost('ben', first);
    expect(rig.line('ben').media.length).toBeLessThanOrEqual(3 + 150);
    rig.show('ann', []);
    rig.tick();
    rig.line('ben').sent = [];
    rig.lost('ben', first);
    rig.needsPicture('ben');
    expect(rig.line('ben').sent).toEqual([]);
    // Nor what was shown before, once they may see again.
    rig.show('ann', ['ben']);
    rig.shows('ann', 4, 3, { key: true });
    rig.line('ben').sent = [];
    rig.lost('ben', first);
    expect(rig.line('ben').sent).toEqual([]);
  });

  it('are wanted as large as the worst way carries, within limits, and as long as that was said lately', () => {
    rig.join('ann', 'shows');
    for (const id of ['ben', 'cec']) rig.join(id, 'watches');
    rig.show('ann', ['ben', 'cec']);
    let sequence = 0;
    const wanted = (): number => {
      rig.shows('ann', sequence += 1, 1);
      rig.tick();
      return Math.round((rig.line('ann').asked().bitrates.at(-1) ?? 0) / 1000);
    };
    expect(wanted()).toBe(1500);
    rig.carries('ben', 700_000);
    rig.carries('cec', 9_000_000);
    expect(wanted()).toBe(700);
    rig.carries('ben', 1000);
    expect(wanted()).toBe(250);
    rig.now += 11_000;
    expect(wanted()).toBe(1500);
  });

  it('go on when whoever watches, or whoever shows, has a new connection', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.show('ann', ['ben']);
    rig.shows('ann', 1, 3);
    rig.join('ben', 'watches');
    rig.shows('ann', 4, 3);
    expect(received('ben')).toEqual([3]);
    rig.join('ann', 'shows');
    rig.shows('ann', 39_999, 1);
    expect(received('ben'), 'nothing before a whole picture').toEqual([3]);
    rig.shows('ann', 40_000, 1, { key: true });
    rig.shows('ann', 40_001, 2);
    expect(steps('ben')).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('are told of when nobody is to be sent them', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    const news = (): unknown[] => [...rig.pictures.takeWanted()];
    expect(news()).toEqual([{ line: 'ann', wanted: false }]);
    rig.show('ann', ['ben']);
    expect([news(), news()]).toEqual([[{ line: 'ann', wanted: true }], []]);
    rig.pictures.setSize('ben', 'none');
    expect(news()).toEqual([{ line: 'ann', wanted: false }]);
    rig.shows('ann', 1, 3, { key: true });
    expect(received('ben')).toEqual([0]);
    rig.pictures.setSize('ben', 'low');
    rig.shows('ann', 4, 3, { key: true });
    expect(received('ben')).toEqual([3]);
  });

  it('come in either codec, and go out under the number that the viewer gave it', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches');
    rig.join('old', 'watches', { h264: false });
    rig.show('ann', ['ben', 'old']);
    rig.shows('ann', 1, 2, { codec: 'h264', payloadType: SHOWN_TYPES.h264 });
    rig.shows('ann', 3, 2, { codec: 'vp8' });
    const types = (id: string): number[] => rig.line(id).media.map((packet) => (packet[1] ?? 0) & 0x7f);
    expect(types('ben')).toEqual([121, 121, 120, 120]);
    expect(types('old'), 'nothing that it cannot play').toEqual([120, 120]);
  });

  it('tell a browser that asks for it when each packet was sent', () => {
    rig.join('ann', 'shows');
    rig.join('ben', 'watches', { sendTimeId: 2 });
    rig.join('cec', 'watches');
    rig.show('ann', ['ben', 'cec']);
    rig.now = 65_000;
    rig.comes('ann', 1);
    const packet = last('ben');
    expect([packet[0], readUint16(packet, 12), readUint16(packet, 14), packet[16]]).toEqual([0x90, 0xbede, 1, 0x22]);
    expect(readUint32(packet, 16) & 0xffffff, '1 s after 64, 18 binary places').toBe(2 ** 18);
    expect(packet.subarray(20)).toEqual(rig.packet('ann', 1).subarray(12));
    expect(last('cec').subarray(12)).toEqual(rig.packet('ann', 1).subarray(12));
  });
});
