import { Button } from '../../ui/components/Button.tsx';
import { formatPercent } from '../../ui/format.ts';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import type { Outgoing } from '../desk.ts';

function OutgoingRow({ outgoing }: { readonly outgoing: Outgoing }) {
  const { key, file, fraction, cancel } = outgoing;
  const id = `outgoing-${key}`;
  return (
    <li class="card outgoing">
      <label class="outgoing__label" for={id}>{t('staff.upload.sending', { file, percent: formatPercent(fraction, shownLanguage.value) })}</label>
      <div class="outgoing__line">
        <progress id={id} class="upload-progress" max={1} value={fraction} />
        <Button size="small" label={t('staff.upload.cancel', { file })} onClick={cancel}>{t('common.cancel')}</Button>
      </div>
    </li>
  );
}

/** Packages that this browser is sending. */
export function OutgoingList() {
  const outgoing = useDesk().outgoing.value;
  if (outgoing.length === 0) return null;
  return <ul class="plain-list staff__cards">{outgoing.map((each) => <OutgoingRow key={each.key} outgoing={each} />)}</ul>;
}
