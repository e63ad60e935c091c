import { presides, speaksForState } from '../../../shared/rules/plenary/rights.ts';
import { openWindows } from '../../plenary/view/selectors.ts';
import { consentNeeded } from './session/banners.ts';
import { mySession } from './session/mine.ts';
import { button, iconButton, RADIUS } from './toolkit/controls.ts';
import { column, flow, icon, row, text } from './toolkit/nodes.ts';
import type { Child, Node } from './toolkit/nodes.ts';
import type { Tone } from './toolkit/theme.ts';
import { openPage } from './state.ts';
import type { Kit } from './state.ts';

export const NOTICE_WIDTH = 700;
/** More would paper the view over. */
const MOST_TOASTS = 2;

/** Something that wants an answer, though nothing waits for it. */
interface Asking {
  readonly icon: string;
  readonly tone: 'accent' | 'private' | 'warn' | 'bad';
  readonly title: string;
  readonly hint: string;
  readonly answers: readonly Child[];
}

type Source = (kit: Kit) => Asking | null;

const lostLine: Source = ({ deps: { texts: { t }, venue: { store }, actions } }) => {
  const connection = store.connection.value;
  if (connection.kind === 'online') return null;
  return { icon: 'offline', tone: 'warn', title: t(`reconnect.${connection.why}`), hint: t('reconnect.text', { attempt: connection.attempt }), answers: [button('reconnect', t('reconnect.now'), () => { actions.reconnectNow(); }, { icon: 'refresh', tone: 'primary' })] };
};

const lostScene: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const journey = store.journey.value;
  if (journey === null) return null;
  const scene = texts.scene(journey.to);
  if (journey.stage !== 'failed') return { icon: 'globe', tone: 'accent', title: texts.t('scenes.travelling', { scene }), hint: texts.t('scenes.voicesGoOn'), answers: [] };
  return {
    icon: 'warning', tone: 'warn', title: texts.t('scenes.failed.title', { scene }), hint: texts.t('scenes.failed.text'),
    answers: [button('retry', texts.t('common.tryAgain'), () => { actions.retryJourney(); }, { tone: 'primary' }), button('turnBack', texts.t('scenes.back'), () => { actions.turnBack(); })],
  };
};

/** The talk was sealed and is no more: nothing that I say goes out until I allow it. */
const unsealed: Source = ({ deps: { texts, venue: { sealStatus }, actions } }) => {
  if (sealStatus.value?.held !== true) return null;
  return { icon: 'warning', tone: 'warn', title: texts.seal() ?? texts.t('talk.seal.title'), hint: texts.t('talk.seal.held'), answers: [button('unsealed', texts.t('talk.seal.open'), () => { actions.speakUnsealed(); })] };
};

const direct: Source = ({ deps: { texts, venue: { directStatus, store }, actions } }) => {
  const { t } = texts;
  const status = directStatus.value;
  const title = texts.direct() ?? '';
  if (status?.state === 'failed') {
    const agreed = status.relay.includes(store.myId.value);
    return { icon: 'warning', tone: 'warn', title, hint: t('talk.direct.silent'), answers: [
      button('direct:again', t('talk.direct.again'), () => { actions.talkDirectly(true); }, { tone: 'primary' }), !agreed && button('direct:relay', t('talk.direct.relay'), () => { actions.talkOverRelay(); }),
    ] };
  }
  if (status?.state !== 'asked' || status.by === store.myId.value) return null;
  return { icon: 'lock', tone: 'private', title, hint: `${t('talk.direct.what')} ${t('talk.direct.address', { name: texts.person(status.by) })}`, answers: [
    button('direct:agree', t('talk.direct.agree'), () => { actions.talkDirectly(true); }, { tone: 'private' }), button('direct:decline', t('talk.direct.decline'), () => { actions.talkDirectly(false); }),
  ] };
};

const knock: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const person = store.talk.value?.knocking[0];
  if (person === undefined) return null;
  return { icon: 'hand', tone: 'private', title: texts.t('talk.knocked', { name: texts.person(person) }), hint: texts.t('talk.knockedHint'), answers: [
    button(`admit:${person}`, texts.t('talk.admit'), () => { actions.admitToTalk(person, true); }, { tone: 'private' }), button(`refuse:${person}`, texts.t('talk.refuse'), () => { actions.admitToTalk(person, false); }),
  ] };
};

