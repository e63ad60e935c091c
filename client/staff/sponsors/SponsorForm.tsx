import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { SPONSOR_KINDS, SPONSOR_TIERS } from '../../../shared/protocol/vocabulary.ts';
import { SPONSOR_LIMITS } from '../../../shared/rules/sponsors.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Segments, Select } from '../../ui/components/fields.tsx';
import { shownLanguage, t } from '../../ui/i18n.ts';
import { SponsorCard } from '../../ui/sponsors/SponsorCard.tsx';
import { useDesk } from '../context.ts';
import { Question } from '../../ui/components/Question.tsx';
import { boothName } from './booths.ts';
import type { Draft } from './draft.ts';
import { previewOf } from './draft.ts';
import { LanguageFields } from './LanguageFields.tsx';
import { LogoField } from './LogoField.tsx';
import { TextField } from './TextField.tsx';

const NO_BOOTH = '';
const NO_TIER = '';

interface PartProps {
  readonly draft: Draft;
}

function BoothField({ draft }: PartProps) {
  const book = useDesk().sponsors;
  const { booths = [], sponsors = [] } = book.overview.value ?? {};
  const ids = new Set([...booths.map(({ id }) => id), ...(draft.booth === null ? [] : [draft.booth])]);
  if (ids.size === 0) return null;
  const choices = [...ids].map((id) => {
    const holder = sponsors.find((sponsor) => sponsor.booth === id && sponsor.id !== draft.id);
    const name = boothName(id, booths);
    return { value: id, text: holder === undefined ? name : t('staff.sponsors.boothHeld', { booth: name, name: book.nameOf(holder) }) };
  });
  return (
    <Select
      label={t('staff.sponsors.booth')}
      hint={t('staff.sponsors.boothHint')}
      value={draft.booth ?? NO_BOOTH}
      choices={[{ value: NO_BOOTH, text: t('staff.sponsors.boothNone') }, ...choices]}
      onChange={(value) => { book.enter({ booth: value === NO_BOOTH ? null : value }); }}
    />
  );
}

/** Who they are, and where they are shown. */
function Facts({ draft }: PartProps) {
  const book = useDesk().sponsors;
  const { name, link } = book.faults.value;
  const tiers = [{ value: NO_TIER, text: t('staff.sponsors.noTier') }, ...SPONSOR_TIERS.map((tier) => ({ value: tier, text: t(`sponsors.tier.${tier}`) }))] as const;
  return (
    <div class="sponsor-form__facts">
      <TextField label={t('staff.sponsors.name')} hint={t('staff.sponsors.nameHint')} fault={name} value={draft.name} most={SPONSOR_LIMITS.name} required onInput={(value) => { book.enter({ name: value }); }} />
      <Segments
        legend={t('staff.sponsors.kind')}
        value={draft.kind}
        choices={SPONSOR_KINDS.map((kind) => ({ value: kind, text: t(`staff.sponsors.kind.${kind}`) }))}
        onChange={(kind) => { book.enter({ kind }); }}
      />
      <Select label={t('staff.sponsors.tier')} value={draft.tier ?? NO_TIER} choices={tiers} onChange={(tier) => { book.enter({ tier: tier === NO_TIER ? null : tier }); }} />
      <TextField label={t('staff.sponsors.link')} hint={t('staff.sponsors.linkHint')} fault={link} value={draft.link} most={SPONSOR_LIMITS.link} address onInput={(value) => { book.enter({ link: value }); }} />
      <BoothField draft={draft} />
    </div>
  );
}

function Preview({ draft }: PartProps) {
  if (draft.name.trim() === '' && draft.logo === null) return null;
  return (
    <section class="sponsor-form__preview" aria-labelledby="sponsor-preview">
      <h3 id="sponsor-preview" class="sponsor-form__title">{t('staff.sponsors.preview')}</h3>
      <SponsorCard sponsor={previewOf(draft, shownLanguage.value)} level={4} />
    </section>
  );
}

/** Warns before a tab with unsaved entries is closed. */
function useGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => { event.preventDefault(); };
    addEventListener('beforeunload', warn);
    return () => { removeEventListener('beforeunload', warn); };
  }, [dirty]);
}

/** Adds or edits an entry. */
export function SponsorForm() {
  const book = useDesk().sponsors;
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, ask] = useState(false);
  const draft = book.draft.value;
  useGuard(book.dirty.value);
  useLayoutEffect(() => { heading.current?.focus(); }, []);
  if (draft === null) return null;
  const cancel = (): void => { if (book.dirty.peek()) ask(true); else book.close(); };
  const save = async (): Promise<void> => {
    if (!await book.save()) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  };
  const saved = book.overview.value?.sponsors.find(({ id }) => id === draft.id);
  return (
    <form ref={form} class="card sponsor-form" noValidate aria-labelledby="sponsor-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <h2 id="sponsor-form" class="staff__heading" tabIndex={-1} ref={heading}>{saved === undefined ? t('staff.sponsors.new') : t('staff.sponsors.editing', { name: book.nameOf(saved) })}</h2>
      <div class="sponsor-form__columns">
        <Facts draft={draft} />
        <div class="sponsor-form__side">
          <LogoField draft={draft} />
          <Preview draft={draft} />
        </div>
      </div>
      <LanguageFields draft={draft} />
      <div class="sponsor-form__end">
        <Button onClick={cancel}>{t('common.cancel')}</Button>
        <Button submit tone="primary" busy={book.busy.value} disabled={book.busy.value || book.logo.value !== null}>{t('staff.sponsors.save')}</Button>
      </div>
      {asking && (
        <Question danger title={t('staff.sponsors.discardTitle')} confirm={t('staff.sponsors.discard')} refuse={t('staff.sponsors.goOn')} act={() => { book.close(); }} onClose={() => { ask(false); }}>
          <p>{t('staff.sponsors.discardText')}</p>
        </Question>
      )}
    </form>
  );
}
