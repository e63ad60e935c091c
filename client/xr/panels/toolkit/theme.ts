/** Colours by what they mean: those of the product's dark scheme (`client/ui/styles/tokens.css`), since a bright board in a dark view tires the eyes. */
const DARK = {
  surface: '#142036', raised: '#1c2a44', pressed: '#2c3f61', outline: '#2b3b58', control: '#71859f',
  text: '#edf2f9', quiet: '#b3c0d3',
  accent: '#8cc2ff', onAccent: '#06213f', accentSoft: '#1b3557',
  good: '#6fd6a6', onGood: '#062a1c', goodSoft: '#12392c',
  warn: '#f4c168', warnSoft: '#3d2f12',
  bad: '#ff9d94', onBad: '#3c0906', badSoft: '#45201f',
  private: '#c3b1ff', onPrivate: '#1d1145', privateSoft: '#2a2350',
  focus: '#ffd866', black: '#000000', white: '#ffffff',
} as const;

export type Tone = keyof typeof DARK;
export type Palette = Readonly<Record<Tone, string>>;

const HIGH_CONTRAST: Palette = {
  ...DARK,
  surface: '#000000', raised: '#1c1c1c', pressed: '#3d3d3d', outline: '#ffffff', control: '#ffffff', text: '#ffffff', quiet: '#ffffff',
  accent: '#9fd0ff', onAccent: '#000000', accentSoft: '#000000', good: '#7dffc0', onGood: '#000000', goodSoft: '#000000',
  warn: '#ffd27a', warnSoft: '#000000', bad: '#ffb3ab', onBad: '#000000', badSoft: '#000000', private: '#d6c9ff', onPrivate: '#000000', privateSoft: '#000000',
  focus: '#ffff00',
};

export function paletteOf(highContrast: boolean): Palette {
  return highContrast ? HIGH_CONTRAST : DARK;
}
