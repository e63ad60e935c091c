import { describe, expect, it } from 'vitest';
import type { Sponsor } from '../../shared/protocol/sponsors.ts';
import { FakeVenue } from '../../tests/support/fake-venue.ts';

const text = { en: 'Carpets', fr: 'Tapis', es: '', ru: '', zh: '', ar: '' };
const atlas: Sponsor = { id: 'atlas', kind: 'sponsor', tier: 'gold', name: 'Atlas', logo: '/logos/a.webp', text, textIn: ['en', 'fr'], link: null, booth: null };

describe('sponsors', () => {
  it('are told to whoever comes in, and to everybody inside when they change, until the venue ends', async () => {
    const venue = await FakeVenue.open();
    venue.services.sponsors.set([atlas]);
    const ann = await venue.join('ann');
    expect(ann.line.of('sponsors')).toEqual([{ sponsors: [atlas] }]);
    const ben = await venue.join('ben');
    venue.services.sponsors.set([]);
    expect([ann, ben].map(({ line }) => line.last('sponsors'))).toEqual([{ sponsors: [] }, { sponsors: [] }]);
    await venue.venue.stop();
    venue.services.sponsors.set([atlas]);
    expect(ann.line.of('sponsors')).toHaveLength(2);
  });
});
