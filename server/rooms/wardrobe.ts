import { Appearance } from '../../shared/protocol/people.ts';

/** The parts of an appearance that have a colour of their own. */
export const TINTS = ['skin', 'hair', 'garment1', 'garment2'] as const;
export type Tint = (typeof TINTS)[number];

/** What people may wear: appearances and colours that every client can draw. Whatever a client asks for beyond it, nobody else gets to see. */
export class Wardrobe {
  /** What somebody wears who has never chosen. */
  readonly first: Appearance;
  private readonly ids: ReadonlySet<string>;
  private readonly colours: Readonly<Record<Tint, number>>;

  /** `ids`: at least one; `colours`: the length of each palette, at least 1. */
  constructor(ids: readonly string[], colours: Readonly<Record<Tint, number>>) {
    this.ids = new Set(ids);
    this.colours = colours;
    this.first = { id: ids[0] ?? '', skin: 0, hair: 0, garment1: 0, garment2: 0 };
  }

  holds(appearance: Appearance): boolean {
    return this.ids.has(appearance.id) && TINTS.every((tint) => appearance[tint] < this.colours[tint]);
  }

  /** What a client or the store says somebody wears; null if it is no appearance, or none of ours. */
  read(value: unknown): Appearance | null {
    const parsed = Appearance.safeParse(value);
    return parsed.success && this.holds(parsed.data) ? parsed.data : null;
  }
}
