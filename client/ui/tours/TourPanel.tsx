import { useState } from 'preact/hooks';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import { GUIDING_ROLES } from '../../../shared/protocol/vocabulary.ts';
import type { Sight } from '../../app/contracts.ts';
import { me, store, tour } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { Question } from '../components/Question.tsx';
import { EntityLine, Portrait } from '../components/Identity.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { sceneName } from '../names.ts';
import { SIGHT_ICONS, sightName, sightsOf } from '../sights/texts.ts';
import { Panel } from '../venue/Panel.tsx';
import { AimButton, FollowButton, StopPointingButton } from './TourBar.tsx';
import { aimText, followText, tourTitle } from './texts.ts';

function Somebody({ person, children }: { readonly person: PersonInfo; readonly children?: preact.ComponentChildren }) {
  return (
    <li class="tour-person">
      <Portrait key={person.appearance.id} appearance={person.appearance.id} name={person.name} />
      <span class="person__text">
        <span class="person__name"><bdi>{person.name}</bdi></span>
        <EntityLine person={person} />
        {person.scene !== store.here.value && <span class="field__hint">{sceneName(person.scene)}</span>}
        {person.away && <span class="tag">{t('people.away')}</span>}
      </span>
      {children}
    </li>
  );
}

/** Tours of others that I could join. */
function UnderWay() {
  const actions = useActions();
  const guides = [...store.people.value.values()].filter((person) => person.guide === person.id && person.id !== store.myId.value && person.id !== tour.value?.guide);
  if (guides.length === 0) return tour.value === null ? <p class="field__hint">{t('tour.none')}</p> : null;
  return (
    <section class="place-group">
      <h3 class="group-title">{t('tour.underWay')}</h3>
      <ul class="plain-list">
        {guides.map((guide) => (
          <Somebody key={guide.id} person={guide}>
            <Button size="small" icon="tour" label={t('tour.joinOf', { name: guide.name })} onClick={() => { actions.joinTour(guide.id); }}>{t('tour.join')}</Button>
          </Somebody>
        ))}
      </ul>
    </section>
  );
}

function Nobody() {
  const actions = useActions();
  const role = me.value?.role ?? store.session.value?.person.role ?? 'guest';
  return (
    <>
      <p>{t('tour.what')}</p>
      {GUIDING_ROLES.includes(role) ? (
        <div class="stack">
          <Button tone="primary" icon="tour" describedBy="tour-start" onClick={() => { actions.startTour(); }}>{t('tour.start')}</Button>
          <p class="field__hint" id="tour-start">{t('tour.startHint')}</p>
        </div>
      ) : <p class="field__hint">{t('tour.notGuests')}</p>}
      <UnderWay />
    </>
  );
}

function Inviting() {
  const actions = useActions();
  return (
    <section class="place-group">
      <h3 class="group-title">{t('tour.inviting')}</h3>
      <span class="button-row">
        <Button size="small" icon="people" onClick={() => { actions.inviteAllOnTour('near'); }}>{t('tour.inviteNear')}</Button>
        {me.value?.role === 'secretariat' && <Button size="small" icon="globe" onClick={() => { actions.inviteAllOnTour('scene'); }}>{t('tour.inviteScene')}</Button>}
      </span>
      <p class="field__hint">{t('tour.inviteHint')}</p>
    </section>
  );
}

function SightToShow({ sight }: { readonly sight: Sight }) {
  const actions = useActions();
  const name = sightName(sight);
  const shown = store.aim.value?.sight;
  const here = shown?.kind === sight.kind && shown.id === sight.id;
  return (
    <li class={`place tour-sight ${here ? 'place--here' : ''}`}>
      <span class="place__name"><Icon name={SIGHT_ICONS[sight.kind]} /><span>{name}</span></span>
      <Button size="small" icon="target" pressed={here} label={t('tour.pointAtName', { name })} onClick={() => { if (here) actions.stopPointing(); else actions.pointAtSight(sight); }}>{t('tour.pointAt')}</Button>
    </li>
  );
}

function Showing() {
  const scene = store.scene.value;
  const sights = scene === null ? [] : sightsOf(scene.layout);
  const aim = aimText();
  return (
    <section class="place-group">
      <h3 class="group-title">{t('tour.point')}</h3>
      <p class="field__hint">{t('tour.pointHint')}</p>
      {aim !== '' && <p class="tour-bar__aim"><Icon name="target" /><span>{aim}</span></p>}
      <span class="button-row"><AimButton /><StopPointingButton /></span>
      {store.aiming.value && <p class="field__hint">{t('tour.aimHint')}</p>}
      <ul class="plain-list">{sights.map((sight) => <SightToShow key={`${sight.kind} ${sight.id}`} sight={sight} />)}</ul>
    </section>
  );
}

function Ending() {
  const actions = useActions();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button tone="danger" icon="close" onClick={() => { setAsking(true); }}>{t('tour.end')}</Button>
      {asking && (
        <Question danger title={t('tour.endTitle')} confirm={t('tour.end')} act={() => { actions.endTour(); }} onClose={() => { setAsking(false); }}>
          <p>{t('tour.endText')}</p>
        </Question>
      )}
    </>
  );
}

function Mine({ members }: { readonly members: readonly PersonInfo[] }) {
  const actions = useActions();
  return (
    <>
      <p class="lead-small">{tourTitle()}</p>
      <p class="field__hint">{t('tour.carry')}</p>
      <Inviting />
      {members.length > 0 && (
        <section class="place-group">
          <h3 class="group-title">{t('tour.members')}</h3>
          <ul class="plain-list">
            {members.map((member) => (
              <Somebody key={member.id} person={member}>
                <Button size="small" tone="quiet" label={t('tour.dismissName', { name: member.name })} onClick={() => { actions.dismissFromTour(member.id); }}>{t('tour.dismiss')}</Button>
              </Somebody>
            ))}
          </ul>
        </section>
      )}
      <Showing />
      <Ending />
    </>
  );
}

function Member({ guide, members }: { readonly guide: string; readonly members: readonly PersonInfo[] }) {
  const actions = useActions();
  const leader = store.people.value.get(guide);
  const aim = aimText();
  return (
    <>
      <section class="place-group">
        <h3 class="group-title">{t('tour.guide')}</h3>
        <ul class="plain-list">{leader !== undefined && <Somebody person={leader} />}</ul>
        <p>{followText()}</p>
        {aim !== '' && <p class="tour-bar__aim"><Icon name="target" /><span>{aim}</span></p>}
        <span class="button-row">
          <FollowButton />
          <Button size="small" icon="leave" onClick={() => { actions.leaveTour(); }}>{t('tour.leave')}</Button>
        </span>
        <p class="field__hint">{t('tour.carried')}</p>
      </section>
      <section class="place-group">
        <h3 class="group-title">{t('tour.members')}</h3>
        <ul class="plain-list">{members.map((member) => <Somebody key={member.id} person={member} />)}</ul>
      </section>
      <UnderWay />
    </>
  );
}

/** Everything about guided tours: start or join one, and what guide and members can do. */
export function TourPanel() {
  const now = tour.value;
  return (
    <Panel name="tour" title={t('tour.title')}>
      {now === null && <Nobody />}
      {now !== null && (now.mine ? <Mine members={now.members} /> : <Member guide={now.guide} members={now.members} />)}
    </Panel>
  );
}
