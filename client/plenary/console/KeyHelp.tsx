import { changeSettings, settings } from '../../app/settings.ts';
import { Switch } from '../../ui/components/fields.tsx';
import { t } from '../../ui/i18n.ts';
import { KEYS } from './keys.ts';

/** The single keys, and the switch for them. */
export function KeyHelp() {
  return (
    <details class="details">
      <summary class="console__name">{t('plenary.console.keys')}</summary>
      <div class="stack">
        <Switch label={t('plenary.console.keys.use')} hint={t('plenary.console.keys.hint')} checked={settings.value.shortcuts} onChange={(on) => { changeSettings({ shortcuts: on }); }} />
        <dl class="keys">
          {KEYS.map(({ id, key }) => <div key={id} class="key"><dt><kbd>{key.toUpperCase()}</kbd></dt><dd>{t(`plenary.console.key.${id}`)}</dd></div>)}
          <div class="key"><dt><kbd>0</kbd></dt><dd>{t('plenary.console.key.floor')}</dd></div>
          <div class="key"><dt><kbd>1</kbd>–<kbd>6</kbd></dt><dd>{t('plenary.console.key.relay')}</dd></div>
        </dl>
      </div>
    </details>
  );
}
