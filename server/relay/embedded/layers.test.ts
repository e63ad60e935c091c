import { beforeEach, describe, expect, it } from 'vitest';
import { PictureRig } from '../../../tests/support/picture-rig.ts';
import type { PacketOptions } from '../../../tests/support/picture-rig.ts';
import { isRtcp, readUint16, readUint32 } from './rtp.ts';

/** A camera in two sizes, as an encoder sends them: frames of known numbers, whole pictures when they are asked for. */
class Camera {
  readonly next = { high: 3000, low: 200 };
  private readonly answered = { high: 0, low: 0 };
  private readonly rig: PictureRig;
  private readonly name: string;
  /** Bytes of a packet. */
  readonly sizes = { high: 1100, low: 600 };
  sends: ('high' | 'low')[] = ['high', 'low'];

  constructor(rig: PictureRig, name: string) {
    this.rig = rig;
    this.name = name;
    rig.join(`${name}/high`, 'shows', { ssrc: 2000, layer: 'high' });
    rig.join(`${name}/low`, 'shows', { ssrc: 3000, layer: 'low' });
  }

  send(layer: 'high' | 'low', options: PacketOptions = {}): number {
    const line = `${this.name}/${layer}`;
    const { requests } = this.rig.line(line).asked();
    const key = requests > this.answered[layer];
    this.answered[layer] = requests;
    const sequence = this.next[layer]++;
    this.rig.comes(line, sequence, { key, bytes: this.sizes[layer], timestamp: sequence * (layer === 'high' ? 900 : 3000), ...options });
    return sequence;
  }
}

let rig: PictureRig;
let ann: Camera;

/** Time passes: 100 packets of the large layer and 25 of the small one a second. */
function seconds(count: number, each: (second: number) => void = () => undefined): void {
  for (let second = 0; second < count; second += 1) {
    for (let step = 0; step < 100; step += 1) {
      rig.now += 10;
      if (step % 2 === 0) rig.pictures.turn(rig.now);
      for (const layer of ann.sends) if (layer === 'high' || step % 4 === 0) ann.send(layer);
    }
    each(second);
    rig.tick();
  }
}

/** Which layer each packet came from, told by its length. */
const layersOf = (id: string): string => rig.line(id).media.map((packet) => (packet.length > 1000 ? 'H' : 'l')).join('');
const layerNow = (id: string): string => layersOf(id).at(-1) ?? '-';
const from = (id: string): Readonly<Record<string, number>> => rig.pictures.counters().find(({ peer }) => peer === id)?.packetsFrom ?? {};
const numberOf = (packet: Buffer | undefined): number => readUint16(packet ?? Buffer.alloc(4), 2);
const isKey = (packet: Buffer | undefined): boolean => packet?.[13] === 0x00;

function watch(id: string, options: Parameters<PictureRig['join']>[2] = {}): void {
  rig.join(id, 'watches', options);
  watching.push(id);
  rig.show('ann', watching, ['ann/high', 'ann/low']);
}
let watching: string[] = [];

/** Comes up to the large layer as a viewer whose way is wide. */
function rise(...ids: string[]): void {
  seconds(9);
  expect(ids.map(layerNow)).toEqual(ids.map(() => 'H'));
}

beforeEach(() => {
  rig = new PictureRig();
  ann = new Camera(rig, 'ann');
  watching = [];
});

