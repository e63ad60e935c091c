import { useEffect, useLayoutEffect } from 'preact/hooks';
import { settings } from '../../app/settings.ts';
import { store, tour } from '../../app/store.ts';
import { announce } from '../announcer.tsx';
import { Button, IconButton } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { openPanel, showsTextAlone, togglePanel } from '../state.ts';
import { aimText, followText, tourTitle } from './texts.ts';

/** Tells screen readers what has changed; those who want to hear nothing by itself find it in the panel. */
function useAnnouncement(text: string): void {
  useEffect(() => {
    if (text !== '' && settings.peek().announcements !== 'none') announce(text);
  }, [text]);
}

/** Along with the guide, or by oneself. */
export function FollowButton() {
  const actions = useActions();
  const following = store.following.value;
  return following
    ? <Button size="small" icon="person" onClick={() => { actions.followGuide(false); }}>{t('tour.unfollow')}</Button>
    : <Button size="small" tone="primary" icon="walk" onClick={() => { actions.followGuide(true); }}>{t('tour.follow')}</Button>;
}

/** For a guide: clicks in the view show things. */
export function AimButton() {
  const actions = useActions();
  const { aiming } = store;
  if (showsTextAlone.value) return null;
  return (
    <Button size="small" tone={aiming.value ? 'primary' : 'plain'} icon="target" pressed={aiming.value} onClick={() => { actions.setAiming(!aiming.value); }}>{t('tour.aim')}</Button>
  );
}

export function StopPointingButton() {
  const actions = useActions();
  if (store.aim.value === null) return null;
  return <Button size="small" icon="close" onClick={() => { actions.stopPointing(); }}>{t('tour.stopPointing')}</Button>;
}

/** Escape puts the pointer down, unless it belongs to something that is open. */
function useEscape(): void {
  const actions = useActions();
  const aiming = store.aiming.value;
  useLayoutEffect(() => {
    if (!aiming) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || openPanel.peek() !== null || document.querySelector('dialog[open], .popup__list') !== null) return;
      event.preventDefault();
      actions.setAiming(false);
    };
    document.addEventListener('keydown', onKey);
    return () => { document.removeEventListener('keydown', onKey); };
  }, [aiming]);
}

function Bar() {
  useEscape();
  const mine = tour.value?.mine === true;
  const title = tourTitle();
  const follow = mine ? '' : followText();
  const aim = aimText();
  const hint = mine && store.aiming.value && aim === '' ? t('tour.aimHint') : '';
  useAnnouncement(title);
  useAnnouncement(follow);
  useAnnouncement(aim);
  useAnnouncement(hint);
  return (
    <section class="prompt tour-bar" aria-label={t('tour.title')}>
      <span class="prompt__sign"><Icon name="tour" /></span>
      <div class="prompt__text">
        <p class="prompt__title">{title}</p>
        {follow !== '' && <p class="prompt__hint">{follow}</p>}
        {aim !== '' && <p class="tour-bar__aim"><Icon name="target" /><span>{aim}</span></p>}
        {hint !== '' && <p class="prompt__hint">{hint}</p>}
      </div>
      <span class="tour-bar__buttons">
        {mine ? <><AimButton /><StopPointingButton /></> : <FollowButton />}
        <IconButton icon="people" label={t('tour.open')} expanded={openPanel.value === 'tour'} onClick={() => { togglePanel('tour'); }} />
      </span>
    </section>
  );
}

/** The tour that I am on, at the top of the view: whose it is, whether I walk along, and what is pointed at. */
export function TourBar() {
  return tour.value === null ? null : <Bar />;
}
