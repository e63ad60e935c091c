import { effect, untracked } from '@preact/signals';
import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { t } from '../i18n.ts';
import { personName } from '../names.ts';
import { inShownLanguage, sightName } from './texts.ts';

/** Tiles of others are told at most so often, milliseconds: who lays one after the other is no stream of news. */
const PAUSE_MS = 3000;

const mayTell = (): boolean => settings.peek().announcements !== 'none';

function tellNearby(): void {
  const near = store.sightNearby.value;
  untracked(() => { if (near !== null && mayTell()) announce(t('sight.near', { name: sightName(near) })); });
}

/** Told always, as everything else on the page has changed. */
function tellPanorama(): () => void {
  let inside = '';
  return () => {
    const panorama = store.panorama.value;
    const shown = panorama?.stage.kind === 'shown' ? panorama.id : '';
    if (panorama !== null && shown === '') return;
    if (shown === inside) return;
    inside = shown;
    untracked(() => {
      const texts = store.scene.peek()?.venue.panoramas?.[shown];
      if (texts !== undefined) announce(t('panorama.inside', { name: inShownLanguage(texts.title), text: inShownLanguage(texts.text) }));
      else if (panorama === null) announce(t('panorama.outside'));
    });
  };
}

/** What others do on the mosaic that one has open. */
function tellMosaic(): () => void {
  let toldAt = -Infinity;
  return () => {
    const news = store.mosaicNews.value;
    untracked(() => {
      const open = store.sight.peek();
      const mosaic = news === null ? undefined : store.scene.peek()?.venue.activities?.[news.activity];
      const now = performance.now();
      if (news === null || mosaic === undefined || open?.kind !== 'activity' || open.id !== news.activity || !mayTell() || now - toldAt < PAUSE_MS) return;
      toldAt = now;
      const tile = mosaic.tiles[news.tile];
      const where = { name: personName(news.by), row: Math.floor(news.cell / mosaic.columns) + 1, column: (news.cell % mosaic.columns) + 1 };
      announce(tile === undefined ? t('mosaic.takenBy', where) : t('mosaic.laidBy', { ...where, tile: inShownLanguage(tile.name) }));
    });
  };
}

/** Starts telling screen readers what there is to see near one, and what others do with it. @returns a function that stops it */
export function startSightAnnouncements(): () => void {
  const stops = [effect(tellNearby), effect(tellPanorama()), effect(tellMosaic())];
  return () => { for (const stop of stops) stop(); };
}