describe('a camera in two layers', () => {
  it('begins small, tries the way out with padding, and is large when it has held', () => {
    watch('ben');
    seconds(1);
    expect([layersOf('ben').includes('H'), rig.line('ben').padding.length]).toEqual([false, 0]);
    seconds(2);
    expect([layersOf('ben').includes('H'), rig.line('ben').padding.length > 20]).toEqual([false, true]);
    rise('ben');
    const padded = rig.line('ben').padding.length;
    seconds(5);
    expect(rig.line('ben').padding.length, 'no more of it').toBe(padded);
    expect(layersOf('ben')).toMatch(/^l+H+$/);
  });

  it('switches at a whole picture, in one stream: one name, numbers without a gap, time that runs on', () => {
    watch('ben');
    rise('ben');
    const packets = rig.line('ben').sent.filter((packet) => !isRtcp(packet));
    expect(new Set(packets.map((packet) => readUint32(packet, 8)))).toEqual(new Set([rig.line('ben').ssrc]));
    const steps = packets.slice(1).map((packet, i) => (numberOf(packet) - numberOf(packets[i])) & 0xffff);
    expect(new Set(steps)).toEqual(new Set([1]));
    const times = packets.slice(1).map((packet, i) => (readUint32(packet, 4) - readUint32(packets[i] ?? packet, 4)) | 0);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThan(20_000);
    const { media } = rig.line('ben');
    expect(isKey(media[layersOf('ben').indexOf('H')])).toBe(true);
  });

  it('is small at once when the way is overfull, from a whole picture on, and lost packets of the large one are not sent again', () => {
    watch('ben');
    rise('ben');
    rig.carries('ben', 900_000);
    const large = numberOf(rig.line('ben').media.at(-1));
    rig.line('ben').sent = [];
    rig.carries('ben', 255_000);
    ann.send('high');
    rig.lost('ben', large);
    expect(rig.line('ben').media, 'nothing of the large one').toEqual([]);
    seconds(3);
    expect(layersOf('ben')).toMatch(/^l{50,}$/);
    expect(isKey(rig.line('ben').media[0])).toBe(true);
    expect(rig.line('ann/low').asked().requests).toBeGreaterThan(1);
  });

  it('sends again what was lost before a switch up, under the number that it had, and padding as padding', () => {
    watch('ben');
    rise('ben');
    const small = rig.line('ben').media[layersOf('ben').indexOf('H') - 1];
    const padding = rig.line('ben').padding.at(-1);
    rig.line('ben').sent = [];
    rig.lost('ben', numberOf(small));
    expect(rig.line('ben').media.map((packet) => packet.equals(small ?? packet))).toEqual([true]);
    rig.lost('ben', numberOf(padding));
    expect(rig.line('ben').padding.map(numberOf)).toEqual([numberOf(padding)]);
    expect(from('ben')['ann/low'], 'and it counts as what it was').toBeGreaterThan(0);
  });

  it('does not go up on a way that says it is overfull while it is tried out, and tries again later and later', () => {
    watch('ben');
    seconds(2);
    rig.carries('ben', 300_000);
    const tries: number[] = [];
    let before = rig.line('ben').padding.length;
    seconds(70, (second) => {
      const padding = rig.line('ben').padding.length;
      if (padding > before + 5 && (tries.at(-1) ?? -9) < second - 3) tries.push(second);
      before = padding;
      // The way carries so much and no more.
      if (padding > 0) rig.carries('ben', 300_000);
      if (tries.at(-1) === second) rig.carries('ben', 250_000);
    });
    expect(layersOf('ben').includes('H')).toBe(false);
    expect(tries.length).toBeGreaterThan(2);
    const pauses = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBeGreaterThan(15);
  });

  it('is not drawn under its floor by the worst viewer, who gets the small one instead', () => {
    watch('ben');
    watch('cec');
    rise('ben', 'cec');
    rig.carries('ben', 3_000_000);
    rig.carries('cec', 800_000);
    const asked = (): number => Math.round((rig.line('ann/high').asked().bitrates.at(-1) ?? 0) / 1000);
    seconds(1);
    expect(asked()).toBeGreaterThanOrEqual(800);
    rig.carries('cec', 100_000);
    seconds(2);
    expect([layerNow('ben'), layerNow('cec')]).toEqual(['H', 'l']);
    expect(asked()).toBe(1200);
    expect(Math.min(...rig.line('ann/high').asked().bitrates)).toBeGreaterThanOrEqual(499_000);
  });

  it('is small while loss says that the way is full, and 5% by chance changes nothing', () => {
    watch('ben');
    rise('ben');
    let lost = 0;
    const report = (share: number): void => {
      lost += Math.round(100 * share);
      rig.reports('ben', { lost, highest: numberOf(rig.line('ben').media.at(-1)) });
    };
    seconds(10, () => { report(0.05); });
    expect(layerNow('ben')).toBe('H');
    seconds(2, () => { report(0.4); });
    expect(layerNow('ben')).toBe('l');
  });

  it('gives way to voices: small, then nothing, and small again after a while', () => {
    watch('ben', { voice: 'ben' });
    rise('ben');
    seconds(8);
    const suffer = (): void => { rig.voices.set('ben', { loss: 0.2, lossAtMs: rig.now }); };
    suffer();
    seconds(2);
    expect(layerNow('ben')).toBe('l');
    rig.voices.clear();
    seconds(8);
    expect(layerNow('ben')).toBe('l');
    suffer();
    seconds(1);
    rig.line('ben').sent = [];
    seconds(3);
    expect(rig.line('ben').media).toEqual([]);
    rig.voices.clear();
    seconds(12);
    expect(layerNow('ben')).toBe('l');
  });

  it('leaves room for the voice on the speaker\'s own way: what does not come through is not sent for a while', () => {
    watch('ben');
    rise('ben');
    const news = (): string[] => [...rig.pictures.takeWanted()].map(({ line, wanted }) => `${line} ${wanted}`);
    expect(news()).toEqual(['ann/high true', 'ann/low true']);
    const send = ann.send.bind(ann);
    // Three of four packets of the large layer are dropped on the way.
    ann.send = (layer, options) => (layer === 'high' && rig.now % 40 !== 0 ? ann.next.high++ : send(layer, options));
    seconds(4);
    expect([news(), layerNow('ben')]).toEqual([['ann/high false'], 'l']);
    ann.send = send;
    ann.sends = ['low'];
    seconds(11);
    expect(news()).toEqual(['ann/high true']);
    ann.sends = ['high', 'low'];
    seconds(2);
    expect(layerNow('ben')).toBe('H');
  });

  it('is as large as the viewer has use for', () => {
    watch('ben');
    rise('ben');
    rig.pictures.setSize('ben', 'low');
    seconds(2);
    expect(layerNow('ben')).toBe('l');
    rig.line('ben').sent = [];
    rig.pictures.setSize('ben', 'none');
    seconds(2);
    expect(rig.line('ben').media).toEqual([]);
    rig.pictures.setSize('ben', 'high');
    seconds(2);
    expect(layersOf('ben')).toMatch(/^H{100,}$/);
  });

  it('is not sent large while nobody watches it large', () => {
    const news = (): string[] => [...rig.pictures.takeWanted()].map(({ line, wanted }) => `${line} ${wanted}`);
    expect(news()).toEqual(['ann/high false', 'ann/low false']);
    watch('ben');
    rig.pictures.setSize('ben', 'low');
    expect(news()).toEqual(['ann/low true']);
    seconds(9);
    rig.pictures.setSize('ben', 'high');
    ann.sends = ['low'];
    seconds(9);
    expect(news()).toEqual(['ann/high true']);
    expect(layerNow('ben'), 'until it comes').toBe('l');
    ann.sends = ['high', 'low'];
    seconds(1);
    expect(layerNow('ben')).toBe('H');
    expect(news(), 'the small one stays, to fall on').toEqual([]);
    rig.pictures.setSize('ben', 'none');
    expect(news()).toEqual(['ann/high false', 'ann/low false']);
  });

  it('remembers what the way to a person carried, for the next picture to them', () => {
    watch('ben', { voice: 'ben' });
    rise('ben');
    watch('ben/2', { voice: 'ben' });
    seconds(2);
    expect(layerNow('ben/2')).toBe('H');
    watch('cec', { voice: 'cec' });
    seconds(2);
    expect(layerNow('cec')).toBe('l');
  });

  it('a whole picture whose first packet was lost is taken up when that comes, with what followed', () => {
    watch('ben');
    seconds(8);
    // It waits for the large layer, whose whole picture begins with a packet that is lost.
    ann.sends = ['low'];
    if (layerNow('ben') === 'H') rig.pictures.setSize('ben', 'low');
    seconds(1);
    rig.pictures.setSize('ben', 'high');
    const first = ann.next.high;
    ann.next.high += 1;
    for (let i = 0; i < 4; i += 1) ann.send('high', { key: false });
    rig.line('ben').sent = [];
    rig.comes('ann/high', first, { key: true, bytes: 1100, timestamp: first * 900 });
    expect(layersOf('ben')).toBe('HHHHH');
    const sent = rig.line('ben').media.map(numberOf);
    expect(sent.map((number) => (number - (sent[0] ?? 0)) & 0xffff)).toEqual([0, 1, 2, 3, 4]);
  });

  it('goes over to another picture on the same line, with nothing more of the first', () => {
    watch('ben');
    rise('ben');
    rig.join('dan/low', 'shows', { ssrc: 4000, layer: 'low' });
    rig.line('ben').sent = [];
    rig.show('dan', ['ben'], ['dan/high', 'dan/low']);
    seconds(1);
    expect(rig.line('ben').media, 'nothing of ann, nothing of dan before a whole picture').toEqual([]);
    rig.comes('dan/low', 50, { bytes: 300 });
    rig.comes('dan/low', 51, { bytes: 300, key: true });
    rig.comes('dan/low', 52, { bytes: 300 });
    expect(rig.line('ben').media.length).toBe(2);
    expect(from('ben')['dan/low']).toBe(2);
    const before = from('ben')['ann/high'];
    rig.show('ann', [], []);
    seconds(1);
    expect(from('ben')['ann/high']).toBe(before);
  });

  it('keeps a viewer to the layer that it can play', () => {
    watch('old', { h264: false });
    watch('ben');
    const send = ann.send.bind(ann);
    ann.send = (layer, options = {}) => send(layer, layer === 'high' ? { codec: 'h264', ...options } : options);
    seconds(9);
    expect([layerNow('old'), layerNow('ben')]).toEqual(['l', 'H']);
    expect(from('old')).toEqual({ 'ann/low': expect.any(Number) as number });
    expect(((rig.line('ben').media.at(-1)?.[1] ?? 0) & 0x7f)).toBe(121);
  });
});
