import { settings } from '../../app/settings.ts';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import type { PlainKey } from '../i18n.ts';
import { allCommands } from './commands.ts';
import { showPanel } from '../state.ts';
import { Panel } from './Panel.tsx';
import { WHISPER_KEY } from './whisper-key.ts';

/** Keys of the 3D view; they act while it has the focus. */
const MOVES: readonly { readonly keys: readonly string[]; readonly text: PlainKey }[] = [
  { keys: ['↑', 'W'], text: 'help.forward' },
  { keys: ['↓', 'S'], text: 'help.back' },
  { keys: ['←', '→'], text: 'help.turn' },
  { keys: ['A', 'D'], text: 'help.sideways' },
  { keys: ['⇧'], text: 'help.run' },
];

function KeyRow({ keys, text }: { readonly keys: readonly string[]; readonly text: string }) {
  return (
    <tr>
      <th scope="row" class="keys__what">{text}</th>
      <td class="keys__keys">{keys.map((key) => <kbd key={key}>{key}</kbd>)}</td>
    </tr>
  );
}

function Moving() {
  return (
    <section>
      <h3 class="group-title">{t('help.moving')}</h3>
      <ul class="bullets">
        <li>{t('help.click')}</li>
        <li>{t('help.drag')}</li>
        <li>{t('help.touch')}</li>
        <li>{t('help.lists')}</li>
        <li>{t('help.sights')}</li>
      </ul>
      <table class="keys">
        <caption class="field__hint">{t('help.viewKeys')}</caption>
        <tbody>{MOVES.map(({ keys, text }) => <KeyRow key={text} keys={keys} text={t(text)} />)}</tbody>
      </table>
    </section>
  );
}

function Shortcuts() {
  const actions = useActions();
  const commands = allCommands(actions).filter((command) => command.key !== undefined);
  return (
    <section>
      <h3 class="group-title">{t('help.shortcuts')}</h3>
      <p class="field__hint">{settings.value.shortcuts ? t('help.shortcutsOn') : t('help.shortcutsOff')}</p>
      <table class="keys">
        <caption class="visually-hidden">{t('help.shortcuts')}</caption>
        <tbody>
          {commands.map((command) => <KeyRow key={command.id} keys={[(command.key ?? '').toUpperCase()]} text={t(command.label)} />)}
          <KeyRow keys={[WHISPER_KEY.toUpperCase()]} text={t('help.whisper')} />
          <KeyRow keys={['Esc']} text={t('help.closePanel')} />
        </tbody>
      </table>
    </section>
  );
}

/** How to move, hear and be heard, and all keys. */
export function HelpPanel() {
  return (
    <Panel name="help" title={t('help.title')} reading>
      <Moving />
      <section>
        <h3 class="group-title">{t('help.hearing')}</h3>
        <ul class="bullets">
          <li>{t('help.distance')}</li>
          <li>{t('help.rooms')}</li>
          <li>{t('help.hearers')}</li>
        </ul>
      </section>
      <Shortcuts />
      <section>
        <h3 class="group-title">{t('help.reading')}</h3>
        <p>{t('help.readingText')}</p>
      </section>
      <p><button type="button" class="link" onClick={() => { showPanel('privacy'); }}>{t('privacy.title')}</button></p>
      <p><button type="button" class="link" onClick={() => { showPanel('credits'); }}>{t('credits.title')}</button></p>
    </Panel>
  );
}
