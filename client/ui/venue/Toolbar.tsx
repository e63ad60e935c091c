import { settings } from '../../app/settings.ts';
import { store } from '../../app/store.ts';
import { LevelRing } from '../components/Meter.tsx';
import { Popup } from '../components/Popup.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import type { PluralKey } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { commandsNow } from './commands.ts';
import type { Command } from './commands.ts';

const micLevel = (): number => store.mic.value.level;

function tooltip(command: Command): string {
  const text = t(command.label);
  return command.key === undefined || !settings.value.shortcuts ? text : t('command.withKey', { command: text, key: command.key.toUpperCase() });
}

function Badge({ count, text = 'chat.unread' }: { readonly count: number; readonly text?: PluralKey | undefined }) {
  return (
    <span class="badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="visually-hidden">{t(text, { count })}</span>
    </span>
  );
}

function ToolButton({ command, class: extra = '' }: { readonly command: Command; readonly class?: string }) {
  const badge = command.badge ?? 0;
  return (
    <button
      type="button"
      class={`tool ${command.tone === undefined ? '' : `tool--${command.tone}`} ${extra}`}
      title={tooltip(command)}
      aria-expanded={command.panel === undefined ? undefined : command.tone === 'on'}
      aria-keyshortcuts={settings.value.shortcuts ? command.key?.toUpperCase() : undefined}
      data-command={command.id}
      onClick={command.run}
    >
      <span class="tool__face">
        {command.id === 'mic' && command.tone === 'on' && <LevelRing level={micLevel} />}
        <Icon name={command.icon} />
        {badge > 0 && <Badge count={badge} />}
      </span>
      <span class="tool__label">{t(command.label)}</span>
    </button>
  );
}

/** A command as a line of a popup: icon and text. */
function MenuButton({ command }: { readonly command: Command }) {
  return (
    <button type="button" class={`menu-item ${command.tone === 'danger' ? 'menu-item--danger' : ''}`} onClick={command.run}>
      <Icon name={command.icon} />
      <span>{t(command.label)}</span>
      {(command.badge ?? 0) > 0 && <Badge count={command.badge ?? 0} text={command.badgeText} />}
    </button>
  );
}

function ToolPopup({ icon, label, commands, class: extra }: { icon: 'smile' | 'more'; label: string; commands: readonly Command[]; class: string }) {
  return (
    <div class={extra}>
      <Popup
        label={label}
        title={label}
        triggerClass="tool"
        trigger={(
          <>
            <span class="tool__face"><Icon name={icon} /></span>
            <span class="tool__label">{label}</span>
          </>
        )}
      >
        {commands.map((command) => <MenuButton key={command.id} command={command} />)}
      </Popup>
    </div>
  );
}

/** The bar at the bottom. On narrow screens what does not fit is in the "More" menu. */
export function Toolbar() {
  const actions = useActions();
  const { voice, body, gestures, panels, end, more } = commandsNow(actions);
  const [mic, deafen] = voice;
  const [hand, seat] = body;
  const [chat, people, places] = panels;
  const folded = [deafen, seat, places].filter((command) => command !== undefined);
  return (
    <div class="toolbar">
      <div class="toolbar__group">
        {mic !== undefined && <ToolButton command={mic} class="tool--mic" />}
        {deafen !== undefined && <ToolButton command={deafen} class="tool--wide" />}
      </div>
      <div class="toolbar__group">
        {hand !== undefined && <ToolButton command={hand} />}
        <ToolPopup class="tool--wide" icon="smile" label={t('gesture.menu')} commands={gestures} />
        {seat !== undefined && <ToolButton command={seat} class="tool--wide" />}
      </div>
      <div class="toolbar__group">
        {chat !== undefined && <ToolButton command={chat} />}
        {people !== undefined && <ToolButton command={people} />}
        {places !== undefined && <ToolButton command={places} class="tool--wide" />}
      </div>
      <div class="toolbar__group">
        {end.map((command) => <ToolButton key={command.id} command={command} class="tool--wide" />)}
        <ToolPopup class="tool--narrow" icon="more" label={t('toolbar.more')} commands={[...folded, ...gestures, ...more, ...end]} />
      </div>
    </div>
  );
}
