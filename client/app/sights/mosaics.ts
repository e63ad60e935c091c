import type { MosaicNews } from '../contracts.ts';
import { store } from '../store.ts';

/** All cells of a mosaic, as the server has them. */
export function showMosaic({ activity, cells }: { readonly activity: string; readonly cells: readonly number[] }): void {
  store.mosaics.value = new Map(store.mosaics.peek()).set(activity, cells);
}

/** One cell changed. What comes before the whole is known with it. */
export function changeMosaic(news: MosaicNews, myId: string): void {
  const { activity, cell, tile, by } = news;
  const cells = store.mosaics.peek().get(activity);
  if (cells?.[cell] === undefined) return;
  const changed = cells.slice();
  changed[cell] = tile;
  store.mosaics.value = new Map(store.mosaics.peek()).set(activity, changed);
  if (by !== myId) store.mosaicNews.value = { activity, cell, tile, by };
}
