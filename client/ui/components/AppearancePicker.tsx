import { useEffect, useId } from 'preact/hooks';
import type { Appearance } from '../../../shared/protocol/people.ts';
import { avatarCatalogue, inDefaultTints, loadAvatarCatalogue, TINT_SLOTS } from '../appearances.ts';
import type { AvatarCatalogue, AvatarChoice, TintSlot } from '../appearances.ts';
import { colourName } from '../colours.ts';
import { shownLanguage, t } from '../i18n.ts';
import { Button } from './Button.tsx';
import { Portrait } from './Identity.tsx';

interface PickerProps {
  readonly value: Appearance;
  readonly onChange: (appearance: Appearance) => void;
}

interface PortraitOptionProps extends PickerProps {
  readonly choice: AvatarChoice;
  readonly palettes: AvatarCatalogue['palettes'];
  readonly group: string;
}

function PortraitOption({ choice, palettes, value, group, onChange }: PortraitOptionProps) {
  const name = choice.names[shownLanguage.value];
  return (
    <label class="portrait-option" title={name}>
      <input
        class="visually-hidden"
        type="radio"
        aria-label={name}
        name={group}
        value={choice.id}
        checked={choice.id === value.id}
        onChange={() => { onChange(inDefaultTints(choice, palettes)); }}
      />
      <Portrait appearance={choice.id} name={name} />
    </label>
  );
}

interface SwatchesProps extends PickerProps {
  readonly slot: TintSlot;
  readonly palette: readonly string[];
  readonly legend: string;
}

function swatchName(slot: TintSlot, hex: string, position: { index: number; total: number }): string {
  const values = { index: position.index + 1, total: position.total };
  return slot === 'skin' ? t('appearance.skinTone', values) : t('appearance.swatch', { ...values, colour: t(colourName(hex)) });
}

function Swatches({ slot, palette, legend, value, onChange }: SwatchesProps) {
  const group = useId();
  return (
    <fieldset class="swatches">
      <legend class="field__label">{legend}</legend>
      <div class="swatches__row">
        {palette.map((hex, index) => {
          const name = swatchName(slot, hex, { index, total: palette.length });
          return (
            <label key={`${slot}-${index}`} class="swatch" title={name}>
              <input
                class="visually-hidden"
                type="radio"
                name={group}
                checked={value[slot] === index}
                aria-label={name}
                onChange={() => { onChange({ ...value, [slot]: index }); }}
              />
              <span class="swatch__colour" style={{ '--swatch': hex }} />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function Choices({ catalogue, value, onChange }: PickerProps & { readonly catalogue: AvatarCatalogue }) {
  const group = useId();
  const worn = catalogue.appearances.find((choice) => choice.id === value.id);
  const legend = (slot: TintSlot): string => t(slot === 'hair' && worn?.hairIs === 'cloth' ? 'appearance.slot.cloth' : `appearance.slot.${slot}`);
  return (
    <>
      <fieldset class="portraits">
        <legend class="visually-hidden">{t('appearance.legend')}</legend>
        <div class="portraits__grid">
          {catalogue.appearances.map((choice) => (
            <PortraitOption key={choice.id} choice={choice} palettes={catalogue.palettes} value={value} group={group} onChange={onChange} />
          ))}
        </div>
        {worn !== undefined && <p class="portraits__chosen">{worn.names[shownLanguage.value]}</p>}
      </fieldset>
      <div class="tints">
        {TINT_SLOTS.map((slot) => catalogue.palettes[slot].length > 1 && (
          <Swatches key={slot} slot={slot} palette={catalogue.palettes[slot]} legend={legend(slot)} value={value} onChange={onChange} />
        ))}
      </div>
    </>
  );
}

/** The choice of an avatar and its colours, all as native radio groups. */
export function AppearancePicker({ value, onChange }: PickerProps) {
  useEffect(() => { void loadAvatarCatalogue(); }, []);
  const state = avatarCatalogue.value;
  if (state.kind === 'ready') return <Choices catalogue={state.catalogue} value={value} onChange={onChange} />;
  if (state.kind === 'loading') {
    return (
      <div class="portraits__grid" aria-busy="true">
        <span class="visually-hidden">{t('common.loading')}</span>
        {Array.from({ length: 8 }, (_, index) => <span key={index} class="portrait portrait--placeholder" aria-hidden="true" />)}
      </div>
    );
  }
  return (
    <div class="note note--warning">
      <p>{t('appearance.failed')}</p>
      <Button size="small" icon="refresh" onClick={() => { void loadAvatarCatalogue(); }}>{t('common.tryAgain')}</Button>
    </div>
  );
}
