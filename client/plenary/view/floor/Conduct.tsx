import { useState } from 'preact/hooks';
import { floorIsRunning, isOfficer, mayPreside, presides } from '../../../../shared/rules/plenary/rights.ts';
import { Button } from '../../../ui/components/Button.tsx';
import { t } from '../../../ui/i18n.ts';
import { usePress, useSession } from '../context.ts';
import { nextEntry } from '../selectors.ts';
import { InviteDialog } from './InviteDialog.tsx';

/** What one presses most comes first: whoever is next, and what ends a turn. */
function FloorDeeds() {
  const { state, me } = useSession();
  const press = usePress();
  const { floor } = state;
  const next = nextEntry(state);
  const [interrupted] = floor.interrupted;
  const mine = floor.turn?.speaker.person === me.person;
  return (
    <>
      {next !== null && <Button tone="primary" icon="mic" onClick={() => { press({ kind: 'give', entry: next.id }); }}>{t('plenary.floor.giveNext', { entity: next.speaker.entity })}</Button>}
      {interrupted !== undefined && <Button icon="back" onClick={() => { press({ kind: 'giveBack' }); }}>{t('plenary.floor.giveBack', { entity: interrupted.speaker.entity })}</Button>}
      {presides(state, me) && !mine && <Button icon="gavel" onClick={() => { press({ kind: 'take' }); }}>{t('plenary.floor.take')}</Button>}
      {floor.turn !== null && <Button icon="clock" onClick={() => { press({ kind: 'extend', seconds: 60 }); }}>{t('plenary.floor.extend')}</Button>}
      {floor.turn !== null && !mine && <Button tone="danger" onClick={() => { press({ kind: 'withdraw' }); }}>{t('plenary.floor.withdraw')}</Button>}
    </>
  );
}

/** The bar of chair and secretariat: floor, list and microphones. */
export function Conduct() {
  const { state, me, plenary } = useSession();
  const press = usePress();
  const [inviting, setInviting] = useState(false);
  const { floor, list, meeting } = state;
  const vacant = meeting.presiding === null || plenary.store.attendance.value.people.find(({ id }) => id === meeting.presiding?.person)?.connected !== true;
  const officer = isOfficer(state, me);
  if (!officer && !(mayPreside(me) && vacant)) return null;
  return (
    <section class="conduct" aria-labelledby="plenary-conduct">
      <h2 id="plenary-conduct" class="conduct__title">{t('plenary.conduct.title')}</h2>
      <div class="button-row">
        {mayPreside(me) && vacant && !presides(state, me) && <Button tone="primary" icon="gavel" onClick={() => { press({ kind: 'preside' }); }}>{t('plenary.chair.take')}</Button>}
        {presides(state, me) && (meeting.status === 'planned' || meeting.status === 'suspended') && <Button tone="primary" icon="play" onClick={() => { press({ kind: 'status', status: 'open' }); }}>{t(meeting.status === 'planned' ? 'plenary.meeting.open' : 'plenary.meeting.resume')}</Button>}
        {officer && floorIsRunning(state) && <FloorDeeds />}
        {officer && floorIsRunning(state) && <Button icon="person" onClick={() => { setInviting(true); }}>{t('plenary.floor.invite')}</Button>}
        {officer && meeting.status === 'open' && <Button icon={list.open ? 'lock' : 'list'} onClick={() => { press({ kind: 'list', open: !list.open }); }}>{t(list.open ? 'plenary.list.close' : 'plenary.list.reopen')}</Button>}
        {officer && <Button icon={floor.allMuted ? 'mic' : 'micOff'} pressed={floor.allMuted} onClick={() => { press({ kind: 'muteAll', on: !floor.allMuted }); }}>{t('plenary.floor.muteAll')}</Button>}
      </div>
      {inviting && <InviteDialog onClose={() => { setInviting(false); }} />}
    </section>
  );
}
