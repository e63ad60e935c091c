import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avatarsJson as text } from '../../../tests/support/avatars.ts';
import { appearanceIndex, packTints, readCatalogue } from './catalogue.ts';

/** As the shader unpacks it: three bytes out of one float. */
function unpack(packed: number): string {
  const bytes = [Math.floor(packed / 65536), Math.floor(packed / 256) % 256, packed % 256];
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

describe('the list of avatars', () => {
  const catalogue = readCatalogue(text);
  const file = JSON.parse(text) as { palettes: Record<string, string[]>; appearances: { id: string }[] };

  it('gives every colour of the palettes through one float32', () => {
    const index = fc.integer({ min: 0, max: 63 });
    fc.assert(fc.property(index, index, index, index, (skin, hair, garment1, garment2) => {
      const out = new Float32Array(6);
      packTints(catalogue, { id: 'x', skin, hair, garment1, garment2 }, out, 1);
      const expected = Object.entries({ skin, hair, garment1, garment2 }).map(([tint, number]) => {
        const palette = file.palettes[tint] ?? [];
        return palette[number % palette.length];
      });
      expect([...out.subarray(1, 5)].map(unpack)).toEqual(expected);
      expect([out[0], out[5]]).toEqual([0, 0]);
    }), { seed: 20261121, numRuns: 200 });
  });

  it('dresses somebody of an unknown appearance in the first', () => {
    expect(appearanceIndex(catalogue, 'from-a-newer-server')).toBe(0);
    expect(appearanceIndex(catalogue, file.appearances[2]?.id ?? '')).toBe(2);
  });

  it('knows how fast the clips walk', () => {
    expect(catalogue.speeds.get('walk')).toBeGreaterThan(0.5);
    expect(catalogue.speeds.get('run')).toBeGreaterThan(catalogue.speeds.get('walk') ?? Infinity);
  });

  it('refuses what is no list of avatars, with a reason', () => {
    for (const wrong of ['', '[]', '{"appearances":[]}', '{"appearances":[{"id":"a"}],"palettes":{"skin":["#000000"]}}']) {
      expect(() => readCatalogue(wrong)).toThrow(expect.objectContaining({ reason: 'download' }));
    }
  });
});
