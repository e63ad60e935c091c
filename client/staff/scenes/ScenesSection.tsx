import { Icon } from '../../ui/icons.tsx';
import { t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { DropZone } from './DropZone.tsx';
import { OutgoingList } from './OutgoingList.tsx';
import { SceneCard } from './SceneCard.tsx';
import { UploadCard } from './UploadCard.tsx';

/** Scenes: what is shown now, and packages on their way there. */
export function ScenesSection() {
  const desk = useDesk();
  const overview = desk.overview.value;
  return (
    <div class="staff__section">
      {desk.stale.value && <p class="note note--warning" role="status"><Icon name="offline" /> {t('staff.stale')}</p>}
      <DropZone />
      <OutgoingList />
      <section aria-labelledby="scenes-now" class="staff__group">
        <h2 id="scenes-now" class="staff__heading">{t('staff.now.title')}</h2>
        <ul class="plain-list staff__cards">
          {overview?.scenes.map((scene) => <li key={scene.id}><SceneCard scene={scene} /></li>)}
        </ul>
      </section>
      <section aria-labelledby="scenes-uploads" class="staff__group">
        <h2 id="scenes-uploads" class="staff__heading">{t('staff.uploads.title')}</h2>
        {overview?.uploads.length === 0 && <p class="muted">{t('staff.uploads.none')}</p>}
        <ul class="plain-list staff__cards">
          {overview?.uploads.map((upload) => <li key={upload.id}><UploadCard upload={upload} /></li>)}
        </ul>
      </section>
    </div>
  );
}
