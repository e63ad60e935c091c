import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { store } from '../../app/store.ts';
import { screenStatus } from '../../app/talks/screen-status.ts';
import type { ScreenStatus } from '../../app/talks/screen-status.ts';
import { announce } from '../announcer.tsx';
import { Button, IconButton } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { personName } from '../names.ts';

/** The share whose picture I have closed. */
const closed = signal(0);

export function isScreenClosed(): boolean {
  return closed.value === screenStatus.value.share;
}

export function reopenScreen(): void {
  closed.value = 0;
}

function stateText({ state, picture }: ScreenStatus): string | null {
  if (state === 'failed') return t('talk.screen.failed');
  return state === 'live' && picture !== null ? null : t('talk.screen.connecting');
}

function Picture({ status }: { readonly status: ScreenStatus }) {
  const video = useRef<HTMLVideoElement>(null);
  const [large, setLarge] = useState(false);
  const label = t('talk.screen.by', { name: personName(status.by) });
  const text = stateText(status);
  const { picture } = status;
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = picture;
  }, [picture]);
  return (
    <section class={`screen-view ${large ? 'screen-view--large' : ''}`} aria-label={label}>
      <header class="screen-view__head">
        <p class="screen-view__title"><Icon name="screen" />{label}</p>
        <IconButton icon={large ? 'minus' : 'plus'} label={t(large ? 'talk.screen.smaller' : 'talk.screen.larger')} onClick={() => { setLarge(!large); }} />
        <IconButton icon="expand" label={t('talk.screen.full')} onClick={() => { void video.current?.requestFullscreen().catch(() => undefined); }} />
        <IconButton icon="close" label={t('talk.screen.close')} onClick={() => { closed.value = status.share; }} />
      </header>
      <video ref={video} class="screen-view__video" aria-label={label} autoplay muted playsinline />
      {text !== null && <p class="screen-view__state" role="status">{text}</p>}
    </section>
  );
}

function Mine() {
  const actions = useActions();
  return (
    <section class="prompt screen-mine" aria-label={t('talk.screen.mine')}>
      <span class="prompt__sign"><Icon name="screen" /></span>
      <div class="prompt__text"><p class="prompt__title">{t('talk.screen.mine')}</p></div>
      <Button size="small" onClick={() => { actions.stopScreen(); }}>{t('talk.screen.stop')}</Button>
    </section>
  );
}

/** A screen that is shown to my talk, over the view; or that mine is. Both are told to screen readers when they begin and end. */
export function ScreenView() {
  const status = screenStatus.value;
  const mine = status.by !== '' && status.by === store.myId.value;
  const before = useRef(0);
  useEffect(() => {
    if (status.share > 0) announce(mine ? t('talk.screen.mine') : t('talk.screen.by', { name: personName(status.by) }), mine ? 'assertive' : 'polite');
    else if (before.current > 0) announce(t('talk.screen.over'));
    before.current = status.share;
  }, [status.share]);
  if (status.share === 0) return null;
  if (mine) return <Mine />;
  return isScreenClosed() ? null : <Picture key={status.share} status={status} />;
}
