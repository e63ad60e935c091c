import type { ComponentType } from 'preact';
import type { PlainKey } from '../ui/i18n.ts';
import { ScenesSection } from './scenes/ScenesSection.tsx';
import { SponsorsSection } from './sponsors/SponsorsSection.tsx';

/** One part of the secretariat's work. */
export interface Section {
  /** Also in the address: `/staff/#scenes`. */
  readonly id: string;
  readonly title: PlainKey;
  readonly Component: ComponentType;
}

/** The tabs of the page, in their order. To add one: a component in a folder of its own, and a line here. */
export const SECTIONS: readonly Section[] = [
  { id: 'scenes', title: 'staff.scenes.title', Component: ScenesSection },
  { id: 'sponsors', title: 'sponsors.title', Component: SponsorsSection },
];
