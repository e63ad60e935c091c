import { LANGUAGES } from '../../../../shared/protocol/vocabulary.ts';
import type { Language } from '../../../../shared/protocol/vocabulary.ts';
import { Segments, Select } from '../../../ui/components/fields.tsx';
import { LANGUAGE_NAMES } from '../../../ui/components/LanguageMenu.tsx';
import { t } from '../../../ui/i18n.ts';
import { CAPTION_GROUNDS, CAPTION_SIZES, changePreferences, preferences } from '../../preferences.ts';
import { usePlenary } from '../context.ts';

const NONE = '';

/** Language, size and ground of the captions. */
export function CaptionSettings() {
  const plenary = usePlenary();
  const { captionSize, captionGround } = preferences.value;
  const choices: { value: Language | typeof NONE; text: string }[] = [{ value: NONE, text: t('plenary.captions.none') }, ...LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))];
  return (
    <div class="stack">
      <Select label={t('plenary.captions.language')} value={plenary.store.captions.value.language ?? NONE} choices={choices} onChange={(value) => { plenary.readCaptions(value === NONE ? null : value); }} />
      <Segments legend={t('plenary.captions.size')} value={captionSize} choices={CAPTION_SIZES.map((value) => ({ value, text: t(`plenary.captions.size.${value}`) }))} onChange={(value) => { changePreferences({ captionSize: value }); }} />
      <Segments legend={t('plenary.captions.ground')} value={captionGround} choices={CAPTION_GROUNDS.map((value) => ({ value, text: t(`plenary.captions.ground.${value}`) }))} onChange={(value) => { changePreferences({ captionGround: value }); }} />
    </div>
  );
}
