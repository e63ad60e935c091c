import { useState } from 'preact/hooks';
import type { InCapacity } from '../../../../shared/protocol/plenary/state.ts';
import { CAPACITIES, ON_BEHALF_MAX_LENGTH } from '../../../../shared/protocol/plenary/vocabulary.ts';
import type { Capacity } from '../../../../shared/protocol/plenary/vocabulary.ts';
import { isNamed } from '../../../../shared/rules/plenary/list.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { Segments } from '../../../ui/components/fields.tsx';
import { t } from '../../../ui/i18n.ts';
import { LineBox } from '../parts/TextBox.tsx';

interface CapacityFieldsProps {
  readonly legend: string;
  readonly confirm: string;
  readonly onChoose: (as: InCapacity) => void;
}

/** In whose name somebody is to speak; a group or an office must be named. */
export function CapacityFields({ legend, confirm, onChoose }: CapacityFieldsProps) {
  const [capacity, setCapacity] = useState<Capacity>('delegation');
  const [onBehalfOf, setOnBehalfOf] = useState('');
  const named = capacity === 'group' || capacity === 'office';
  const as: InCapacity = { capacity, onBehalfOf: named ? onBehalfOf.trim() : '' };
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (isNamed(as)) onChoose(as); }}>
      <Segments legend={legend} value={capacity} choices={CAPACITIES.map((value) => ({ value, text: t(`plenary.capacity.${value}`) }))} onChange={setCapacity} />
      {named && <LineBox label={t(capacity === 'group' ? 'plenary.raise.group' : 'plenary.raise.office')} value={onBehalfOf} most={ON_BEHALF_MAX_LENGTH} onInput={setOnBehalfOf} required />}
      <Button submit tone="primary" disabled={!isNamed(as)}>{confirm}</Button>
    </form>
  );
}
