import { signal } from '@preact/signals';
import type { DirectState } from '../../../shared/protocol/direct.ts';

/** Whether the talk that I am in goes from browser to browser, and how far that is; null: the relay carries it. Written by `DirectTalk` only. */
export const directStatus = signal<DirectState | null>(null);
