import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icons.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { AgendaPanel } from './agenda/AgendaPanel.tsx';
import { TranscriptPanel } from './captions/TranscriptPanel.tsx';
import { ChatPanel, unreadCount } from './chat/ChatPanel.tsx';
import { useSession } from './context.ts';
import { SpeakersPanel } from './floor/SpeakersPanel.tsx';
import { MeetingPanel } from './meeting/MeetingPanel.tsx';
import { DelegationsPanel } from './people/DelegationsPanel.tsx';
import { RecordPanel } from './record/RecordPanel.tsx';

const TABS = [
  { id: 'speakers', icon: 'list' }, { id: 'agenda', icon: 'document' }, { id: 'people', icon: 'people' }, { id: 'chat', icon: 'chat' }, { id: 'captions', icon: 'captions' }, { id: 'record', icon: 'pen' }, { id: 'meeting', icon: 'sliders' },
] as const satisfies readonly { id: string; icon: IconName }[];

export type PanelId = (typeof TABS)[number]['id'];

/** Steps in the order of the tabs: they stand in a row or a column, so all four arrows move among them. */
function stepOf(key: string): number {
  const onwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  if (key === 'ArrowDown' || key === onwards) return 1;
  return key === 'ArrowUp' || key === 'ArrowLeft' || key === 'ArrowRight' ? -1 : 0;
}

interface TabListProps {
  readonly current: PanelId;
  readonly show: (id: PanelId) => void;
}

function TabList({ current, show }: TabListProps) {
  const { plenary, state } = useSession();
  const counts: Partial<Record<PanelId, number>> = { speakers: state.list.entries.length + state.motions.length, chat: unreadCount(plenary.store) };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = TABS.findIndex(({ id }) => id === current);
    const step = stepOf(event.key);
    const next = event.key === 'Home' ? TABS[0] : event.key === 'End' ? TABS.at(-1) : step === 0 ? undefined : TABS[(at + step + TABS.length) % TABS.length];
    if (next === undefined) return;
    event.preventDefault();
    show(next.id);
    document.getElementById(`plenary-tab-${next.id}`)?.focus();
  };
  return (
    <div class="rail" role="tablist" aria-label={t('plenary.panels')} onKeyDown={onKeyDown}>
      {TABS.map(({ id, icon }) => {
        const count = counts[id] ?? 0;
        return (
          <button key={id} id={`plenary-tab-${id}`} type="button" role="tab" class="rail__tab" aria-selected={id === current} aria-controls="plenary-panel" tabIndex={id === current ? 0 : -1} onClick={() => { show(id); }}>
            <Icon name={icon} />
            <span class="rail__text">{t(`plenary.tab.${id}`)}</span>
            {count > 0 && <span class="rail__count">{count}</span>}
          </button>
        );
      })}
    </div>
  );
}

function PanelBody({ id, show }: { readonly id: PanelId; readonly show: (id: PanelId) => void }) {
  const { plenary } = useSession();
  switch (id) {
    case 'speakers': return <SpeakersPanel />;
    case 'agenda': return <AgendaPanel />;
    case 'people': return <DelegationsPanel onChat={(person) => { plenary.store.thread.value = person.id; show('chat'); }} />;
    case 'chat': return <ChatPanel />;
    case 'captions': return <TranscriptPanel />;
    case 'record': return <RecordPanel />;
    case 'meeting': return <MeetingPanel />;
  }
}

/** Everything besides what happens on the stage, one part at a time. */
export function Panels() {
  const [current, show] = useState<PanelId>('speakers');
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => { if (body.current !== null) body.current.scrollTop = 0; }, [current]);
  return (
    <aside class="panels" aria-label={t('plenary.panels')}>
      <TabList current={current} show={show} />
      <div id="plenary-panel" class={`panels__body panels__body--${current}`} role="tabpanel" aria-labelledby={`plenary-tab-${current}`} tabIndex={0} ref={body}>
        <h2 class="panels__title">{t(`plenary.tab.${current}`)}</h2>
        <PanelBody id={current} show={show} />
      </div>
    </aside>
  );
}
