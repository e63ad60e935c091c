import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { StaffSponsor } from '../../../shared/protocol/sponsors.ts';
import { LANGUAGES } from '../../../shared/protocol/vocabulary.ts';
import { Button, IconButton } from '../../ui/components/Button.tsx';
import { LANGUAGE_NAMES } from '../../ui/components/LanguageMenu.tsx';
import { formatList } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import type { PlainKey } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { Question } from '../../ui/components/Question.tsx';
import { boothName } from './booths.ts';
import { writtenIn } from './draft.ts';

/** Whether everybody can read it. */
function Languages({ text }: Pick<StaffSponsor, 'text'>) {
  const written = writtenIn(text);
  if (written.length === LANGUAGES.length) return <span class="state state--good"><Icon name="check" /> {t('staff.sponsors.complete')}</span>;
  if (written.length === 0) return <span class="state"><Icon name="info" /> {t('staff.sponsors.noText')}</span>;
  const missing = LANGUAGES.filter((language) => !written.includes(language)).map((language) => LANGUAGE_NAMES[language]);
  return <span class="state state--warn"><Icon name="warning" /> <span class="native-names">{t('staff.sponsors.missing', { languages: formatList(missing, shownLanguage.value) })}</span></span>;
}

function RemoveQuestion({ sponsor, onClose }: { readonly sponsor: StaffSponsor; readonly onClose: () => void }) {
  const book = useDesk().sponsors;
  return (
    <Question danger title={t('staff.remove.title', { file: book.nameOf(sponsor) })} confirm={t('staff.action.remove')} act={() => book.remove(sponsor)} onClose={onClose}>
      <p>{t('staff.sponsors.removeText')}</p>
    </Question>
  );
}

/** The two buttons that move an entry. At the end of the way the one that was pressed can do no more: the other takes the focus. */
function Order({ sponsor, kin, name }: { readonly sponsor: StaffSponsor; readonly kin: readonly StaffSponsor[]; readonly name: string }) {
  const book = useDesk().sponsors;
  const buttons = useRef<HTMLSpanElement>(null);
  const pressed = useRef(false);
  const at = kin.indexOf(sponsor);
  useLayoutEffect(() => {
    if (pressed.current && (document.activeElement === document.body || document.activeElement?.matches(':disabled') === true)) buttons.current?.querySelector<HTMLElement>('button:enabled')?.focus();
    pressed.current = false;
  }, [at]);
  const button = (icon: 'up' | 'chevron', key: PlainKey, step: -1 | 1) => (
    <IconButton
      icon={icon}
      label={t('staff.action.of', { action: t(key), what: name })}
      disabled={kin[at + step] === undefined}
      onClick={() => {
        pressed.current = true;
        void book.move(sponsor, step, kin);
      }}
    />
  );
  return <span class="sponsor-row__order" ref={buttons}>{button('up', 'staff.sponsors.up', -1)}{button('chevron', 'staff.sponsors.down', 1)}</span>;
}

/** An entry in the list. `kin`: those of the same kind and tier, among which it can be moved. */
export function SponsorRow({ sponsor, kin }: { readonly sponsor: StaffSponsor; readonly kin: readonly StaffSponsor[] }) {
  const book = useDesk().sponsors;
  const [asking, ask] = useState(false);
  const name = book.nameOf(sponsor);
  const { tier, link, booth, logoAddress } = sponsor;
  const label = (key: PlainKey): string => t('staff.action.of', { action: t(key), what: name });
  return (
    <li class="card sponsor-row" data-sponsor={sponsor.id}>
      <div class={`sponsor__logo ${logoAddress === null ? 'sponsor__logo--none' : ''}`}>
        {logoAddress === null ? <span>{t('staff.sponsors.noLogo')}</span> : <img src={logoAddress} alt={t('sponsors.logo', { name })} />}
      </div>
      <div class="sponsor-row__words">
        <p class={`sponsor__tier ${tier === null ? 'sponsor__tier--none' : `sponsor__tier--${tier}`}`}>{tier === null ? t('staff.sponsors.noTier') : t(`sponsors.tier.${tier}`)}</p>
        <h3 class="sponsor-row__name"><bdi>{name}</bdi></h3>
        {link !== null && <p class="fine-print"><bdi dir="ltr">{new URL(link).host}</bdi></p>}
        {booth !== null && <p class="fine-print sponsor-row__booth"><Icon name="booth" /> {boothName(booth, book.overview.value?.booths ?? [])}</p>}
        <p><Languages text={sponsor.text} /></p>
      </div>
      <div class="sponsor-row__actions">
        {kin.length > 1 && <Order sponsor={sponsor} kin={kin} name={name} />}
        <Button icon="pen" label={label('staff.sponsors.edit')} onClick={() => { book.open(sponsor); }}>{t('staff.sponsors.edit')}</Button>
        <Button tone="quiet" label={label('staff.action.remove')} onClick={() => { ask(true); }}>{t('staff.action.remove')}</Button>
      </div>
      {asking && <RemoveQuestion sponsor={sponsor} onClose={() => { ask(false); }} />}
    </li>
  );
}
