import { useLayoutEffect, useRef } from 'preact/hooks';
import { attendingActions } from '../../app/plenary/actions.ts';
import type { Attending } from '../../app/plenary/contract.ts';
import { settings } from '../../app/settings.ts';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { mountPlenary } from '../view/index.tsx';
import './hall.css';

function Back() {
  if (settings.value.textOnly) return null;
  return <Button size="small" icon="back" onClick={() => { attendingActions.show('hall'); }}>{t('plenary.hall.toHall')}</Button>;
}

/** The standard view over the hall. Closing it leaves the session as it is. */
export function Over({ attending: { plenary } }: { readonly attending: Attending }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current === null) return undefined;
    const unmount = mountPlenary(root.current, plenary, { extra: <Back /> });
    root.current.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    return unmount;
  }, [plenary]);
  return <div ref={root} class="plenary-root plenary-over" />;
}
