import { useEffect, useState } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { avatarCatalogue } from '../appearances.ts';
import { GroupTitle } from '../components/GroupTitle.tsx';
import { t } from '../i18n.ts';
import { Panel } from '../venue/Panel.tsx';

interface Credit {
  readonly what: string;
  readonly author: string;
  readonly licence: string;
  readonly source: string;
}

interface SoftwarePackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** Written at build time from the production dependencies. */
const SOFTWARE = '/licences.json';
const LICENCE_TEXTS = '/licences.txt';

function CreditList({ credits }: { readonly credits: readonly Credit[] }) {
  return (
    <ul class="plain-list credits">
      {credits.map(({ what, author, licence, source }) => (
        <li key={`${what} ${author}`} dir="auto">
          <strong>{what}</strong> · {author} · {licence}
          <span class="credits__source">{source}</span>
        </li>
      ))}
    </ul>
  );
}

type Loading = 'loading' | 'failed' | readonly SoftwarePackage[];

async function fetchSoftware(): Promise<readonly SoftwarePackage[]> {
  const response = await fetch(SOFTWARE);
  if (!response.ok) throw new Error(`${SOFTWARE}: ${response.status}`);
  return await response.json() as readonly SoftwarePackage[];
}

function Software() {
  const [list, setList] = useState<Loading>('loading');
  useEffect(() => { fetchSoftware().then(setList, () => { setList('failed'); }); }, []);
  if (list === 'loading') return <p class="empty">{t('common.loading')}</p>;
  if (list === 'failed') return <p class="empty">{t('credits.failed')}</p>;
  return (
    <ul class="plain-list credits" dir="ltr">
      {list.map(({ name, version, licence }) => <li key={`${name} ${version}`}>{name} {version} · {licence}</li>)}
    </ul>
  );
}

/** Whose work the venue is made of: the scene, the avatars, and the software. */
export function CreditsPanel() {
  const avatars = avatarCatalogue.value;
  const scene = store.scene.value?.venue.credits ?? [];
  return (
    <Panel name="credits" title={t('credits.title')} reading>
      {scene.length > 0 && (
        <section>
          <GroupTitle level={3}>{t('credits.place')}</GroupTitle>
          <CreditList credits={scene} />
        </section>
      )}
      {avatars.kind === 'ready' && (
        <section>
          <GroupTitle level={3}>{t('credits.avatars')}</GroupTitle>
          <CreditList credits={avatars.catalogue.credits.map(({ by, ...rest }) => ({ ...rest, author: by }))} />
        </section>
      )}
      <section>
        <GroupTitle level={3}>{t('credits.software')}</GroupTitle>
        <p class="field__hint">{t('credits.softwareHint')}</p>
        <p><a class="link" href={LICENCE_TEXTS} target="_blank" rel="noopener">{t('credits.texts')}</a></p>
        <Software />
      </section>
    </Panel>
  );
}