const invitation: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const asked = store.talkOffers.value.invitations.findLast(({ later }) => !later);
  if (asked === undefined) return null;
  const { talk, by, count } = asked;
  return { icon: 'lock', tone: 'private', title: texts.t('talk.invitation', { name: texts.person(by) }), hint: texts.t('talk.invitationHint', { count }), answers: [
    button(`accept:${talk}`, texts.t('talk.accept'), () => { actions.answerTalk(talk, 'accept'); }, { tone: 'private' }),
    button(`later:${talk}`, texts.t('talk.later'), () => { actions.answerTalk(talk, 'later'); }),
    button(`decline:${talk}`, texts.t('talk.decline'), () => { actions.answerTalk(talk, 'decline'); }),
  ] };
};

const recording: Source = (kit) => {
  const needed = consentNeeded(kit);
  // Who has said no finds the question on the page of the session, and is not asked again.
  if (needed === null || needed.refused) return null;
  const { t } = kit.deps.texts;
  return { icon: 'warning', tone: 'bad', title: t('plenary.recording.ask'), hint: '', answers: [
    button('consent:agree', t('plenary.recording.agree'), () => { needed.answer(true); }, { tone: 'primary' }), button('consent:refuse', t('plenary.recording.refuse'), () => { needed.answer(false); }),
  ] };
};

/** What goes before everything else in a session comes to whoever is in the chair at once, with the ruling below it; once the mover is heard, it is on the page of the chair. */
const motion: Source = (kit) => {
  const mine = mySession(kit);
  const raised = mine?.state.motions.find(({ heard }) => !heard);
  if (mine === null || raised === undefined || !presides(mine.state, mine.me)) return null;
  const { texts } = kit.deps;
  const settle = (outcome: 'upheld' | 'rejected') => (): void => { mine.press({ kind: 'settle', motion: raised.id, outcome }); };
  return { icon: 'gavel', tone: 'accent', title: texts.t('plenary.say.motion', { motion: texts.t(`plenary.motion.${raised.kind}`), speaker: texts.speaker(raised.speaker) }), hint: raised.text, answers: [
    button(`hear:${raised.id}`, texts.t('plenary.motions.hear'), () => { mine.press({ kind: 'hear', motion: raised.id }); }, { icon: 'mic', tone: 'primary' }),
    button(`uphold:${raised.id}`, texts.t('plenary.motions.uphold'), settle('upheld')), button(`reject:${raised.id}`, texts.t('plenary.motions.reject'), settle('rejected')),
  ] };
};

const objections: Source = (kit) => {
  const mine = mySession(kit);
  const [open] = mine === null ? [] : openWindows(mine.state);
  if (mine === null || open === undefined || !speaksForState(mine.state, mine.me) || kit.state.page.value === 'session') return null;
  const { t } = kit.deps.texts;
  const numbers = open.items.map((id) => mine.state.items[id]?.number ?? '').join(', ');
  return { icon: 'gavel', tone: 'warn', title: t('plenary.window.title', { numbers }), hint: t('plenary.conclusion.window'), answers: [button('window', t('panels.read'), () => {
    kit.state.tab.value = 'floor';
    openPage(kit, 'session');
  }, { tone: 'primary' })] };
};

const session: Source = ({ deps: { texts: { t }, venue: { offeredSession }, actions } }) => {
  const offered = offeredSession.value;
  if (offered === undefined) return null;
  return { icon: 'gavel', tone: 'accent', title: t('plenary.hall.ask', { title: offered.title }), hint: '', answers: [
    button(`attend:${offered.id}`, t('plenary.hall.here'), () => { actions.attendSession(offered, 'hall'); }, { tone: 'primary' }), button(`decline:${offered.id}`, t('plenary.hall.notNow'), () => { actions.declineSession(offered.id); }),
  ] };
};

const link: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const at = store.link.value;
  if (at === null) return null;
  const talk = store.talk.value;
  const hint = talk?.kind !== 'dome' ? '' : texts.t(talk.host === store.myId.value ? 'talk.goesAlong' : 'talk.staysHere');
  return { icon: 'leave', tone: 'accent', title: texts.t('scenes.ask', { scene: texts.link(at) }), hint, answers: [
    button('link:go', texts.t('scenes.enter'), () => { actions.goThrough(at); }, { tone: 'primary' }), button('link:stay', texts.t('scenes.stay'), () => { actions.stayHere(); }),
  ] };
};

const meeting: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const due = store.due.value.findLast(({ booking }) => store.talk.value?.booking !== booking);
  const booking = store.bookings.value.find(({ id }) => id === due?.booking);
  if (due === undefined || booking === undefined) return null;
  const { subject, room, id } = booking;
  return { icon: 'calendar', tone: 'accent', title: due.minutes <= 0 ? texts.t('meetings.dueNow', { subject }) : texts.t('meetings.due', { count: due.minutes, subject }), hint: texts.room(room), answers: [
    button(`meeting:${id}`, texts.t('meetings.attend'), () => { actions.attend(id); }, { icon: 'jump', tone: 'primary' }), button(`meeting:later:${id}`, texts.t('meetings.later'), () => { actions.dismissDue(id); }),
  ] };
};

