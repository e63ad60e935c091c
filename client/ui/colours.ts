import type { PlainKey } from './i18n.ts';

type ColourKey = Extract<PlainKey, `colour.${string}`>;

/** Anchors of everyday colour names, sRGB. */
const NAMED: readonly (readonly [ColourKey, string])[] = [
  ['colour.black', '#16161a'], ['colour.charcoal', '#3c4048'], ['colour.grey', '#83878d'], ['colour.silver', '#c3c6ca'], ['colour.white', '#f4f4f2'],
  ['colour.beige', '#d8c4a0'], ['colour.blond', '#c9a35e'], ['colour.brown', '#6a4426'], ['colour.darkBrown', '#33221a'], ['colour.auburn', '#7a2f1e'],
  ['colour.red', '#b8242b'], ['colour.burgundy', '#6a1b2f'], ['colour.orange', '#d8761f'], ['colour.gold', '#cfa12c'], ['colour.olive', '#6b6b32'],
  ['colour.green', '#2f7a46'], ['colour.darkGreen', '#1c4032'], ['colour.turquoise', '#2a8f92'], ['colour.lightBlue', '#8fb6dc'], ['colour.blue', '#2b5fb0'],
  ['colour.navy', '#1b2a4a'], ['colour.violet', '#5f3f86'], ['colour.pink', '#d593a8'],
];

type Lab = readonly [number, number, number];

/** sRGB `#rrggbb` to OKLab (B. Ottosson, "A perceptual color space for image processing", 2020). */
export function oklab(hex: string): Lab {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const [r, g, b] = [channel(1), channel(3), channel(5)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** How different two `#rrggbb` colours look: Euclidean distance in OKLab, 0 is the same, black to white is 1. */
export function colourDistance(hex: string, other: string): number {
  const [l, a, b] = oklab(hex);
  const [l2, a2, b2] = oklab(other);
  return Math.hypot(l - l2, a - a2, b - b2);
}

/** Catalogue key of the everyday name nearest to a colour, so that nobody has to see a swatch to choose it. */
export function colourName(hex: string): ColourKey {
  let best: ColourKey = 'colour.black';
  let bestDistance = Infinity;
  for (const [key, anchor] of NAMED) {
    const distance = colourDistance(hex, anchor);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = key;
    }
  }
  return best;
}
