import { schema, t } from '@colyseus/schema';
import type { SchemaType } from '@colyseus/schema';

/**
 * Slow state of the venue room. `people` is filtered per client (a person who is blocked, or blocks, is not in it);
 * fields mirror `PersonInfo`. Positions are not here: they go in pose frames.
 */
export const PersonState = schema({
  id: t.string(),
  index: t.uint16(),
  name: t.string(),
  entity: t.string(),
  entityType: t.string(),
  country: t.string(),
  role: t.string(),
  appearance: t.string(),
  skin: t.uint8(),
  hair: t.uint8(),
  garment1: t.uint8(),
  garment2: t.uint8(),
  mic: t.string(),
  deafened: t.boolean(),
  seat: t.string(),
  away: t.boolean(),
}, 'Person');
export type PersonState = SchemaType<typeof PersonState>;

export const VenueState = schema({
  scene: t.string(),
  people: t.map(PersonState).view(),
}, 'Venue');
export type VenueState = SchemaType<typeof VenueState>;
