import { button, heading, hint, RADIUS, tag } from '../toolkit/controls.ts';
import { column, flow, icon, row, scroll, text } from '../toolkit/nodes.ts';
import type { Child, Node } from '../toolkit/nodes.ts';
import type { Kit } from '../state.ts';

interface Way {
  readonly id: string;
  readonly icon: string;
  readonly name: string;
  readonly marks?: readonly Child[];
  readonly walk?: () => void;
  readonly jump: () => void;
}

function wayRow({ deps: { texts: { t } } }: Kit, way: Way): Node {
  return row([
    icon(way.icon, { tone: 'accent' }),
    column([text(way.name, { weight: 600 }), way.marks !== undefined && way.marks.some(Boolean) && flow(way.marks, { gap: 8 })], { gap: 4, grow: 1 }),
    way.walk !== undefined && button(`walk:${way.id}`, t('action.walk'), way.walk, { icon: 'walk' }),
    button(`jump:${way.id}`, t('action.jump'), way.jump, { icon: 'jump' }),
  ], { padding: [12, 16], gap: 14, radius: RADIUS, fill: 'raised' });
}

function placesOf(kit: Kit): readonly Child[] {
  const { texts, venue, actions } = kit.deps;
  const { store } = venue;
  const scene = store.scene.value;
  if (scene === null) return [hint(texts.t('common.loading'))];
  const { scene: closedIn, spaces } = store.closedSpaces.value;
  const compare = new Intl.Collator(texts.language.value, { numeric: true });
  return venue.groupPlaces(scene.layout.places).flatMap(({ space, places }) => {
    const inside = store.nearby.value.filter((near) => near.space === space).length;
    const closed = closedIn === scene.id && space !== null && spaces.includes(space);
    return [
      heading(space === null ? texts.t('where.open') : texts.inScene(space), inside > 0 && tag(texts.t('places.people', { count: inside }), { icon: 'people' })),
      ...[...places].sort((a, b) => compare.compare(texts.inScene(a.id), texts.inScene(b.id))).map(({ id }) => wayRow(kit, {
        id: `place:${id}`, icon: 'pin', name: texts.inScene(id),
        marks: [store.where.value.place === id && tag(texts.t('places.here'), { icon: 'check', tone: 'good' }), closed && tag(texts.t('reason.ROOM_BOOKED'), { icon: 'lock', tone: 'warn' })],
        walk: () => { actions.walkToPlace(id); }, jump: () => { actions.jumpToPlace(id); },
      })),
    ];
  });
}

function waysOut(kit: Kit): readonly Child[] {
  const { texts, venue: { openLinks, store }, actions } = kit.deps;
  const links = openLinks.value;
  const others = store.scenes.value.filter(({ id }) => id !== store.here.value && !links.some((link) => link.to === id));
  return [
    links.length > 0 && heading(texts.t('scenes.waysOut')),
    ...links.map(({ id, name }) => wayRow(kit, { id: `link:${id}`, icon: 'leave', name, walk: () => { actions.walkToLink(id); }, jump: () => { actions.goThrough(id); } })),
    others.length > 0 && heading(texts.t('scenes.others')),
    ...others.map(({ id }) => wayRow(kit, { id: `scene:${id}`, icon: 'globe', name: texts.scene(id), jump: () => { actions.goToScene(id); } })),
  ];
}

/** What there is to see and do in the scene. */
function sights(kit: Kit): readonly Child[] {
  const { texts, venue, icons, actions } = kit.deps;
  const scene = venue.store.scene.value;
  const all = scene === null ? [] : venue.sightsOf(scene.layout);
  if (all.length === 0) return [];
  return [heading(texts.t('sights.title')), ...all.map((sight) => row([
    icon(icons.sights[sight.kind], { tone: 'accent' }), text(texts.sight(sight), { weight: 600, grow: 1 }),
    button(`walk:sight:${sight.kind}:${sight.id}`, texts.t('action.walk'), () => { actions.walkToSight(sight); }, { icon: 'walk' }),
    button(`visit:${sight.kind}:${sight.id}`, texts.t(`sight.open.${sight.kind}`), () => { actions.visit(sight); }),
  ], { padding: [12, 16], gap: 14, radius: RADIUS, fill: 'raised' }))];
}

/** Everywhere one can go by name: places of the scene, ways out of it, other scenes. */
export function placesPage(kit: Kit): Node {
  return scroll('places', [hint(kit.deps.texts.t('places.hint')), ...placesOf(kit), ...waysOut(kit), ...sights(kit)]);
}
