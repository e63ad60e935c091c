import { mayAskFloor } from '../../../../shared/rules/plenary/rights.ts';
import { button, note } from '../toolkit/controls.ts';
import type { Child } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';
import { mySession } from './mine.ts';
import type { Mine } from './mine.ts';

/** Whoever may speak is asked before a recording has their voice: until they agree, their microphone stays closed. Null: nothing to ask. */
export function consentNeeded(kit: Kit): { readonly refused: boolean; readonly answer: (agreed: boolean) => void } | null {
  const mine = mySession(kit);
  const since = mine?.state.meeting.recordingSince ?? null;
  if (mine === null || since === null || !mayAskFloor(mine.state, mine.me)) return null;
  const { consent } = mine.plenary.store;
  const answered = consent.value?.since === since ? consent.value : null;
  if (answered?.agreed === true) return null;
  return { refused: answered !== null, answer: (agreed) => { consent.value = { since, agreed }; } };
}

function recording(kit: Kit, { state }: Mine): Child {
  if (state.meeting.recordingSince === null) return null;
  const { t } = kit.deps.texts;
  const needed = consentNeeded(kit);
  if (needed === null) return note('info', t('plenary.recording.notice'), 'bad');
  return note('warning', t(needed.refused ? 'plenary.recording.refused' : 'plenary.recording.ask'), 'bad', [
    button('consent:agree', t('plenary.recording.agree'), () => { needed.answer(true); }, { tone: 'primary' }), !needed.refused && button('consent:refuse', t('plenary.recording.refuse'), () => { needed.answer(false); }),
  ]);
}

/** What everybody in the session must know now. */
export function banners(kit: Kit, mine: Mine): readonly Child[] {
  const { texts } = kit.deps;
  const { t } = texts;
  const { state, plenary } = mine;
  const alert = plenary.store.alert.value;
  const { fellBack } = plenary.store.audio.value;
  return [
    plenary.store.status.value.kind === 'reconnecting' && note('offline', t('plenary.offline.banner'), 'warn', [button('plenary:reconnect', t('plenary.offline.now'), () => { plenary.reconnectNow(); }, { icon: 'refresh' })]),
    state.meeting.closed && note('lock', t('plenary.closed.banner'), 'private'),
    recording(kit, mine),
    state.meeting.kind === 'rehearsal' && note('info', t('plenary.rehearsal.banner'), 'quiet'),
    plenary.sound.locked.value && note('volume', t('plenary.sound.locked'), 'accent', [button('unlock', t('plenary.sound.unlock'), () => { plenary.sound.unlock(); }, { tone: 'primary' })]),
    alert !== null && note('ear', t(`plenary.alert.${alert.what}`, { channel: texts.channel(alert.channel) }), 'warn'),
    fellBack && note('warning', t('plenary.channel.fellBack', { channel: texts.channel(plenary.store.listening.value.channel) }), 'warn'),
  ];
}
