import { useId, useRef } from 'preact/hooks';
import { SPONSOR_LIMITS } from '../../../shared/rules/sponsors.ts';
import { Button } from '../../ui/components/Button.tsx';
import { formatPercent } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { formatBytes } from '../format.ts';
import type { Draft } from './draft.ts';

/** A picture on its way: how much of it has been sent, and then that the server works on it. */
function OnItsWay() {
  const book = useDesk().sponsors;
  const logo = book.logo.value;
  if (logo === null) return null;
  const { file, fraction } = logo;
  const text = fraction < 1 ? t('staff.upload.sending', { file, percent: formatPercent(fraction, shownLanguage.value) }) : t('staff.sponsors.logoWork');
  return (
    <div class="outgoing__line logo-field__progress">
      <label class="logo-field__status" for="logo-progress">{text}</label>
      {fraction < 1 ? <progress id="logo-progress" class="upload-progress" max={1} value={fraction} /> : <progress id="logo-progress" class="upload-progress" />}
      <Button size="small" label={t('staff.upload.cancel', { file })} onClick={() => { book.cancelLogo(); }}>{t('common.cancel')}</Button>
    </div>
  );
}

/** The logo: chosen or dropped, made anew by the server, and shown as it will be. */
export function LogoField({ draft }: { readonly draft: Draft }) {
  const book = useDesk().sponsors;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const fault = book.logoFault.value;
  const choose = (file: File | undefined): void => { if (file !== undefined) void book.chooseLogo(file); };
  return (
    <div
      class="logo-field"
      role="group"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-hint`}
      onDragOver={(event) => { if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault(); }}
      onDrop={(event) => { event.preventDefault(); choose(event.dataTransfer?.files[0]); }}
    >
      <p id={`${id}-title`} class="field__label">{t('staff.sponsors.logo')}</p>
      <div class="logo-field__line">
        <div class={`sponsor__logo ${draft.logoAddress === null ? 'sponsor__logo--none' : ''}`}>
          {draft.logoAddress === null ? <Icon name="exhibit" /> : <img src={draft.logoAddress} alt={t('sponsors.logo', { name: book.nameOf(draft) })} />}
        </div>
        <div class="logo-field__buttons">
          <Button describedBy={`${id}-hint`} onClick={() => { input.current?.click(); }}>{draft.logo === null ? t('staff.sponsors.logoChoose') : t('staff.sponsors.logoAnother')}</Button>
          {draft.logo !== null && <Button tone="quiet" onClick={() => { book.enter({ logo: null, logoAddress: null }); }}>{t('staff.sponsors.logoAway')}</Button>}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept=".png,.jpg,.jpeg,.webp,image/png,image/jpeg,image/webp"
        hidden
        onChange={(event) => {
          choose(event.currentTarget.files?.[0]);
          // So that the same file can be chosen again.
          event.currentTarget.value = '';
        }}
      />
      <OnItsWay />
      {fault !== null && <p class="field__fault" role="alert"><Icon name="warning" /> <span>{t(fault)}</span></p>}
      <p id={`${id}-hint`} class="field__hint">{t('staff.sponsors.logoHint', { size: formatBytes(SPONSOR_LIMITS.logoBytes, shownLanguage.value) })}</p>
    </div>
  );
}
