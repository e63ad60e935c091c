/** Member states are seated and listed by the French alphabetical order of their names (General Rules, "Seating order"). */

const french = new Intl.Collator('fr', { sensitivity: 'base', ignorePunctuation: true });

export interface Named {
  readonly entity: string;
  readonly entityType: string;
  /** The name in French. */
  readonly french: string;
}

/** States first, then everybody else; within each by the French alphabet. */
export function bySeat(a: Named, b: Named): number {
  const rank = Number(a.entityType !== 'member-state') - Number(b.entityType !== 'member-state');
  return rank || french.compare(a.french, b.french) || (a.entity < b.entity ? -1 : Number(a.entity > b.entity));
}
