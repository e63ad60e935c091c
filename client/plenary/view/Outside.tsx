import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/components/Button.tsx';
import { announce } from '../../ui/announcer.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePlenary } from './context.ts';

/** A closed part is running, without me: nothing of it is shown or heard, and I am let in again by myself when it is over. */
export function Outside() {
  const plenary = usePlenary();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true });
    announce(t('plenary.outside.title'), 'assertive');
  }, []);
  return (
    <main class="outside">
      <div class="card card--message">
        <span class="card__badge"><Icon name="lock" /></span>
        <h1 class="page__title" tabIndex={-1} ref={heading}>{t('plenary.outside.title')}</h1>
        <p>{t('plenary.outside.text')}</p>
        <Button icon="leave" onClick={() => { plenary.leave(); }}>{t('plenary.leave')}</Button>
      </div>
    </main>
  );
}
