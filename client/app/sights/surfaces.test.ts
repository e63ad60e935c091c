import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { EMPTY_LAYOUT } from '../../../shared/scene/layout.ts';
import type { Venue } from '../../../shared/scene/layout.ts';
import type { Sponsor } from '../contracts.ts';
import { surfacesOf } from './surfaces.ts';
import type { SurfaceFacts } from './surfaces.ts';

const six = (text: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, `${text} (${language})`])) as Record<Language, string>;
const stand = { position: [0, 0, 0] as [number, number, number], yaw: 0, space: null };
const layout = {
  ...EMPTY_LAYOUT,
  screens: (['event', 'sponsors', 'donors'] as const).map((shows) => ({ id: shows, node: `screen-${shows}`, shows, aspect: 2 })),
  booths: [{ ...stand, id: 'one', node: 'booth-one', aspect: 1 }, { ...stand, id: 'two', node: 'booth-two', aspect: 1 }],
  nameplates: [{ id: 'a1', node: 'plate-a1', seat: 'A1', aspect: 4 }],
  activities: [{ ...stand, id: 'star', kind: 'mosaic' as const, node: 'board' }, { ...stand, id: 'untold', kind: 'mosaic' as const, node: 'other' }],
};
const tiles = [{ name: six('blue'), colour: '#1144aa', shape: 'star' as const }];
const venue = { activities: { star: { title: six('Star'), text: six('text'), columns: 3, rows: 2, tiles } } } as unknown as Venue;
const sponsor = (id: string, kind: Sponsor['kind'], change: Partial<Sponsor> = {}): Sponsor => ({ id, kind, tier: null, textIn: [...LANGUAGES], name: id, logo: null, text: six(`of ${id}`), link: null, booth: null, ...change });

function contents(change: Partial<SurfaceFacts> = {}): Map<string, unknown> {
  const facts: SurfaceFacts = {
    language: 'fr', event: 'Council', words: { welcome: 'Bienvenue', sponsors: 'Partenaires', donors: 'Donateurs' }, sponsors: [], people: [], mosaics: new Map(), picture: null, session: null, ...change,
  };
  return new Map(surfacesOf({ layout, venue }, facts).map(({ node, content }) => [node, content]));
}

describe('surfaces of a scene', () => {
  it('show the event where there is nothing else yet', () => {
    const empty = contents();
    expect(empty.get('screen-event')).toEqual({ kind: 'welcome', title: 'Council', text: 'Bienvenue' });
    expect(empty.get('screen-donors')).toEqual({ kind: 'wall', title: 'Donateurs', event: 'Council', members: [] });
    expect(empty.get('booth-one')).toEqual({ kind: 'booth', name: 'Council', logo: null, text: '' });
    expect(empty.get('plate-a1')).toEqual({ kind: 'nameplate', entity: '', name: '', sign: null });
    expect(empty.has('other')).toBe(false);
  });

  it('show sponsors and donors each on their own walls, by the language, and at their booth', () => {
    const shown = contents({ sponsors: [sponsor('Atlas', 'sponsor', { name: six('Atlas'), logo: '/atlas.svg', booth: 'two' }), sponsor('Well', 'donor')] });
    expect(shown.get('screen-sponsors')).toMatchObject({ title: 'Partenaires', members: [{ name: 'Atlas (fr)', logo: '/atlas.svg' }] });
    expect(shown.get('screen-donors')).toMatchObject({ members: [{ name: 'Well', logo: null }] });
    expect(shown.get('booth-two')).toEqual({ kind: 'booth', name: 'Atlas (fr)', logo: '/atlas.svg', text: 'of Atlas (fr)' });
    expect(shown.get('booth-one')).toMatchObject({ name: 'Council' });
  });

  it('show in a meeting what is shown in it, on the screen of that room alone', () => {
    const picture = { space: 'event', video: {} as HTMLVideoElement, frame: 7 };
    expect(contents({ picture }).get('screen-event')).toEqual({ kind: 'picture', video: picture.video, frame: 7 });
    expect(contents({ picture: { ...picture, space: 'sponsors' } }).get('screen-sponsors')).toMatchObject({ kind: 'wall' });
    expect(contents({ picture: { ...picture, space: 'elsewhere' } }).get('screen-event')).toMatchObject({ kind: 'welcome' });
  });

  it('show in a formal session who speaks, and whose nameplate is raised', () => {
    const people = [{ seat: 'A1', entity: 'Kenya', name: 'Grace Otieno' } as PersonInfo];
    const session = { title: 'Kenya', text: 'Grace Otieno · PL-1', speaking: 'Kenya', raised: new Set(['Fiji']) };
    const shown = contents({ people, session });
    expect(shown.get('screen-event')).toEqual({ kind: 'welcome', title: 'Kenya', text: 'Grace Otieno · PL-1' });
    expect(shown.get('plate-a1')).toMatchObject({ sign: 'floor' });
    expect(contents({ people, session: { ...session, speaking: 'Fiji', raised: new Set(['Kenya']) } }).get('plate-a1')).toMatchObject({ sign: 'raised' });
    expect(contents({ people, session: { ...session, speaking: 'Fiji' } }).get('plate-a1')).toMatchObject({ sign: null });
  });

  it('name whoever sits on a seat, and show the tiles that are laid', () => {
    const shown = contents({ people: [{ seat: 'A1', entity: 'Kenya', name: 'Grace Otieno' } as PersonInfo], mosaics: new Map([['star', [0, -1, -1, -1, -1, 0]]]) });
    expect(shown.get('plate-a1')).toEqual({ kind: 'nameplate', entity: 'Kenya', name: 'Grace Otieno', sign: null });
    expect(shown.get('board')).toEqual({ kind: 'mosaic', columns: 3, rows: 2, tiles, cells: [0, -1, -1, -1, -1, 0] });
  });
});
