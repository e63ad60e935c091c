import { signal } from '@preact/signals';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { colourDistance } from './colours.ts';

export type TintSlot = 'skin' | 'hair' | 'garment1' | 'garment2';
export const TINT_SLOTS: readonly TintSlot[] = ['skin', 'hair', 'garment1', 'garment2'];

/** One avatar of `avatars.json`. */
export interface AvatarChoice {
  readonly id: string;
  readonly names: Readonly<Record<Language, string>>;
  /** What the `hair` tint colours: the hair, or the cloth of a headscarf or turban. */
  readonly hairIs: 'hair' | 'cloth';
  /** `#rrggbb`; not each is in the palette. */
  readonly defaultTints: Readonly<Record<TintSlot, string>>;
}

export interface AvatarCatalogue {
  readonly appearances: readonly AvatarChoice[];
  /** `#rrggbb`, in the order of the indices of an `Appearance`. */
  readonly palettes: Readonly<Record<TintSlot, readonly string[]>>;
  readonly credits: readonly { readonly what: string; readonly by: string; readonly licence: string; readonly source: string }[];
}

export type AvatarCatalogueState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly catalogue: AvatarCatalogue }
  | { readonly kind: 'failed' };

export const avatarCatalogue = signal<AvatarCatalogueState>({ kind: 'loading' });
/** What the person wears, or has picked on the entry page; null until they or the server chose. */
export const pickedAppearance = signal<Appearance | null>(null);

function isCatalogue(value: unknown): value is AvatarCatalogue {
  if (typeof value !== 'object' || value === null) return false;
  const { appearances, palettes } = value as Partial<AvatarCatalogue>;
  return Array.isArray(appearances) && appearances.length > 0 && typeof palettes === 'object'
    && TINT_SLOTS.every((slot) => Array.isArray(palettes[slot]));
}

/** Loads the avatars on offer into `avatarCatalogue`; a failure is a state there, with which one can still enter. */
export async function loadAvatarCatalogue(): Promise<void> {
  if (avatarCatalogue.value.kind === 'ready') return;
  avatarCatalogue.value = { kind: 'loading' };
  try {
    const response = await fetch('/avatars/avatars.json');
    const value: unknown = response.ok ? await response.json() : null;
    avatarCatalogue.value = isCatalogue(value) ? { kind: 'ready', catalogue: value } : { kind: 'failed' };
  } catch {
    avatarCatalogue.value = { kind: 'failed' };
  }
}

/** Index of the colour of a palette that looks most like `hex`. */
function nearestIndex(palette: readonly string[], hex: string): number {
  const distances = palette.map((each) => colourDistance(each, hex));
  return distances.indexOf(Math.min(...distances));
}

/** An appearance in the colours that its author gave it, as near as the palettes have them. */
export function inDefaultTints(choice: AvatarChoice, palettes: AvatarCatalogue['palettes']): Appearance {
  const index = (slot: TintSlot): number => nearestIndex(palettes[slot], choice.defaultTints[slot]);
  return { id: choice.id, skin: index('skin'), hair: index('hair'), garment1: index('garment1'), garment2: index('garment2') };
}

/** Stands in where the list of avatars could not be loaded: the server takes its own default for it. */
export const UNCHOSEN: Appearance = { id: 'default', skin: 0, hair: 0, garment1: 0, garment2: 0 };

/** What to enter with: what was picked, else what was worn last, else the first on offer. */
export function appearanceToEnter(worn: Appearance | null): Appearance {
  const state = avatarCatalogue.value;
  const first = state.kind === 'ready' ? state.catalogue.appearances[0] : undefined;
  const offered = first === undefined || state.kind !== 'ready' ? UNCHOSEN : inDefaultTints(first, state.catalogue.palettes);
  return pickedAppearance.value ?? worn ?? offered;
}
