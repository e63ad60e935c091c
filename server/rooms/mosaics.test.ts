import { describe, expect, it } from 'vitest';
import { FakeVenue } from '../../tests/support/fake-venue.ts';
import type { Guest } from '../../tests/support/fake-venue.ts';
import { MemoryStore, roomServices, testLayout } from '../../tests/support/venue.ts';
import type { TestScene } from '../../tests/support/venue.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';

const six = (text: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, text])) as Record<Language, string>;

/** A foyer with a board of `columns` x 2 cells and two kinds of tiles. */
function foyer(columns = 3, revision = 'r1'): TestScene {
  const tile = { name: six('tile'), colour: '#112233', shape: 'star' as const };
  return {
    layout: testLayout({ activities: [{ id: 'star', kind: 'mosaic', position: [10, 0, 0], yaw: 0, space: 'hall', node: 'board' }] }),
    revision,
    activities: { star: { title: six('Star'), text: six('Lay'), columns, rows: 2, tiles: [tile, tile] } },
  };
}

async function open(store = new MemoryStore()): Promise<FakeVenue> {
  return FakeVenue.open(roomServices({ store, scenes: { foyer: foyer() } }));
}

/** Somebody in the foyer. */
async function inFoyer(fake: FakeVenue, id: string): Promise<Guest> {
  const guest = await fake.join(id);
  fake.send(guest, 'jump', { kind: 'scene', id: 'foyer' });
  await expect.poll(() => guest.person.scene.id).toBe('foyer');
  fake.arrive(guest);
  return guest;
}

async function watching(fake: FakeVenue, id: string): Promise<Guest> {
  const guest = await inFoyer(fake, id);
  fake.send(guest, 'watchActivity', { activity: 'star', on: true });
  await expect.poll(() => guest.line.of('mosaic').length).toBe(1);
  return guest;
}

const lay = (fake: FakeVenue, guest: Guest, cell: number, tile: number | null): void => fake.send(guest, 'mosaic', { activity: 'star', cell, tile });

