import type { TalkState } from '../../../../shared/protocol/talks.ts';
import { TALK_MAX_MEMBERS } from '../../../../shared/protocol/vocabulary.ts';
import { audienceSign } from '../audience.ts';
import { button, heading, hint, note, RADIUS, tag, toggle } from '../toolkit/controls.ts';
import { column, flow, icon, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import { ask, openPage, openThread } from '../state.ts';
import type { Kit } from '../state.ts';
import { personNode } from './people.ts';

const MOST_SHOWN = 12;

function line(children: readonly Child[], deeds: readonly Child[]): Node {
  return column([...children, deeds.some(Boolean) && flow(deeds, { gap: 10 })], { padding: [14, 18], gap: 12, radius: RADIUS, fill: 'raised' });
}

function invitations(kit: Kit): readonly Child[] {
  const { texts, venue: { store }, actions } = kit.deps;
  const { invitations: all } = store.talkOffers.value;
  if (all.length === 0) return [];
  return [heading(texts.t('talk.invitations')), ...all.map(({ talk, by, count, later }) => line(
    [text(texts.person(by), { weight: 600, own: true }), hint(texts.t('talk.count', { count }))],
    [
      button(`accept:${talk}`, texts.t('talk.accept'), () => { actions.answerTalk(talk, 'accept'); }, { tone: 'private' }),
      !later && button(`later:${talk}`, texts.t('talk.later'), () => { actions.answerTalk(talk, 'later'); }),
      button(`decline:${talk}`, texts.t('talk.decline'), () => { actions.answerTalk(talk, 'decline'); }),
    ],
  ))];
}

function talksHere(kit: Kit): readonly Child[] {
  const { texts, venue: { store, domesHere }, actions } = kit.deps;
  const { knocked } = store.talkOffers.value;
  const domes = domesHere.value.filter(({ talk }) => talk !== store.talk.value?.id);
  return [
    heading(texts.t('talk.here')),
    knocked !== '' && note('hand', texts.t('talk.knocking'), 'private', [button('unknock', texts.t('talk.stopKnocking'), () => { actions.stopKnocking(); })]),
    domes.length === 0 && hint(texts.t('talk.noneHere')),
    ...domes.map((dome) => line(
      [row([text(texts.dome(dome), { grow: 1 }), dome.locked && tag(texts.t('talk.lock'), { icon: 'lock' })], { gap: 12 })],
      [!dome.locked && dome.talk !== knocked && button(`knock:${dome.talk}`, texts.t('talk.knock'), () => { actions.knock(dome.talk); }, { icon: 'hand' })],
    )),
  ];
}

/** Chooses whom to ask, of those who are near. */
function inviting(kit: Kit): readonly Child[] {
  const { texts, venue: { store }, actions } = kit.deps;
  const { chosen } = kit.state;
  const mine = store.talk.value;
  const near = store.nearby.value.filter(({ person }) => !person.away && !person.doNotDisturb && (mine === null || (person.talk !== mine.id && !mine.invited.some(({ id }) => id === person.id)))).slice(0, MOST_SHOWN);
  const picked = near.filter(({ person }) => chosen.value.has(person.id)).map(({ person }) => person.id);
  const room = TALK_MAX_MEMBERS - (mine === null ? 1 : mine.members.length + mine.invited.length);
  const change = (id: string): void => {
    const next = new Set(chosen.peek());
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
  };
  const invite = (): void => {
    actions.inviteToTalk(picked);
    chosen.value = new Set();
  };
  if (near.length === 0) return [heading(texts.t('talk.choose')), hint(texts.t('talk.nobodyNear'))];
  return [
    heading(texts.t('talk.choose')), hint(texts.t('talk.chooseHint')),
    ...near.map(({ person }) => {
      const on = chosen.value.has(person.id);
      return column([personNode(kit, person, { end: row([on && icon('check', { tone: 'onPrivate' })], { width: 44, minHeight: 44, radius: 10, justify: 'middle', fill: on ? 'private' : 'surface', outline: on ? 'private' : 'control' }) })], {
        padding: [12, 18], radius: RADIUS, fill: 'raised', outline: on ? 'private' : undefined, outlineWidth: 3,
        press: { id: `choose:${person.id}`, run: () => { change(person.id); }, disabled: !on && picked.length >= room },
      });
    }),
    button('invite', picked.length === 0 ? texts.t('talk.invite') : texts.t('talk.begin', { count: picked.length }), invite, { icon: 'lock', tone: 'private', disabled: picked.length === 0 }),
  ];
}

function member(kit: Kit, talk: TalkState, { id, hand }: TalkState['members'][number]): Node {
  const { texts, venue, actions } = kit.deps;
  const { t } = texts;
  const mine = id === venue.store.myId.value;
  const leads = talk.host === venue.store.myId.value;
  const name = texts.person(id);
  const remove = (): void => { ask(kit, { title: t('talk.removeName', { name }), text: t('talk.removeText'), confirm: t('talk.remove'), danger: true, act: () => { actions.removeFromTalk(id); } }); };
  const whispering = venue.store.whisper.value.to === id;
  return line([
    row([text(name, { weight: 600, own: true, grow: 1 }), mine && hint(t('chat.me'))], { gap: 12 }),
    flow([
      talk.host === id && tag(t('talk.host'), { icon: 'award', tone: 'private' }), hand > 0 && tag(t('talk.handUp', { place: hand }), { icon: 'hand', tone: 'accent' }),
      venue.store.people.value.get(id)?.away === true && tag(t('people.away'), { icon: 'offline', tone: 'warn' }),
    ], { gap: 8 }),
  ], mine ? [] : [
    (whispering || venue.canWhisperTo(id)) && button(`whisper:${id}`, t(whispering ? 'talk.whisperStop' : 'talk.whisper'), () => { actions.whisper(whispering ? null : id); }, { icon: 'whisper', tone: whispering ? 'private' : 'plain' }),
    leads && button(`host:${id}`, t('talk.handOver'), () => { actions.handOverTalk(id); }),
    leads && button(`remove:${id}`, t('talk.remove'), remove, { tone: 'danger' }),
  ]);
}

function knocking(kit: Kit, talk: TalkState): readonly Child[] {
  const { texts, actions } = kit.deps;
  if (talk.knocking.length === 0) return [];
  return [heading(texts.t('talk.asking')), ...talk.knocking.map((id) => line([text(texts.person(id), { weight: 600, own: true })], [
    button(`admit:${id}`, texts.t('talk.admit'), () => { actions.admitToTalk(id, true); }, { tone: 'private' }),
    button(`refuse:${id}`, texts.t('talk.refuse'), () => { actions.admitToTalk(id, false); }),
  ]))];
}

function invited(kit: Kit, talk: TalkState): readonly Child[] {
  const { texts, actions } = kit.deps;
  if (talk.invited.length === 0) return [];
  return [heading(texts.t('talk.invited')), ...talk.invited.map(({ id, answer }) => line(
    [text(texts.person(id), { weight: 600, own: true }), hint(texts.t(answer === 'later' ? 'talk.comesLater' : 'talk.noAnswer'))],
    [button(`uninvite:${id}`, texts.t('talk.uninvite'), () => { actions.uninviteFromTalk(id); })],
  ))];
}

/** Whether voices are sealed, and the digits by which its members can be sure of it. */
function seal({ deps: { texts, venue } }: Kit): readonly Child[] {
  const status = venue.sealStatus.value;
  const said = texts.direct() ?? texts.seal();
  if (said === null) return [];
  const sealed = status?.state === 'sealed' && texts.direct() === null;
  return [
    note(sealed ? 'check' : 'info', said, sealed ? 'good' : 'quiet'),
    sealed && status.code.length > 0 && column([text(status.code.join('  '), { size: 'large', weight: 600, align: 'middle' }), hint(texts.t('talk.seal.codeHint'))], { gap: 8 }),
  ];
}

function inTalk(kit: Kit, talk: TalkState): readonly Child[] {
  const { texts: { t }, venue: { store }, actions } = kit.deps;
  const raised = talk.members.some(({ id, hand }) => id === store.myId.value && hand > 0);
  const dome = talk.kind === 'dome';
  return [
    flow([
      button('hand', t(raised ? 'talk.lower' : 'talk.raise'), () => { actions.raiseTalkHand(!raised); }, { icon: 'hand', tone: raised ? 'private' : 'plain' }),
      button('write', t('talk.write'), () => { openThread(kit, 'talk'); }, { icon: 'chat' }),
      button('leaveTalk', t('talk.leave'), () => { actions.leaveTalk(); }, { icon: 'leave', tone: 'danger' }),
    ], { gap: 12, stretch: true }),
    ...knocking(kit, talk),
    heading(t('talk.members')), ...talk.members.map((each) => member(kit, talk, each)),
    ...invited(kit, talk),
    ...seal(kit),
    heading(t('talk.how')),
    dome && toggle('lock', t('talk.lock'), talk.locked, { hint: t('talk.lockHint'), change: (on) => { actions.lockTalk(on); } }),
    toggle('names', t('talk.names'), talk.named, { hint: t('talk.namesHint'), change: (on) => { actions.showTalkNames(on); } }),
    dome && hint(t(talk.host === store.myId.value ? 'talk.goesAlong' : 'talk.staysHere')),
    ...(dome ? inviting(kit) : []),
  ];
}

/** Private talks: begin or join one, and what its members can do. */
export function talkPage(kit: Kit): Node {
  const { texts: { t }, venue: { store }, actions } = kit.deps;
  const talk = store.talk.value;
  return column([
    audienceSign(kit, 'audience', () => { openPage(kit, 'hearers'); }),
    scroll(talk === null ? 'talks' : 'talk', [
      ...(talk === null ? [hint(t('talk.what')), ...invitations(kit), ...inviting(kit), ...talksHere(kit)] : inTalk(kit, talk)),
      toggle('dnd', t('talk.dnd'), store.doNotDisturb.value, { hint: t('talk.dndHint'), change: (on) => { actions.setDoNotDisturb(on); } }),
    ]),
  ], { gap: 16, grow: 1 });
}
