import { effect } from '@preact/signals';
import { Acoustics } from '../../../shared/rules/acoustics.ts';
import { savesData, SceneSounds } from '../../audio/scene-sounds.ts';
import type { Ears, Mixer } from '../../audio/mixer.ts';
import type { ReadonlySignal } from '@preact/signals';
import type { SceneFiles, Sight, Surface, Walker, World } from '../contracts.ts';
import { settings } from '../settings.ts';
import { store } from '../store.ts';
import { toast } from '../toasts.ts';
import { GuideVisit } from './guide-visit.ts';
import { PanoramaVisit } from './panorama-visit.ts';
import { nearestSight, sameSight, sightPlaces } from './places.ts';
import type { SightPlace } from './places.ts';
import { liveSurfaces } from './surfaces.ts';

/** As quickly as one notices walking past something. */
const LOOK_MS = 250;

export interface SceneSightsDeps {
  readonly scene: SceneFiles;
  readonly walker: Walker;
  readonly mixer: Mixer;
  readonly world: () => World | null;
  /** Asks the server to tell of the changes of an activity, or no longer to. */
  readonly watchActivity: (activity: string, on: boolean) => void;
}

/** What a visitor meets in one scene: things to see and do, their sounds and their guide. Made on entering a scene, disposed of on leaving it. */
export class SceneSights {
  readonly panorama: PanoramaVisit;
  readonly guide: GuideVisit;
  readonly surfaces: ReadonlySignal<readonly Surface[]>;
  private readonly deps: SceneSightsDeps;
  private readonly places: readonly SightPlace[];
  private readonly sounds: SceneSounds | null;
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly unsubscribers: readonly (() => void)[];

  constructor(deps: SceneSightsDeps) {
    const { scene, mixer } = deps;
    const { layout } = scene;
    this.deps = deps;
    this.places = sightPlaces(layout);
    this.surfaces = liveSurfaces(scene);
    this.panorama = new PanoramaVisit(deps);
    this.guide = new GuideVisit({ scene, lowerVoices: (on) => mixer.setLowered(on) });
    this.sounds = layout.sounds.length === 0 || savesData() ? null
      : new SceneSounds({ sounds: layout.sounds, base: scene.base, acoustics: new Acoustics(layout), bus: mixer.bus });
    this.unsubscribers = [
      effect(() => {
        const heard = store.nearby.value.some((near) => near.speaking && near.heard);
        this.sounds?.setVolume(store.deafened.value ? 0 : settings.value.surroundings, heard);
      }),
      // Closing an exhibit ends its guide.
      effect(() => {
        const sight = store.sight.value;
        const playing = store.guide.peek();
        if (playing !== null && !(sight?.kind === 'exhibit' && sight.id === playing.id)) this.guide.stop();
      }),
    ];
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.watch();
  }

  /** The connection is there (again): the server knows nothing of what an earlier one asked for. */
  watch(): void {
    for (const { id } of this.deps.scene.layout.activities) this.deps.watchActivity(id, true);
  }

  /** Moves the ears among the scene's sounds. */
  hear(ears: Ears): void {
    this.sounds?.update(ears);
  }

  visit(sight: Sight): void {
    if (sight.kind === 'panorama') this.panorama.enter(sight.id);
    else store.sight.value = sight;
  }

  walkTo(sight: Sight): void {
    const place = this.places.find((each) => sameSight(each.sight, sight));
    if (place !== undefined && !this.deps.walker.walkTo(place.at, place.yaw)) toast('toast.noWay', 'warning');
  }

  dispose(): void {
    clearInterval(this.timer);
    for (const unsubscribe of this.unsubscribers) unsubscribe();
    for (const { id } of this.deps.scene.layout.activities) this.deps.watchActivity(id, false);
    this.panorama.dispose();
    this.guide.dispose();
    this.sounds?.close();
    store.sightNearby.value = null;
    store.sight.value = null;
    store.mosaics.value = new Map();
    store.mosaicNews.value = null;
  }

  private look(): void {
    const before = store.sightNearby.peek();
    const now = nearestSight(this.places, this.deps.walker.pose, before);
    if (!sameSight(before, now)) store.sightNearby.value = now;
    this.panorama.check();
  }
}
