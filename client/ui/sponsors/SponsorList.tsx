import type { Sponsor } from '../../app/contracts.ts';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { GroupTitle } from '../components/GroupTitle.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { inShownLanguage } from '../sights/texts.ts';
import { SponsorCard } from './SponsorCard.tsx';

function ToBooth({ sponsor }: { readonly sponsor: Sponsor }) {
  const actions = useActions();
  const { booth } = sponsor;
  const here = booth !== null && store.scene.value?.layout.booths.some(({ id }) => id === booth) === true;
  if (!here) return null;
  const label = t('sponsors.toBoothOf', { name: inShownLanguage(sponsor.name) });
  return <Button size="small" icon="walk" label={label} onClick={() => { actions.walkToSight({ kind: 'booth', id: booth }); }}>{t('sponsors.toBooth')}</Button>;
}

function Group({ kind }: { readonly kind: Sponsor['kind'] }) {
  const members = store.sponsors.value.filter((sponsor) => sponsor.kind === kind);
  if (members.length === 0) return null;
  return (
    <section class="sponsor-group">
      <GroupTitle level={3}>{kind === 'sponsor' ? t('sponsors.sponsors') : t('sponsors.donors')}</GroupTitle>
      <ul class="plain-list sponsor-list">
        {members.map((sponsor) => <li key={sponsor.id}><SponsorCard sponsor={sponsor} level={4}><ToBooth sponsor={sponsor} /></SponsorCard></li>)}
      </ul>
    </section>
  );
}

/** Everybody who made the event possible, in the order that the secretariat gave. */
export function SponsorList() {
  return (
    <>
      <p class="sponsor-thanks">{t('sponsors.thanks')}</p>
      <Group kind="sponsor" />
      <Group kind="donor" />
    </>
  );
}
