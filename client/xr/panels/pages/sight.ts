import type { Sight } from '../../../app/contracts.ts';
import { button, hint, note, RADIUS, tag } from '../toolkit/controls.ts';
import { bar, column, flow, picture, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';

/** What a scene tells of a sight: nothing where its author said nothing. */
function toldOf({ deps: { texts, venue } }: Kit, { kind, id }: Sight): string {
  const scene = venue.store.scene.value?.venue;
  if (kind === 'booth') {
    const sponsor = venue.sponsorAt(id);
    return sponsor === undefined ? texts.t('booth.empty') : texts.own(sponsor.text);
  }
  const told = { exhibit: scene?.exhibits, panorama: scene?.panoramas, activity: scene?.activities }[kind]?.[id];
  return told === undefined ? texts.t('sight.untold') : texts.own(told.text);
}

/** The recording of an exhibit, which only I hear. */
function guide({ deps: { texts, venue, actions } }: Kit, exhibit: string): Node {
  const { t } = texts;
  const now = venue.store.guide.value;
  const mine = now?.id === exhibit ? now : null;
  const playing = mine?.state === 'playing' || mine?.state === 'loading';
  const time = mine?.time ?? 0;
  const duration = mine?.duration ?? 0;
  const language = texts.language.value;
  return column([
    row([
      button('guide', t(playing ? 'guide.pause' : 'guide.play'), () => {
        if (playing) actions.pauseGuide();
        else actions.playGuide(exhibit);
      }, { icon: playing ? 'pause' : 'play', tone: 'primary' }),
      text(t('guide.title'), { weight: 600, grow: 1 }),
      duration > 0 && hint(t('guide.time', { time: texts.clock(time * 1000, language), duration: texts.clock(duration * 1000, language) })),
    ], { gap: 16 }),
    duration > 0 && bar(time / duration),
    mine?.state === 'failed' && note('warning', t('guide.failed'), 'warn'),
  ], { padding: [14, 18], gap: 12, radius: RADIUS, fill: 'raised' });
}

function pictureOf({ deps: { venue } }: Kit, { kind, id }: Sight): Child {
  const scene = venue.store.scene.value;
  const file = kind === 'exhibit' ? scene?.venue.exhibits?.[id]?.picture?.file : undefined;
  if (scene === null || file === undefined) return null;
  return picture(scene.base + file, { pixels: [520, 292], round: false });
}

/** What I have opened in the scene, to be read and heard. Mosaics are laid, and panoramas looked at, in the view itself or on the page outside. */
export function sightPage(kit: Kit): Node {
  const { texts: { t }, venue: { store, sponsorAt, sightsOf }, actions } = kit.deps;
  const sight = store.sight.value;
  if (sight === null) return column([hint(t('sight.untold'))], { grow: 1 });
  const { kind, id } = sight;
  const scene = store.scene.value;
  const kin = scene === null ? [] : sightsOf(scene.layout).filter((each) => each.kind === kind);
  const index = kin.findIndex((each) => each.id === id);
  const sponsor = kind === 'booth' ? sponsorAt(id) : undefined;
  const go = (to: Sight | undefined) => (): void => { if (to !== undefined) actions.visit(to); };
  return column([
    scroll(`sight:${kind}:${id}`, [
      sponsor !== undefined && flow([tag(t(sponsor.kind === 'sponsor' ? 'booth.sponsor' : 'booth.donor'), { icon: 'award', tone: 'accent' })]),
      pictureOf(kit, sight),
      kind === 'exhibit' && scene?.venue.exhibits?.[id]?.audio !== undefined && guide(kit, id),
      ...toldOf(kit, sight).split(/\n+/u).map((paragraph) => text(paragraph)),
    ], { gap: 18 }),
    flow([
      kin.length > 1 && button('sight:previous', t('sight.previous'), go(kin[index - 1]), { icon: 'back', disabled: index <= 0 }), kin.length > 1 && button('sight:next', t('sight.next'), go(kin[index + 1]), { icon: 'next', disabled: index >= kin.length - 1 }),
      button('sight:walk', t('action.walk'), () => { actions.walkToSight(sight); }, { icon: 'walk' }),
    ], { gap: 12 }),
  ], { gap: 18, grow: 1 });
}
