import { computed, signal } from '@preact/signals';
import type { Layout, Venue } from '../../shared/scene/layout.ts';
import type { PreviewState } from '../../shared/scene/preview.ts';
import type { WorldStats } from '../app/contracts.ts';
import type { Held } from '../world/overlays/index.ts';
import type { Kind } from './shapes.ts';

/** What the tool says. Null until it has said something. */
export const preview = signal<PreviewState | null>(null);
/** Nobody tells of saves any more. */
export const lost = signal(false);
/** The revision in the picture, with its own files. */
export const shown = signal<{ readonly revision: number; readonly layout: Layout; readonly venue: Venue } | null>(null);
export type Loading = { readonly kind: 'idle' } | { readonly kind: 'loading'; readonly fraction: number } | { readonly kind: 'failed'; readonly message: string };
export const loading = signal<Loading>({ kind: 'loading', fraction: 0 });
/** From the save to the picture, milliseconds; null for the first one. */
export const reloadTime = signal<number | null>(null);
export const stats = signal<WorldStats | null>(null);
/** What the graphics card holds for it. */
export const held = signal<Held | null>(null);
export const position = signal<{ readonly x: number; readonly y: number; readonly z: number } | null>(null);

export const overlays = signal<ReadonlySet<Kind>>(new Set());
export const throughWalls = signal(false);
export const labelsOn = signal(true);
export const panelOpen = signal(true);
/** Single-key shortcuts can be switched off (WCAG 2.1.4). */
export const shortcuts = signal(true);

export function toggleOverlay(kind: Kind): void {
  const next = new Set(overlays.value);
  if (!next.delete(kind)) next.add(kind);
  overlays.value = next;
}

/** What is wrong with the scene: the full check's word if it has one for this revision, what the quick look found until then. */
export const findings = computed(() => {
  const state = preview.value;
  if (state === null) return [];
  const checked = state.check !== null && state.check.revision === state.scene?.revision ? state.check.report : null;
  return checked?.findings ?? state.scene?.findings ?? [];
});
