import { useId, useRef, useState } from 'preact/hooks';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { Button } from '../ui/components/Button.tsx';
import { t } from '../ui/i18n.ts';
import { takePass } from '../net/session.ts';
import { useDesk } from './context.ts';

/** The pass of a link, or what was typed if it is no link: the server then says what is wrong with it. */
function passIn(text: string): string {
  const hash = URL.canParse(text) ? new URL(text).hash : '';
  return new URLSearchParams(hash.slice(1)).get('pass') ?? text;
}

/** Asks for the link of a pass. It stays in this tab, as in the venue. */
export function SignIn({ reason }: { readonly reason: Reason | null }) {
  const desk = useDesk();
  const id = useId();
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    // As it stands in the field: what was typed a moment ago may not have been drawn yet.
    const typed = (field.current?.value ?? text).trim();
    if (typed === '') return;
    // The same way as a link that is opened: `takePass` keeps it for reloads of this tab.
    history.replaceState(null, '', `#${new URLSearchParams({ pass: passIn(typed) }).toString()}`);
    void desk.signIn(takePass());
  };
  return (
    <form class="card staff__sign-in" onSubmit={submit} noValidate>
      {reason !== null && <p class="note note--warning" role="alert">{t(`reason.${reason}`)}</p>}
      <p id={`${id}-text`}>{t('staff.signIn.text')}</p>
      <div class="field">
        <label class="field__label" for={id}>{t('staff.signIn.label')}</label>
        <input ref={field} id={id} class="text-field" type="url" inputMode="url" autocomplete="off" spellcheck={false} dir="ltr" value={text} aria-describedby={`${id}-text`} onInput={(event) => { setText(event.currentTarget.value); }} />
      </div>
      <Button submit tone="primary" size="large">{t('staff.signIn.submit')}</Button>
    </form>
  );
}
