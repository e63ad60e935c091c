import { useEffect, useState } from 'preact/hooks';
import type { Attendee, Delegation } from '../../../../shared/protocol/plenary/messages.ts';
import { isOfficer, presides } from '../../../../shared/rules/plenary/rights.ts';
import { Button, IconButton } from '../../../ui/components/Button.tsx';
import { Flag } from '../../../ui/components/Identity.tsx';
import { GroupTitle } from '../../../ui/components/GroupTitle.tsx';
import { Question } from '../../../ui/components/Question.tsx';
import { t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icons.tsx';
import { perform, usePress, useSession } from '../context.ts';
import { Chip } from '../parts/Chip.tsx';

interface PersonRowProps {
  readonly person: Attendee;
  /** Opens a conversation with them. */
  readonly onChat: (person: Attendee) => void;
}

/** What chair and secretariat do about somebody. */
function OfficerDeeds({ person }: { readonly person: Attendee }) {
  const { state, me } = useSession();
  const press = usePress();
  const [handing, setHanding] = useState(false);
  const { plenary } = useSession();
  const muted = state.floor.muted.includes(person.id);
  const shares = state.meeting.mayShare.includes(person.id);
  const mayChair = presides(state, me) && person.id !== me.person && (person.role === 'chair' || person.role === 'delegate' || person.role === 'secretariat');
  return (
    <>
      <IconButton icon={muted ? 'micOff' : 'mic'} pressed={muted} label={t('plenary.people.mute', { name: person.name })} onClick={() => { press({ kind: 'mute', person: person.id, on: !muted }); }} />
      <IconButton icon="screen" pressed={shares} label={t('plenary.screen.allow', { name: person.name })} onClick={() => { press({ kind: 'letShare', person: person.id, on: !shares }); }} />
      {mayChair && <IconButton icon="gavel" label={t('plenary.chair.hand', { name: person.name })} onClick={() => { setHanding(true); }} />}
      {handing && (
        <Question title={t('plenary.chair.hand', { name: person.name })} confirm={t('plenary.chair.handConfirm')} act={() => perform(plenary, { kind: 'handChair', person: person.id })} onClose={() => { setHanding(false); }}>
          <p>{t('plenary.chair.handText', { name: person.name })}</p>
        </Question>
      )}
    </>
  );
}

function PersonRow({ person, onChat }: PersonRowProps) {
  const { state, me } = useSession();
  const press = usePress();
  const active = state.seats[person.entity]?.active.includes(person.id) === true;
  const mySeat = state.seats[me.entity]?.active.includes(me.person) === true;
  const colleague = person.entity === me.entity && person.id !== me.person && (person.role === 'delegate' || person.role === 'observer');
  return (
    <li class="attendee">
      <span class="attendee__name"><bdi>{person.name}</bdi>{person.id === me.person && <> ({t('plenary.list.you')})</>}</span>
      <span class="attendee__marks">
        {person.role !== 'delegate' && <Chip>{t(`role.${person.role}`)}</Chip>}
        {(person.role === 'delegate' || person.role === 'observer') && <Chip tone={active ? 'good' : 'plain'}>{t(active ? 'plenary.seats.active' : 'plenary.seats.passive')}</Chip>}
        {!person.connected && <Chip tone="warn" icon="offline">{t('plenary.people.away')}</Chip>}
      </span>
      <span class="attendee__deeds">
        {colleague && mySeat && !active && <Button size="small" onClick={() => { press({ kind: 'giveSeat', person: person.id }); }}>{t('plenary.seats.give')}</Button>}
        {person.id !== me.person && state.meeting.chat.person && <IconButton icon="chat" label={t('plenary.people.chat', { name: person.name })} onClick={() => { onChat(person); }} />}
        {isOfficer(state, me) && <OfficerDeeds person={person} />}
      </span>
    </li>
  );
}

interface DelegationRowProps {
  readonly delegation: Delegation;
  readonly people: readonly Attendee[];
  readonly onChat: (person: Attendee) => void;
}

function DelegationRow({ delegation, people, onChat }: DelegationRowProps) {
  const { state, me } = useSession();
  const active = state.seats[delegation.entity]?.active.length ?? 0;
  return (
    <li class={`delegation ${delegation.entity === me.entity ? 'delegation--mine' : ''}`}>
      <details open={delegation.entity === me.entity}>
        <summary class="delegation__summary">
          <Flag country={delegation.country} />
          <span class="delegation__name"><bdi>{delegation.entity}</bdi>{delegation.french !== delegation.entity && <span class="delegation__french" lang="fr">{delegation.french}</span>}</span>
          <span class="muted">{t('plenary.people.present', { number: delegation.present })} · {t('plenary.seats.used', { active, seats: state.meeting.activeSeats })}</span>
        </summary>
        <ul class="plain-list">{people.map((person) => <PersonRow key={person.id} person={person} onChat={onChat} />)}</ul>
      </details>
    </li>
  );
}

/** Who is inside: delegations in the order of the French alphabet, then those who work here. */
export function DelegationsPanel({ onChat }: { readonly onChat: (person: Attendee) => void }) {
  const { plenary, state, me } = useSession();
  useEffect(() => {
    plenary.watchPeople(true);
    return () => { plenary.watchPeople(false); };
  }, [plenary]);
  const { people, delegations, inside, statesPresent } = plenary.store.attendance.value;
  const [seated, staff] = [delegations.filter(({ entityType }) => entityType !== 'secretariat'), people.filter(({ entityType, role }) => entityType === 'secretariat' || (role !== 'delegate' && role !== 'observer' && role !== 'guest'))];
  const mine = state.seats[me.entity]?.active ?? [];
  const press = usePress();
  const mayTake = (me.role === 'delegate' || me.role === 'observer') && !mine.includes(me.person) && mine.length < state.meeting.activeSeats;
  return (
    <>
      <p class="figures-line"><Icon name="people" />{t('plenary.people.inside', { number: inside })} · {t('plenary.people.states', { number: statesPresent })}{state.meeting.quorum > 0 && <> · {t('plenary.people.quorum', { number: state.meeting.quorum })}</>}</p>
      {mayTake && <Button icon="chair" onClick={() => { press({ kind: 'takeSeat' }); }}>{t('plenary.seats.take')}</Button>}
      <section aria-labelledby="plenary-delegations">
        <GroupTitle level={3}><span id="plenary-delegations">{t('plenary.people.delegations')}</span></GroupTitle>
        <p class="field__hint">{t('plenary.people.order')}</p>
        <ol class="delegations">{seated.map((delegation) => <DelegationRow key={delegation.entity} delegation={delegation} people={people.filter((each) => each.entity === delegation.entity)} onChat={onChat} />)}</ol>
      </section>
      {staff.length > 0 && (
        <section aria-labelledby="plenary-staff">
          <GroupTitle level={3}><span id="plenary-staff">{t('plenary.people.staff')}</span></GroupTitle>
          <ul class="plain-list">{staff.map((person) => <PersonRow key={person.id} person={person} onChat={onChat} />)}</ul>
        </section>
      )}
    </>
  );
}
