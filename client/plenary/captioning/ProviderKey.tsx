/** For the secretariat: what a provider of captions needs. */
import { useState } from 'preact/hooks';
import type { CaptionKey } from '../../../shared/protocol/plenary/messages.ts';
import { isReason } from '../../net/session.ts';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { Button } from '../../ui/components/Button.tsx';
import { t } from '../../ui/i18n.ts';
import { raiseToast } from '../../ui/toasts.ts';
import type { Plenary } from '../contract.ts';
import { reasonKey } from '../reasons.ts';
import { usePlenary } from '../view/context.ts';
import './captioning.css';

/** Rejects with a `ReasonedError`: STAFF_ONLY, SESSION_UNKNOWN, or INTERNAL without an answer. */
async function fetchCaptionKey(plenary: Plenary): Promise<CaptionKey> {
  const { token } = await plenary.identify();
  let response: Response;
  try {
    response = await fetch(`/api/sessions/${plenary.store.session.peek()}/caption-key`, { headers: { authorization: `Bearer ${token}` } });
  } catch (cause) {
    throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
  }
  const body = await response.json() as CaptionKey & { readonly reason?: unknown };
  if (!response.ok) throw new ReasonedError(isReason(body.reason) ? body.reason : 'INTERNAL');
  return body;
}

interface CopyProps {
  readonly name: string;
  readonly value: string;
}

function Copy({ name, value }: CopyProps) {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      raiseToast({ key: 'plenary.captioning.copied', tone: 'success' });
    } catch {
      // Forbidden, or plain http: the text can be selected.
      raiseToast({ key: 'plenary.captioning.copyFailed', tone: 'warning' });
    }
  };
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class="provider__value"><code dir="ltr">{value}</code> <Button size="small" label={`${t('plenary.captioning.copy')}: ${name}`} onClick={() => { void copy(); }}>{t('plenary.captioning.copy')}</Button></dd>
    </div>
  );
}

/** The key and the addresses, once they are asked for. */
export function ProviderKey() {
  const plenary = usePlenary();
  const [key, setKey] = useState<CaptionKey | null>(null);
  const show = async (): Promise<void> => {
    try {
      setKey(await fetchCaptionKey(plenary));
    } catch (error) {
      raiseToast({ key: reasonKey(error), tone: 'warning' });
    }
  };
  const { origin } = location;
  return (
    <section class="stack" aria-labelledby="provider-title">
      <h3 id="provider-title" class="group-title">{t('plenary.captioning.provider')}</h3>
      <p class="field__hint">{t('plenary.captioning.providerHint')}</p>
      {key === null
        ? <Button icon="captions" onClick={() => { void show(); }}>{t('plenary.captioning.showKey')}</Button>
        : (
          <dl class="facts">
            <Copy name={t('plenary.captioning.key')} value={key.key} />
            <Copy name="HTTP" value={`${origin}${key.address}`} />
            <Copy name="WebSocket" value={`${origin.replace(/^http/u, 'ws')}${key.socket}`} />
          </dl>
        )}
    </section>
  );
}
