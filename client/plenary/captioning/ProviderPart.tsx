import { createPart } from '../../ui/part.tsx';

const part = createPart(() => import('./ProviderKey.tsx'));

/** What a provider of captions needs, fetched when the secretariat looks. */
export function ProviderPart() {
  const loaded = part.use(true);
  return loaded === null ? <part.Missing /> : <loaded.ProviderKey />;
}