const tour: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const guide = store.tourInvitations.value.findLast((id) => store.people.value.get(id)?.guide === id);
  if (guide === undefined) return null;
  const scene = store.people.value.get(guide)?.scene ?? store.here.value;
  return { icon: 'tour', tone: 'accent', title: texts.t('tour.invitation', { name: texts.person(guide) }), hint: scene === store.here.value ? texts.t('tour.invitationHint') : texts.t('tour.invitationFar', { scene: texts.scene(scene) }), answers: [
    button(`tour:${guide}`, texts.t('tour.accept'), () => { actions.joinTour(guide); }, { tone: 'primary' }), button(`tour:no:${guide}`, texts.t('tour.decline'), () => { actions.declineTour(guide); }),
  ] };
};

/** In a 360-degree picture there is nothing else to press. */
const panorama: Source = ({ deps: { texts, venue: { store }, actions } }) => {
  const now = store.panorama.value;
  if (now === null) return null;
  return { icon: 'sphere', tone: 'accent', title: texts.sight({ kind: 'panorama', id: now.id }), hint: now.stage.kind === 'loading' ? texts.t('panorama.loading') : '', answers: [button('panorama:leave', texts.t('panorama.stepOut'), () => { actions.leavePanorama(); }, { icon: 'back', tone: 'primary' })] };
};

const sightNear: Source = (kit) => {
  const { texts, venue: { store }, icons, actions } = kit.deps;
  const near = store.sightNearby.value;
  // While the main panel is open, one is busy with something else.
  if (near === null || store.panorama.value !== null || kit.state.page.value !== null) return null;
  return { icon: icons.sights[near.kind], tone: 'accent', title: texts.sight(near), hint: '', answers: [button(`sight:${near.id}`, texts.t(`sight.open.${near.kind}`), () => { actions.visit(near); }, { tone: 'primary' })] };
};

/** One at a time: what concerns one's own voice first, then what others wait for, then offers. */
const SOURCES: readonly Source[] = [lostLine, unsealed, direct, recording, motion, objections, knock, invitation, lostScene, link, session, meeting, tour, panorama, sightNear];

export function asking(kit: Kit): Asking | null {
  for (const source of SOURCES) {
    const found = source(kit);
    if (found !== null) return found;
  }
  return null;
}

export function hasNotice(kit: Kit): boolean {
  return kit.deps.venue.toasts.shown.value.length > 0 || asking(kit) !== null;
}

const TOAST_TONES: Readonly<Record<'info' | 'success' | 'warning' | 'error', { readonly icon: string; readonly tone: Tone }>> = {
  info: { icon: 'info', tone: 'accent' }, success: { icon: 'check', tone: 'good' }, warning: { icon: 'warning', tone: 'warn' }, error: { icon: 'warning', tone: 'bad' },
};

function toasts({ deps: { texts, venue } }: Kit): readonly Node[] {
  return venue.toasts.shown.value.slice(-MOST_TOASTS).map((toast) => {
    const look = TOAST_TONES[toast.tone];
    const { id, action } = toast;
    return row([
      icon(look.icon, { tone: look.tone }),
      text(texts.toast(toast), { grow: 1, weight: 600 }),
      action !== undefined && button(`toast:do:${id}`, texts.t(action.label), () => {
        action.run();
        venue.toasts.dismiss(id);
      }),
      iconButton(`toast:${id}`, 'close', () => { venue.toasts.dismiss(id); }),
    ], { padding: [14, 18], gap: 14, radius: 22, fill: 'surface', outline: look.tone, outlineWidth: 3 });
  });
}

/** Toasts, and the one question that is open: they follow the head, and are answered by a press. */
export function noticePanel(kit: Kit): Node {
  const open = asking(kit);
  return column([
    ...toasts(kit),
    open !== null && column([
      row([icon(open.icon, { tone: open.tone, pixels: 46 }), column([text(open.title, { size: 'large', weight: 700 }), open.hint !== '' && text(open.hint, { tone: 'quiet' })], { gap: 4, grow: 1 })], { gap: 18 }),
      open.answers.some(Boolean) && flow(open.answers, { gap: 12, justify: 'end', stretch: true }),
    ], { padding: [22, 24], gap: 18, radius: RADIUS + 10, fill: open.tone === 'private' ? 'privateSoft' : 'surface', outline: open.tone, outlineWidth: 4 }),
  ], { gap: 14 });
}
