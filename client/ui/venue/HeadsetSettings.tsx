import type { Comfort } from '../../app/headset/contract.ts';
import { nearestSpace, PERSONAL_SPACES } from '../../app/headset/personal-space.ts';
import { settings } from '../../app/settings.ts';
import { Segments, Switch } from '../components/fields.tsx';
import { useActions } from '../deps.ts';
import { formatMetres } from '../format.ts';
import { shownLanguage, t } from '../i18n.ts';

const COMFORTS: readonly Comfort[] = ['gentle', 'standard', 'free'];

/** What one sets of the headset before putting it on; the same can be set in it. */
export function HeadsetSettings() {
  const actions = useActions();
  const { comfort, seatedBody, playHand, personalSpace } = settings.value;
  return (
    <>
      <Segments
        legend={t('panels.comfort')}
        value={comfort}
        choices={COMFORTS.map((value) => ({ value, text: t(`panels.comfort.${value}`) }))}
        onChange={(value) => { actions.changeSettings({ comfort: value }); }}
      />
      <p class="field__hint">{t(`panels.comfort.${comfort}.hint`)}</p>
      <Switch label={t('panels.seated')} hint={t('panels.seatedHint')} checked={seatedBody} onChange={(on) => { actions.changeSettings({ seatedBody: on }); }} />
      <Segments
        legend={t('panels.hand')}
        value={playHand}
        choices={(['both', 'left', 'right'] as const).map((value) => ({ value, text: t(`panels.hand.${value}`) }))}
        onChange={(value) => { actions.changeSettings({ playHand: value }); }}
      />
      <Segments
        legend={t('panels.space')}
        value={String(nearestSpace(personalSpace))}
        choices={PERSONAL_SPACES.map((value) => ({ value: String(value), text: value === 0 ? t('panels.space.none') : formatMetres(value, shownLanguage.value) }))}
        onChange={(value) => { actions.changeSettings({ personalSpace: Number(value) }); }}
      />
      <p class="field__hint">{t('panels.spaceHint')}</p>
    </>
  );
}
