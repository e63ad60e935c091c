import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { StaffSponsor } from '../../../shared/protocol/sponsors.ts';
import { SPONSOR_KINDS } from '../../../shared/protocol/vocabulary.ts';
import type { SponsorKind } from '../../../shared/protocol/vocabulary.ts';
import { Button } from '../../ui/components/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { t } from '../../ui/i18n.ts';
import { useDesk } from '../context.ts';
import { SponsorForm } from './SponsorForm.tsx';
import { SponsorRow } from './SponsorRow.tsx';
import './sponsors.css';

/** Colleagues may change the list too. */
const LOOK_MS = 10_000;

function Group({ kind, sponsors }: { readonly kind: SponsorKind; readonly sponsors: readonly StaffSponsor[] }) {
  const members = sponsors.filter((sponsor) => sponsor.kind === kind);
  if (members.length === 0) return null;
  return (
    <section aria-labelledby={`sponsors-${kind}`} class="staff__group">
      <h2 id={`sponsors-${kind}`} class="staff__heading">{kind === 'sponsor' ? t('sponsors.sponsors') : t('sponsors.donors')}</h2>
      <ul class="plain-list sponsor-rows">
        {members.map((sponsor) => <SponsorRow key={sponsor.id} sponsor={sponsor} kin={members.filter(({ tier }) => tier === sponsor.tier)} />)}
      </ul>
    </section>
  );
}

/** Whoever comes back from the form, or has removed what they had the focus on, goes on from where they were. @returns where the button to add is */
function useFocus(entries: number) {
  const book = useDesk().sponsors;
  const intro = useRef<HTMLDivElement>(null);
  const before = useRef(entries);
  useLayoutEffect(() => {
    const came = book.takeReturn();
    const removed = entries < before.current && document.activeElement === document.body;
    before.current = entries;
    if (came === null && !removed) return;
    const row = came === null ? null : document.querySelector<HTMLElement>(`[data-sponsor="${CSS.escape(came)}"] .sponsor-row__actions > .button`);
    (row ?? intro.current?.querySelector('button'))?.focus();
  }, [entries]);
  return intro;
}

function List() {
  const book = useDesk().sponsors;
  const overview = book.overview.value;
  const intro = useFocus(overview?.sponsors.length ?? 0);
  if (overview === null) return book.stale.value ? null : <p class="muted" role="status">{t('common.loading')}</p>;
  const none = overview.sponsors.length === 0;
  return (
    <>
      <div class="card sponsors-intro" ref={intro}>
        {none && <span class="card__badge"><Icon name="award" /></span>}
        <div class="sponsors-intro__words">
          {none && <h2 class="staff__heading">{t('staff.sponsors.none')}</h2>}
          <p>{none ? t('staff.sponsors.noneText') : t('staff.sponsors.text')}</p>
        </div>
        <Button tone="primary" icon="plus" onClick={() => { book.open(null); }}>{t('staff.sponsors.add')}</Button>
      </div>
      {SPONSOR_KINDS.map((kind) => <Group key={kind} kind={kind} sponsors={overview.sponsors} />)}
    </>
  );
}

/** Those who made the event possible: who they are, and in which order they are shown. */
export function SponsorsSection() {
  const book = useDesk().sponsors;
  useEffect(() => {
    void book.look();
    const timer = setInterval(() => { if (!book.busy.peek()) void book.look(); }, LOOK_MS);
    return () => { clearInterval(timer); };
  }, []);
  const editing = book.draft.value !== null;
  return (
    <div class="staff__section">
      {book.stale.value && <p class="note note--warning" role="status"><Icon name="offline" /> {t('staff.stale')}</p>}
      {editing ? <SponsorForm /> : <List />}
    </div>
  );
}
