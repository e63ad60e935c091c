import { signal } from '@preact/signals';
import type { SealStatus } from '../../audio/seal/agreement.ts';

/** How far the talk that I am in is sealed; null in none. Written by `TalkSealing` only. */
export const sealStatus = signal<SealStatus | null>(null);
