import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../protocol/vocabulary.ts';
import { EMPTY_LAYOUT, Layout, Venue } from './layout.ts';

const SPAWN = { id: 'main', position: [0, 0, 0], yaw: 0 };
const SPACE = { id: 'hall', outline: [[0, 0], [4, 0], [4, 4]], bottom: 0, top: 3, reverb: 0.4, openings: [] };
const LAYOUT = { ...EMPTY_LAYOUT, spawnPoints: [SPAWN], spaces: [SPACE] };
const NAME = Object.fromEntries(LANGUAGES.map((language) => [language, 'Name']));
const VENUE = {
  version: 1,
  id: 'hall-2',
  names: { scene: NAME },
  credits: [],
  budgets: { drawCalls: 100, triangles: 300_000, textureMegabytes: 64, wireMegabytes: 8 },
};

/** Paths at which the schema finds fault. */
function faults(schema: typeof Layout | typeof Venue, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('Layout', () => {
  it('accepts what pack writes', () => {
    expect(faults(Layout, LAYOUT)).toEqual([]);
  });

  it('wants somewhere to arrive', () => {
    expect(faults(Layout, { ...LAYOUT, spawnPoints: [] })).toEqual(['spawnPoints']);
  });

  it('keeps positions where poses can be sent, and ids where they can be spoken of', () => {
    expect(faults(Layout, { ...LAYOUT, spawnPoints: [{ ...SPAWN, position: [321, 0, 0] }] })).toEqual(['spawnPoints.0.position.0']);
    expect(faults(Layout, { ...LAYOUT, spawnPoints: [{ ...SPAWN, position: [0, 31, NaN] }] })).toEqual(['spawnPoints.0.position.1', 'spawnPoints.0.position.2']);
    expect(faults(Layout, { ...LAYOUT, spawnPoints: [{ ...SPAWN, id: 'a b' }] })).toEqual(['spawnPoints.0.id']);
  });

  it('wants a polygon and a reverberation from 0 to 1 of a space', () => {
    expect(faults(Layout, { ...LAYOUT, spaces: [{ ...SPACE, outline: [[0, 0], [1, 0]], reverb: 1.2 }] })).toEqual(['spaces.0.outline', 'spaces.0.reverb']);
  });
});

describe('Venue', () => {
  it('accepts the least that works', () => {
    expect(faults(Venue, VENUE)).toEqual([]);
  });

  it.each(LANGUAGES)('wants every name in %s', (language) => {
    const others = Object.fromEntries(Object.entries(NAME).filter(([key]) => key !== language));
    expect(faults(Venue, { ...VENUE, names: { scene: others } })).toEqual([`names.scene.${language}`]);
    expect(faults(Venue, { ...VENUE, names: { scene: { ...NAME, [language]: '' } } })).toEqual([`names.scene.${language}`]);
  });

  it('takes no path for the environment, only a file of the folder', () => {
    expect(faults(Venue, { ...VENUE, environment: { file: 'sky.env', intensity: 1 } })).toEqual([]);
    for (const file of ['../sky.env', '/etc/passwd', 'https://elsewhere/sky.env', '..', '.htaccess']) expect(faults(Venue, { ...VENUE, environment: { file, intensity: 1 } }), file).toEqual(['environment.file']);
  });
});
