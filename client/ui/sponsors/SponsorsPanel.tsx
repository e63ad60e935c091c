import { useEffect } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { t } from '../i18n.ts';
import { createPart } from '../part.tsx';
import { closePanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';

const part = createPart(() => import('./SponsorList.tsx'));

/** The panel of sponsors and donors. */
export function SponsorsPanel() {
  const none = store.sponsors.value.length === 0;
  const list = part.use(true);
  // The last one was taken away while it was being read.
  useEffect(() => { if (none) closePanel(); }, [none]);
  return (
    <Panel name="sponsors" title={t('sponsors.title')} reading wide>
      {list === null ? <part.Missing /> : <list.SponsorList />}
    </Panel>
  );
}
