/** Consoles of those who work in a session: fetched by those who have them. A file `index.tsx` in the folder of a workplace exports `Workplace`, a component that finds the session by `usePlenary`. */
import type { ComponentType } from 'preact';
import type { Role } from '../../../shared/protocol/vocabulary.ts';
import { createPart } from '../../ui/part.tsx';
import type { Part } from '../../ui/part.tsx';

interface WorkplaceModule {
  readonly Workplace: ComponentType;
}

const files = import.meta.glob<WorkplaceModule>(['../console/index.tsx', '../captioning/index.tsx']);

function part(file: string): Part<WorkplaceModule> | null {
  const load = files[file];
  return load === undefined ? null : createPart(load);
}

const PARTS: Readonly<Partial<Record<Role, Part<WorkplaceModule> | null>>> = { interpreter: part('../console/index.tsx'), captioner: part('../captioning/index.tsx') };

/** The workplace of a role, or null. */
export function workplaceOf(role: Role): Part<WorkplaceModule> | null {
  return PARTS[role] ?? null;
}
