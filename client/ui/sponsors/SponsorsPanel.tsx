import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { t } from '../i18n.ts';
import { closePanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';

type Content = 'loading' | 'failed' | { readonly List: ComponentType };

/** The panel of sponsors and donors. What is in it is fetched when it is first opened, as most people never open it. */
export function SponsorsPanel() {
  const none = store.sponsors.value.length === 0;
  const [content, setContent] = useState<Content>('loading');
  const load = (): void => {
    setContent('loading');
    import('./SponsorList.tsx').then(({ SponsorList }) => { setContent({ List: SponsorList }); }, () => { setContent('failed'); });
  };
  useEffect(load, []);
  // The last one was taken away while it was being read.
  useEffect(() => { if (none) closePanel(); }, [none]);
  return (
    <Panel name="sponsors" title={t('sponsors.title')} reading wide>
      {content === 'loading' && <p class="empty">{t('common.loading')}</p>}
      {content === 'failed' && <p class="empty">{t('credits.failed')} <Button size="small" onClick={load}>{t('common.tryAgain')}</Button></p>}
      {typeof content === 'object' && <content.List />}
    </Panel>
  );
}
