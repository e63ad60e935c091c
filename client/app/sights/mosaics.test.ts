import { beforeEach, describe, expect, it } from 'vitest';
import { store } from '../store.ts';
import { changeMosaic, showMosaic } from './mosaics.ts';

beforeEach(() => {
  store.mosaics.value = new Map();
  store.mosaicNews.value = null;
});

describe('what the server says of a mosaic', () => {
  it('is the whole, then one cell after the other, never changed in place', () => {
    const cells = [-1, -1, 2];
    showMosaic({ activity: 'star', cells });
    changeMosaic({ activity: 'star', cell: 1, tile: 0, by: 'ben' }, 'ann');
    expect(store.mosaics.value.get('star')).toEqual([-1, 0, 2]);
    expect(cells).toEqual([-1, -1, 2]);
    changeMosaic({ activity: 'star', cell: 2, tile: -1, by: 'ann' }, 'ann');
    expect(store.mosaics.value.get('star')).toEqual([-1, 0, -1]);
    // News are what others do.
    expect(store.mosaicNews.value).toEqual({ activity: 'star', cell: 1, tile: 0, by: 'ben' });
  });

  it('means nothing before the whole is known, or beyond the board', () => {
    changeMosaic({ activity: 'star', cell: 0, tile: 0, by: 'ben' }, 'ann');
    showMosaic({ activity: 'star', cells: [-1] });
    changeMosaic({ activity: 'star', cell: 1, tile: 0, by: 'ben' }, 'ann');
    expect(store.mosaics.value.get('star')).toEqual([-1]);
    expect(store.mosaicNews.value).toBeNull();
  });
});
