import { store } from '../../app/store.ts';
import { Switch } from '../components/fields.tsx';
import { useActions } from '../deps.ts';
import { t } from '../i18n.ts';
import { showPanel } from '../state.ts';
import { Panel } from '../venue/Panel.tsx';
import { InTalk } from './InTalk.tsx';
import { Inviting } from './Inviting.tsx';
import { Invitations, TalksHere } from './TalksHere.tsx';

function OutsideTalks() {
  return (
    <>
      <p>{t('talk.what')}</p>
      <Invitations />
      <Inviting />
      <TalksHere />
    </>
  );
}

/** Everything about private talks: begin or join one, and what its members can do. */
export function TalkPanel() {
  const actions = useActions();
  const talk = store.talk.value;
  return (
    <Panel name="talk" title={t('talk.title')}>
      {talk === null ? <OutsideTalks /> : <InTalk talk={talk} />}
      <p><button type="button" class="link" onClick={() => { showPanel('privacy'); }}>{t('privacy.title')}</button></p>
      <Switch label={t('talk.dnd')} hint={t('talk.dndHint')} checked={store.doNotDisturb.value} onChange={(on) => { actions.setDoNotDisturb(on); }} />
    </Panel>
  );
}
