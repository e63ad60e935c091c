import { signal } from '@preact/signals';
import type { Appearance } from '../../shared/protocol/people.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';

export type TintSlot = 'skin' | 'hair' | 'garment1' | 'garment2';
export const TINT_SLOTS: readonly TintSlot[] = ['skin', 'hair', 'garment1', 'garment2'];

/** One avatar of `avatars.json`. */
export interface AvatarChoice {
  readonly id: string;
  readonly names: Readonly<Record<Language, string>>;
  /** Indices into the palettes. */
  readonly defaultTints: Readonly<Record<TintSlot, number>>;
}

export interface AvatarCatalogue {
  readonly appearances: readonly AvatarChoice[];
  /** `#rrggbb`, in the order of the indices of an `Appearance`. */
  readonly palettes: Readonly<Record<TintSlot, readonly string[]>>;
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
  } catch (_unreachable) {
    avatarCatalogue.value = { kind: 'failed' };
  }
}

/** An appearance in its own colours. */
export function inDefaultTints(choice: AvatarChoice): Appearance {
  return { id: choice.id, ...choice.defaultTints };
}

/** Stands in where the list of avatars could not be loaded: the server takes its own default for it. */
const UNCHOSEN: Appearance = { id: 'default', skin: 0, hair: 0, garment1: 0, garment2: 0 };

/** What to enter with: what was picked, else what was worn last, else the first on offer. */
export function appearanceToEnter(worn: Appearance | null): Appearance {
  const state = avatarCatalogue.value;
  const first = state.kind === 'ready' ? state.catalogue.appearances[0] : undefined;
  return pickedAppearance.value ?? worn ?? (first === undefined ? UNCHOSEN : inDefaultTints(first));
}
