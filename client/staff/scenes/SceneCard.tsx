import { useState } from 'preact/hooks';
import type { StaffScene } from '../../../shared/protocol/staff.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import type { PlainKey } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { formatMoment } from '../format.ts';
import { PublishDialog, WithdrawDialog } from './dialogs.tsx';
import { Figures } from './Figures.tsx';

function originOf({ upload, builtIn }: StaffScene): PlainKey {
  if (upload === null) return 'staff.now.builtIn';
  return builtIn ? 'staff.now.covers' : 'staff.now.uploaded';
}

function Facts({ scene }: { readonly scene: StaffScene }) {
  const { people, published, first, figures } = scene;
  return (
    <>
      <p class="scene-card__people">
        <Icon name="people" />
        {people === 0 ? t('staff.now.nobody') : t('staff.now.people', { people: t('places.people', { count: people }) })}
      </p>
      <Figures figures={figures} />
      {figures === null && <p class="fine-print">{t('staff.figure.unknown')}</p>}
      {published !== null && <p class="fine-print">{t('staff.publishedBy', { name: published.name === '' ? t('people.someone') : published.name, time: formatMoment(published.at, shownLanguage.value) })}</p>}
      {first && <p class="fine-print">{t('staff.now.first')}</p>}
    </>
  );
}

/** A scene that people can be in now. */
export function SceneCard({ scene }: { readonly scene: StaffScene }) {
  const desk = useDesk();
  const [asking, ask] = useState<'withdraw' | 'undo' | null>(null);
  const name = desk.nameOf(scene);
  const previous = desk.overview.value?.uploads.find(({ id }) => id === scene.previous) ?? null;
  const withdrawable = scene.upload !== null && (scene.builtIn || !scene.first);
  const label = (key: PlainKey): string => t('staff.action.of', { action: t(key), what: name });
  return (
    <article class="card scene-card">
      <h3 class="scene-card__title"><bdi>{name}</bdi> <span class="tag" dir="ltr">{scene.id}</span></h3>
      <p class="muted">{t(originOf(scene))}</p>
      <Facts scene={scene} />
      {(withdrawable || previous !== null) && (
        <div class="button-row">
          {previous !== null && <Button icon="refresh" label={label('staff.action.undo')} onClick={() => { ask('undo'); }}>{t('staff.action.undo')}</Button>}
          {withdrawable && <Button tone="danger" label={label('staff.action.withdraw')} onClick={() => { ask('withdraw'); }}>{t('staff.action.withdraw')}</Button>}
        </div>
      )}
      {asking === 'withdraw' && <WithdrawDialog scene={scene} onClose={() => { ask(null); }} />}
      {asking === 'undo' && previous !== null && <PublishDialog upload={previous} onClose={() => { ask(null); }} />}
    </article>
  );
}
