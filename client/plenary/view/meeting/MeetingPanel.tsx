import { useState } from 'preact/hooks';
import { isOfficer } from '../../../../shared/rules/plenary/rights.ts';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { formatList } from '../../../ui/format.ts';
import { shownLanguage, t } from '../../../ui/i18n.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { ProviderPart } from '../../captioning/ProviderPart.tsx';
import { useSession } from '../context.ts';
import { momentText, speakerText } from '../texts.ts';
import { Booths } from './Booths.tsx';
import { DeviceSettings } from './DeviceSettings.tsx';
import { MeetingDeeds } from './MeetingDeeds.tsx';
import { SettingsForm } from './SettingsForm.tsx';
import { Support } from './Support.tsx';

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return <div class="fact"><dt>{name}</dt><dd>{children}</dd></div>;
}

/** When, who, how many. */
function Facts() {
  const { state, plenary } = useSession();
  const { meeting } = state;
  const { inside, statesPresent } = plenary.store.attendance.value;
  const language = shownLanguage.value;
  return (
    <dl class="facts">
      <Fact name={t('plenary.meeting.status')}>{t(`plenary.status.${meeting.status}`)}</Fact>
      {meeting.plannedStart !== null && <Fact name={t('plenary.meeting.start')}>{momentText(meeting.plannedStart, language)}</Fact>}
      {meeting.plannedEnd !== null && <Fact name={t('plenary.meeting.end')}>{momentText(meeting.plannedEnd, language)}</Fact>}
      {meeting.presiding !== null && <Fact name={t('plenary.stage.chair')}>{speakerText(meeting.presiding)}</Fact>}
      <Fact name={t('plenary.meeting.present')}>{`${t('plenary.people.inside', { number: inside })} · ${t('plenary.people.states', { number: statesPresent })}`}</Fact>
    </dl>
  );
}

/** For the chair's recap: what delegations missed while they were cut off. */
function Missed() {
  const { state, me } = useSession();
  const mine = state.missed.filter(({ entity }) => isOfficer(state, me) || entity === me.entity);
  if (mine.length === 0) return null;
  return (
    <section aria-labelledby="plenary-missed">
      <GroupTitle level={3}><span id="plenary-missed">{t('plenary.missed.title')}</span></GroupTitle>
      <p class="field__hint">{t('plenary.missed.hint')}</p>
      <ul class="entries">
        {mine.map(({ entity, from, to, items }) => (
          <li key={`${entity}-${from}`} class="entry entry--block">
            <p class="entry__kind"><bdi>{entity}</bdi></p>
            <p class="muted">{momentText(from, shownLanguage.value)} – {momentText(to, shownLanguage.value)}</p>
            {items.length > 0 && <p>{formatList(items.map((id) => state.items[id]?.number ?? id), shownLanguage.value)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The meeting as a whole, what its officers do with it, and what one sets for oneself. */
export function MeetingPanel() {
  const { state, me } = useSession();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Facts />
      <Support />
      {isOfficer(state, me) && <MeetingDeeds />}
      {isOfficer(state, me) && <Button icon="sliders" onClick={() => { setEditing(true); }}>{t('plenary.settings.title')}</Button>}
      <Booths />
      <Missed />
      {me.role === 'secretariat' && <ProviderPart />}
      <DeviceSettings />
      {editing && <SettingsForm onClose={() => { setEditing(false); }} />}
    </>
  );
}
