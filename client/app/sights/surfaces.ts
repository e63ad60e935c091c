import { computed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { PersonInfo } from '../../../shared/protocol/people.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { directionOf, shownLanguage, t } from '../../ui/i18n.ts';
import type { SceneFiles, Sponsor, Surface, SurfaceContent } from '../contracts.ts';
import { store } from '../store.ts';
import { wallPicture } from '../talks/wall-picture.ts';
import type { HallSigns } from '../plenary/contract.ts';
import type { WallPicture } from '../talks/wall-picture.ts';

/** What the surfaces of a scene are filled from. */
export interface SurfaceFacts {
  readonly language: Language;
  readonly event: string;
  readonly words: { readonly welcome: string; readonly sponsors: string; readonly donors: string };
  readonly sponsors: readonly Sponsor[];
  readonly people: Iterable<PersonInfo>;
  readonly mosaics: ReadonlyMap<string, readonly number[]>;
  /** What the formal session that I attend shows here. */
  readonly session: HallSigns | null;
  /** What is shown in the meeting that I am in, or null. */
  readonly picture: WallPicture | null;
}

export function sponsorName({ name }: Sponsor, language: Language): string {
  return typeof name === 'string' ? name : name[language];
}

function wall(kind: Sponsor['kind'], facts: SurfaceFacts): SurfaceContent {
  const members = facts.sponsors.filter((sponsor) => sponsor.kind === kind).map((sponsor) => ({ name: sponsorName(sponsor, facts.language), logo: sponsor.logo }));
  return { kind: 'wall', title: kind === 'sponsor' ? facts.words.sponsors : facts.words.donors, event: facts.event, members };
}

function booth(id: string, facts: SurfaceFacts): SurfaceContent {
  const sponsor = facts.sponsors.find((each) => each.booth === id);
  if (sponsor === undefined) return { kind: 'booth', name: facts.event, logo: null, text: '' };
  return { kind: 'booth', name: sponsorName(sponsor, facts.language), logo: sponsor.logo, text: sponsor.text[facts.language] };
}

/** In a meeting, the screen that has the name of its room. */
function onWall(id: string, { picture }: SurfaceFacts): SurfaceContent | null {
  return picture?.space === id ? { kind: 'picture', video: picture.video, frame: picture.frame } : null;
}

function signOf(entity: string | undefined, session: HallSigns | null): 'floor' | 'raised' | null {
  if (entity === undefined || session === null) return null;
  return session.speaking === entity ? 'floor' : session.raised.has(entity) ? 'raised' : null;
}

/** Everything in a scene that the event fills, and with what. */
export function surfacesOf({ layout, venue }: Pick<SceneFiles, 'layout' | 'venue'>, facts: SurfaceFacts): readonly Surface[] {
  const rightToLeft = directionOf(facts.language) === 'rtl';
  const surface = (node: string, aspect: number, content: SurfaceContent): Surface => ({ node, aspect, rightToLeft, content });
  const sitting = new Map(Array.from(facts.people, (person) => [person.seat, person]));
  const shown = {
    event: (): SurfaceContent => ({ kind: 'welcome', title: facts.session?.title ?? facts.event, text: facts.session?.text ?? facts.words.welcome }),
    sponsors: () => wall('sponsor', facts),
    donors: () => wall('donor', facts),
  };
  return [
    ...layout.screens.map(({ id, node, aspect, shows }) => surface(node, aspect, shows === 'event' ? (onWall(id, facts) ?? shown.event()) : shown[shows]())),
    ...layout.booths.map(({ id, node, aspect }) => surface(node, aspect, booth(id, facts))),
    ...layout.nameplates.map(({ node, aspect, seat }) => {
      const person = sitting.get(seat);
      return surface(node, aspect, { kind: 'nameplate', entity: person?.entity ?? '', name: person?.name ?? '', sign: signOf(person?.entity, facts.session) });
    }),
    ...layout.activities.flatMap(({ id, node }) => {
      const texts = venue.activities?.[id];
      if (texts === undefined) return [];
      const { columns, rows, tiles } = texts;
      return [surface(node, columns / rows, { kind: 'mosaic', columns, rows, tiles, cells: facts.mosaics.get(id) ?? [] })];
    }),
  ];
}

/** The surfaces of a scene as they stand now, in the shown language. */
export function liveSurfaces(scene: SceneFiles): ReadonlySignal<readonly Surface[]> {
  return computed(() => {
    const language = shownLanguage.value;
    const place = scene.venue.names['scene']?.[language] ?? '';
    return surfacesOf(scene, {
      language,
      event: store.session.value?.event.name || place,
      words: { welcome: t('surface.welcome', { place }), sponsors: t('surface.sponsors'), donors: t('surface.donors') },
      sponsors: store.sponsors.value,
      // Who sits where matters for nameplates alone: without them, people coming and going change nothing here.
      people: scene.layout.nameplates.length === 0 ? [] : store.people.value.values(),
      mosaics: store.mosaics.value,
      picture: wallPicture.value,
      session: store.hallSigns.value,
    });
  });
}
