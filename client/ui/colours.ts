import type { PlainKey } from './i18n.ts';

type ColourKey = Extract<PlainKey, `colour.${string}`>;

/** Anchors of everyday colour names, sRGB. */
const NAMED: readonly (readonly [ColourKey, string])[] = [
  ['colour.black', '#16161a'], ['colour.charcoal', '#3a3c42'], ['colour.grey', '#5f5e5c'], ['colour.grey', '#7d7d7d'], ['colour.silver', '#c3c6ca'],
  ['colour.white', '#efece6'], ['colour.beige', '#c4b499'], ['colour.blond', '#cba869'], ['colour.lightBrown', '#a3754a'], ['colour.brown', '#6a4426'],
  ['colour.darkBrown', '#33221a'], ['colour.auburn', '#86402a'], ['colour.red', '#b8242b'], ['colour.burgundy', '#7a2337'], ['colour.orange', '#d8761f'],
  ['colour.gold', '#cb9a30'], ['colour.olive', '#6b6b32'], ['colour.green', '#2f7a46'], ['colour.darkGreen', '#1f4436'], ['colour.turquoise', '#1f7a78'],
  ['colour.lightBlue', '#a9c2da'], ['colour.blue', '#2b5fa0'], ['colour.navy', '#1f2d4c'], ['colour.greyBlue', '#4f6478'], ['colour.violet', '#63467f'],
  ['colour.pink', '#d593a8'],
];

/** People name a colour by its hue before its lightness: a dark grey is no dark brown. Found by reading out the palettes of the avatars. */
const HUE_WEIGHT = 2.2;

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

/** How different two `#rrggbb` colours look: Euclidean distance in OKLab, 0 is the same, black to white is 1. `hueWeight` stretches the colour plane. */
export function colourDistance(hex: string, other: string, hueWeight = 1): number {
  const [l, a, b] = oklab(hex);
  const [l2, a2, b2] = oklab(other);
  return Math.hypot(l - l2, hueWeight * (a - a2), hueWeight * (b - b2));
}

/** Catalogue key of the everyday name nearest to a colour, so that nobody has to see a swatch to choose it. */
export function colourName(hex: string): ColourKey {
  let best: ColourKey = 'colour.black';
  let bestDistance = Infinity;
  for (const [key, anchor] of NAMED) {
    const distance = colourDistance(hex, anchor, HUE_WEIGHT);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = key;
    }
  }
  return best;
}
