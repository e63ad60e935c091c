import { useId, useState } from 'preact/hooks';
import type { Reason } from '../../../shared/protocol/reasons.ts';
import { takePass } from '../../net/session.ts';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { useEntrance } from './context.ts';

/** The pass of a link, or what was typed if it is no link: the server then says what is wrong with it. */
function passIn(text: string): string {
  const hash = URL.canParse(text) ? new URL(text).hash : '';
  return new URLSearchParams(hash.slice(1)).get('pass') ?? text;
}

/** Asks for the link of a pass. It stays in this tab, as in the venue. */
export function SignIn({ reason }: { readonly reason: Reason | null }) {
  const entrance = useEntrance();
  const id = useId();
  const [text, setText] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    // The same way as a link that is opened: `takePass` keeps it for reloads of this tab.
    history.replaceState(null, '', `${location.search}#${new URLSearchParams({ pass: passIn(text.trim()) }).toString()}`);
    void entrance.signIn(takePass(), new URLSearchParams(location.search).get('session') ?? '');
  };
  return (
    <form class="card entrance__card stack" onSubmit={submit} noValidate>
      {reason !== null && <p class="note note--warning" role="alert">{t(`reason.${reason}`)}</p>}
      <p id={`${id}-text`}>{t('plenary.signIn.text')}</p>
      <div class="field">
        <label class="field__label" for={id}>{t('staff.signIn.label')}</label>
        <input id={id} class="text-field" type="url" inputMode="url" autocomplete="off" spellcheck={false} dir="ltr" value={text} aria-describedby={`${id}-text`} onInput={(event) => { setText(event.currentTarget.value); }} />
      </div>
      <Button submit tone="primary" size="large">{t('staff.signIn.submit')}</Button>
    </form>
  );
}
