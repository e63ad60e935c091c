import { describe, expect, it } from 'vitest';
import { Wardrobe } from './wardrobe.ts';

const wardrobe = new Wardrobe(['suit', 'dress'], { skin: 3, hair: 2, garment1: 4, garment2: 1 });
const LAST = { id: 'dress', skin: 2, hair: 1, garment1: 3, garment2: 0 };

describe('the wardrobe', () => {
  it('holds every appearance in every colour that it was given, the first without being asked', () => {
    expect(wardrobe.read(LAST)).toEqual(LAST);
    expect(wardrobe.first).toEqual({ id: 'suit', skin: 0, hair: 0, garment1: 0, garment2: 0 });
    expect(wardrobe.holds(wardrobe.first)).toBe(true);
  });

  it.each([
    ['an appearance that no client can draw', { ...LAST, id: 'crown' }],
    ['the name of something that every object has', { ...LAST, id: 'constructor' }],
    ['a skin beyond the palette', { ...LAST, skin: 3 }],
    ['hair beyond the palette', { ...LAST, hair: 2 }],
    ['a first colour beyond the palette', { ...LAST, garment1: 4 }],
    ['a second colour beyond the palette', { ...LAST, garment2: 1 }],
    ['half a colour', { ...LAST, skin: 0.5 }],
    ['nothing', undefined],
    ['a text', 'suit'],
  ])('does not hold %s', (_what, value) => {
    expect(wardrobe.read(value)).toBeNull();
  });
});
