import { domesHere, store } from '../../app/store.ts';
import { Button } from '../components/Button.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { personName } from '../names.ts';
import { domeTitle } from './texts.ts';

/** What I have been asked into and not turned down. */
export function Invitations() {
  const actions = useActions();
  const { invitations } = store.talkOffers.value;
  if (invitations.length === 0) return null;
  return (
    <section class="talk-group">
      <h3 class="group-title">{t('talk.invitations')}</h3>
      <ul class="plain-list">
        {invitations.map(({ talk, by, count }) => (
          <li key={talk} class="talk-line">
            <span class="talk-line__text"><bdi>{personName(by)}</bdi><span class="field__hint">{t('talk.count', { count })}</span></span>
            <span class="button-row">
              <Button size="small" tone="primary" label={`${t('talk.accept')}: ${personName(by)}`} onClick={() => { actions.answerTalk(talk, 'accept'); }}>{t('talk.accept')}</Button>
              <Button size="small" label={`${t('talk.decline')}: ${personName(by)}`} onClick={() => { actions.answerTalk(talk, 'decline'); }}>{t('talk.decline')}</Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The talks of the scene, each with a door to knock at. */
export function TalksHere() {
  const actions = useActions();
  const { knocked } = store.talkOffers.value;
  const domes = domesHere.value.filter(({ talk }) => talk !== store.talk.value?.id);
  return (
    <section class="talk-group">
      <h3 class="group-title">{t('talk.here')}</h3>
      {knocked !== '' && <p role="status">{t('talk.knocking')} <Button size="small" onClick={() => { actions.stopKnocking(); }}>{t('talk.stopKnocking')}</Button></p>}
      {domes.length === 0 && <p class="field__hint">{t('talk.noneHere')}</p>}
      <ul class="plain-list">
        {domes.map((dome) => {
          const title = domeTitle(dome);
          return (
            <li key={dome.talk} class="talk-line">
              <span class="talk-line__text">{title}{dome.locked && <span class="tag"><Icon name="lock" />{t('talk.lock')}</span>}</span>
              {!dome.locked && dome.talk !== knocked && <Button size="small" icon="hand" label={t('talk.knockOf', { name: title })} onClick={() => { actions.knock(dome.talk); }}>{t('talk.knock')}</Button>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