describe('a mosaic', () => {
  it('is told whole to who begins to watch, then tile by tile to all who do', async () => {
    const fake = await open();
    const ann = await watching(fake, 'ann');
    expect(ann.line.last('mosaic')).toEqual({ activity: 'star', cells: [-1, -1, -1, -1, -1, -1] });
    lay(fake, ann, 4, 1);
    await expect.poll(() => ann.line.of('mosaicChanged')).toEqual([{ activity: 'star', cell: 4, tile: 1, by: 'ann' }]);
    const ben = await watching(fake, 'ben');
    expect(ben.line.last('mosaic').cells).toEqual([-1, -1, -1, -1, 1, -1]);
    lay(fake, ben, 4, null);
    await expect.poll(() => ann.line.last('mosaicChanged')).toEqual({ activity: 'star', cell: 4, tile: -1, by: 'ben' });
  });

  it('is not told to those who watch no more, have gone elsewhere or are gone', async () => {
    const fake = await open();
    const [ann, ben, cec, dan] = [await watching(fake, 'ann'), await watching(fake, 'ben'), await watching(fake, 'cec'), await watching(fake, 'dan')];
    fake.send(ben, 'watchActivity', { activity: 'star', on: false });
    fake.send(cec, 'jump', { kind: 'scene', id: 'geneva' });
    await expect.poll(() => cec.person.scene.id).toBe('geneva');
    fake.venue.drop(dan.presence, false);
    lay(fake, ann, 0, 0);
    await expect.poll(() => ann.line.of('mosaicChanged').length).toBe(1);
    expect([ben, cec, dan].map(({ line }) => line.of('mosaicChanged').length)).toEqual([0, 0, 0]);
  });

  it('does not name a blocked person', async () => {
    const fake = await open();
    const [ann, ben] = [await watching(fake, 'ann'), await watching(fake, 'ben')];
    fake.send(ben, 'block', { person: 'ann', on: true });
    lay(fake, ann, 2, 0);
    await expect.poll(() => ben.line.of('mosaicChanged')).toEqual([{ activity: 'star', cell: 2, tile: 0, by: '' }]);
    expect(ann.line.last('mosaicChanged').by).toBe('ann');
  });

  it('refuses what is not there: the activity, the cell, the tile', async () => {
    const fake = await open();
    const ann = await watching(fake, 'ann');
    const refusal = async (act: () => void): Promise<string | undefined> => {
      const before = ann.line.of('refused').length;
      act();
      await expect.poll(() => ann.line.of('refused').length).toBe(before + 1);
      return ann.line.last('refused').reason;
    };
    expect(await refusal(() => fake.send(ann, 'watchActivity', { activity: 'moon', on: true }))).toBe('ACTIVITY_UNKNOWN');
    expect(await refusal(() => fake.send(ann, 'mosaic', { activity: 'moon', cell: 0, tile: 0 }))).toBe('ACTIVITY_UNKNOWN');
    expect(await refusal(() => lay(fake, ann, 6, 0))).toBe('CELL_UNKNOWN');
    expect(await refusal(() => lay(fake, ann, 0, 2))).toBe('CELL_UNKNOWN');
    const elsewhere = await fake.join('ben');
    lay(fake, elsewhere, 0, 0);
    await expect.poll(() => elsewhere.line.of('refused').map(({ reason }) => reason)).toEqual(['ACTIVITY_UNKNOWN']);
  });

  it('is laid by one person no faster than a tile every 150 ms', async () => {
    const fake = await open();
    const ann = await watching(fake, 'ann');
    for (let i = 0; i < 40; i += 1) lay(fake, ann, i % 6, i % 2);
    await expect.poll(() => ann.line.of('refused').length).toBe(34);
    expect(new Set(ann.line.of('refused').map(({ reason }) => reason))).toEqual(new Set(['RATE_LIMITED']));
    fake.now += 151;
    lay(fake, ann, 0, 1);
    lay(fake, ann, 1, 1);
    await expect.poll(() => ann.line.of('refused').length).toBe(35);
  });

  it('is kept over a restart, and over a smaller revision, which hides what does not fit', async () => {
    const store = new MemoryStore();
    const fake = await open(store);
    const ann = await watching(fake, 'ann');
    lay(fake, ann, 5, 1);
    lay(fake, ann, 1, 0);
    await expect.poll(() => ann.line.of('mosaicChanged').length).toBe(2);
    await fake.venue.stop();
    const again = await open(store);
    expect((await watching(again, 'ben')).line.last('mosaic').cells).toEqual([-1, 0, -1, -1, -1, 1]);
    again.services.scenes.publish('foyer', foyer(2, 'r2'));
    await again.venue.settled;
    const cec = await watching(again, 'cec');
    expect(cec.line.last('mosaic').cells).toEqual([-1, 0, -1, -1]);
  });

  it('survives a store that fails: told, logged, and tried again', async () => {
    const fake = await open();
    const { store } = fake.services;
    const ann = await inFoyer(fake, 'ann');
    store.mosaicFault = new Error('disk');
    fake.send(ann, 'watchActivity', { activity: 'star', on: true });
    await expect.poll(() => ann.line.of('refused').map(({ reason }) => reason)).toEqual(['INTERNAL']);
    store.mosaicFault = null;
    fake.send(ann, 'watchActivity', { activity: 'star', on: true });
    await expect.poll(() => ann.line.of('mosaic').length).toBe(1);
    lay(fake, ann, 3, 1);
    await expect.poll(() => ann.line.of('mosaicChanged').length).toBe(1);
    store.mosaicFault = new Error('disk');
    await fake.venue.stop();
    expect(fake.services.logged.map(({ message }) => message)).toEqual(['reading a mosaic failed', 'saving a mosaic failed']);
    store.mosaicFault = null;
    await fake.venue.stop();
    expect([...store.tiles.get('foyer/star') ?? []]).toEqual([[3, 1]]);
  });
});
