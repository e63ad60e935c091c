import type { Engine } from '@babylonjs/core/Engines/engine.pure';
import { SceneInstrumentation } from '@babylonjs/core/Instrumentation/sceneInstrumentation';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { World, WorldDeps, WorldStats } from '../app/contracts.ts';
import type { LoadedAvatars } from './avatars/load.ts';
import { THIRD_PERSON, ViewCamera } from './camera/view-camera.ts';
import { watchContext } from './engine/context-watch.ts';
import type { QualityGovernor, QualityLevel } from './engine/quality.ts';
import { Resting } from './engine/resting.ts';
import { frameOrder, type FrameClock, type FrameStep } from './frame.ts';
import type { Immersion } from './immersion.ts';
import { Controls } from './input/controls.ts';
import { Pointing } from './input/pointing.ts';
import { LabelLayer, type LabelFrame } from './labels/label-layer.ts';
import { ContactShadows } from './marks/contact-shadows.ts';
import { FloorMarks } from './marks/floor-marks.ts';
import type { SceneModel } from './model/scene-model.ts';
import { PanoramaStage } from './panorama/panorama-stage.ts';
import type { Bvh } from './rays/bvh.ts';
import { Scenery } from './scenery.ts';
import { sightTargets } from './sights/sight-targets.ts';
import { FrameTimes, textureMegabytes } from './stats.ts';

export interface WorldParts {
  readonly engine: Engine;
  readonly scene: Scene;
  readonly avatars: LoadedAvatars;
  readonly bvh: Bvh;
  readonly model: SceneModel;
  readonly deps: WorldDeps;
  /** Knows how fast the device is from the scenes before. */
  readonly governor: QualityGovernor;
}

/** Longest time that one frame may stand for, seconds. */
const LONGEST_STEP = 0.25;
/** The crowd is sorted anew after this time, or when the eye turned or moved this far. */
const SORT_MS = 200;
const SORT_TURN = 0.12;
const SORT_MOVE = 0.6;
/** Labels are painted for at most this many canvas pixels a CSS pixel. */
const LABEL_RATIO = 2;

/** The running view of one scene: the order of a frame, and what keeps it going or stops it. */
export class VenueWorld {
  /** What it is made of; `overlays/` makes the next revision of a scene of the same. */
  readonly parts: WorldParts;
  private readonly view: ViewCamera;
  private readonly controls: Controls;
  private readonly pointing: Pointing;
  private readonly marks: FloorMarks;
  private readonly shadows: ContactShadows;
  private readonly labels: LabelLayer;
  private readonly stage: PanoramaStage;
  private readonly scenery: Scenery;
  private readonly labelFrame: { -readonly [K in keyof LabelFrame]: LabelFrame[K] };
  private readonly governor: QualityGovernor;
  private readonly resting = new Resting();
  private readonly steps: readonly FrameStep[];
  private readonly clock: FrameClock = { now: 0, elapsed: 0, still: false };
  private readonly times = new FrameTimes();
  private readonly counters: SceneInstrumentation;
  private readonly cleanups: (() => void)[] = [];
  private readonly motion = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly sortedEye = { at: -Infinity, dx: 0, dz: 0, dy: 0, x: 0, y: 0, z: 0 };
  private lastFrame = Number.NaN;
  private dirtyPeople = true;
  private immersion: Immersion | null = null;
  private disposed = false;

  constructor(parts: WorldParts) {
    this.parts = parts;
    const { scene, bvh, deps } = parts;
    this.view = new ViewCamera(scene, bvh);
    this.stage = new PanoramaStage(scene, this.view.camera, deps.walker);
    this.scenery = new Scenery(parts.model, scene, deps);
    this.view.wanted = deps.settings.value.view === 'third' ? THIRD_PERSON : 0;
    this.governor = parts.governor;
    this.counters = new SceneInstrumentation(scene);
    this.marks = new FloorMarks(scene);
    this.shadows = new ContactShadows(parts.avatars.people, scene);
    const ratio = Math.min(LABEL_RATIO, Math.max(1, window.devicePixelRatio || 1));
    this.labels = new LabelLayer(scene, bvh, { ratio, family: () => getComputedStyle(deps.canvas).fontFamily });
    this.labelFrame = this.createLabelFrame();
    this.pointing = new Pointing({
      canvas: deps.canvas, view: this.view, bvh, seats: deps.scene.layout.seats,
      sights: sightTargets(deps.scene.layout, parts.model.meshes), marks: this.marks, people: deps.people, aiming: deps.aiming, onPick: deps.onPick.bind(deps),
    });
    this.controls = this.createControls();
    this.steps = this.createFrame();
    this.watchSettings();
    this.watchPeople();
    this.watchBrowser();
  }

  get panorama(): World['panorama'] {
    return this.stage.actions;
  }

  /** Draws at the display's rate from now on; slower where the device cannot keep up, not at all where nobody looks (a hidden tab, a view that something covers, which is inert then). */
  start(): void {
    this.parts.engine.runRenderLoop(() => {
      const looking = this.immersion !== null || (!document.hidden && !this.parts.deps.canvas.inert && this.resting.due(performance.now()));
      if (looking) this.renderFrame();
    });
  }

  /** Looks through a headset from now on, or at the canvas again (null). */
  immerse(immersion: Immersion | null): void {
    this.immersion = immersion;
    this.labelFrame.stereo = immersion !== null;
    this.parts.avatars.crowd.headless = immersion !== null;
    if (immersion === null && !this.disposed) this.applyQuality();
    this.sortedEye.at = -Infinity;
  }

  renderFrame(): void {
    if (this.disposed || this.parts.engine.isDisposed) return;
    const now = performance.now();
    const { clock } = this;
    const interval = Number.isNaN(this.lastFrame) ? 0 : now - this.lastFrame;
    this.lastFrame = now;
    clock.now = now;
    clock.elapsed = Math.min(LONGEST_STEP, interval / 1000);
    for (const step of this.steps) step.run(clock);
    const took = performance.now() - now;
    this.times.add(took, now);
    if (interval <= 0) return;
    if (this.immersion !== null) {
      this.immersion.measured(took, interval);
      return;
    }
    if (this.governor.frame(interval)) this.applyQuality();
    this.resting.frame(interval, this.governor.level.name === 'minimal');
  }

  stats(): WorldStats {
    const { engine, scene, avatars } = this.parts;
    return {
      drawCalls: this.counters.drawCallsCounter.current,
      triangles: Math.round(scene.getActiveIndices() / 3),
      framesPerSecond: this.times.framesPerSecond,
      jsMsMedian: this.times.percentile(0.5),
      jsMsP99: this.times.percentile(0.99),
      avatarsSkeletal: avatars.crowd.liveCount,
      avatarsBaked: avatars.crowd.drawnCount - avatars.crowd.liveCount,
      textureMegabytes: textureMegabytes(scene.textures),
      textures: engine.getLoadedTexturesCache().length,
    };
  }

  /** Draws no more until it starts again. */
  pause(): void {
    this.parts.engine.stopRenderLoop();
  }

  dispose(): void {
    this.leave();
    this.parts.avatars.dispose();
    this.parts.scene.dispose();
  }

  /** Lets go of everything but the scene and the avatars in it. */
  leave(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.pause();
    for (const cleanup of this.cleanups) cleanup();
    this.controls.dispose();
    this.pointing.dispose();
    this.stage.close();
    this.scenery.dispose();
    this.labels.dispose();
    this.marks.dispose();
    this.shadows.dispose();
    this.counters.dispose();
    this.view.camera.dispose();
  }

  private createControls(): Controls {
    const { deps, avatars } = this.parts;
    return new Controls({
      canvas: deps.canvas,
      walker: this.stage,
      shortcutsAllowed: () => deps.settings.value.shortcuts,
      zoom: (notches) => { if (!this.stage.zoom(notches)) this.view.zoom(notches); },
      toggleView: () => { this.view.wanted = this.view.wanted === 0 ? THIRD_PERSON : 0; },
      pick: (x, y) => { if (!this.stage.isOpen) this.pointing.click(x, y, avatars.crowd.actors); },
      hover: (point) => this.pointing.move(this.stage.isOpen ? null : point),
    });
  }

  private createFrame(): readonly FrameStep[] {
    const { scene, deps, avatars } = this.parts;
    return frameOrder({
      turnByKeys: (clock) => {
        if (this.immersion === null) this.controls.update(clock.elapsed);
        else this.immersion.steer(clock);
      },
      walk: (clock) => deps.walker.advance(clock.now),
      samplePoses: (clock) => deps.poses.sample(clock.now),
      syncPeople: () => this.syncPeople(),
      moveCamera: (clock) => {
        if (this.immersion === null) this.view.update(deps.walker.pose, clock.elapsed, clock.still);
        else this.immersion.look(clock, this.view.eye);
        this.hideOneself();
      },
      sortCrowd: (clock) => this.sortCrowd(clock.now),
      animateCrowd: (clock) => avatars.crowd.update(clock.elapsed, clock.now / 1000, this.labelFrame.level),
      placeMarks: (clock) => {
        this.pointing.update(clock.elapsed, avatars.crowd.actors);
        this.marks.showDestination(deps.walker.destination.value);
        this.marks.update(clock.elapsed, clock.now / 1000, clock.still);
      },
      placeLabels: (clock) => this.placeLabels(clock),
      draw: (clock) => {
        this.scenery.update(clock, this.labelFrame);
        this.stage.update(clock.elapsed, deps.canvas.clientWidth / (deps.canvas.clientHeight || 1));
        this.immersion?.present(clock);
        scene.render();
      },
    });
  }

  private createLabelFrame(): { -readonly [K in keyof LabelFrame]: LabelFrame[K] } {
    const { deps, avatars } = this.parts;
    return {
      actors: avatars.crowd.actors, eye: this.view.eye, viewProjection: new Float32Array(16), width: 1, height: 1, elapsed: 0, now: 0, still: false,
      stereo: false, most: 0, highContrast: false, hovered: '', own: '', level: (person) => deps.level(person),
    };
  }

  private placeLabels(clock: Readonly<FrameClock>): void {
    const { deps } = this.parts;
    const frame = this.labelFrame;
    const { immersion } = this;
    const camera = immersion?.camera ?? this.view.camera;
    frame.viewProjection = camera.getViewMatrix().multiplyToRef(camera.getProjectionMatrix(), this.view.viewProjection).m;
    frame.width = immersion?.picture.width ?? (deps.canvas.clientWidth || 1);
    frame.height = immersion?.picture.height ?? (deps.canvas.clientHeight || 1);
    frame.elapsed = clock.elapsed;
    frame.now = clock.now / 1000;
    frame.still = clock.still;
    frame.most = this.level.labels;
    frame.hovered = immersion?.hovered ?? this.pointing.hovered;
    frame.own = deps.walker.pose.id;
    if (deps.settings.value.names) this.labels.update(frame);
  }

  private syncPeople(): void {
    const { deps, avatars } = this.parts;
    const { crowd } = avatars;
    const own = crowd.find(deps.walker.pose.id);
    crowd.setOwn(deps.walker.pose, own?.hidden ?? this.throughOwnEyes);
    const cameOrWent = crowd.syncPeople(deps.poses, deps.people.value);
    if (this.dirtyPeople || own === undefined) crowd.dress(deps.people.value);
    if (this.dirtyPeople || cameOrWent || own === undefined) this.sortedEye.at = -Infinity;
    this.dirtyPeople = false;
  }

  private get level(): QualityLevel {
    return this.immersion?.level ?? this.governor.level;
  }

  private get throughOwnEyes(): boolean {
    return this.immersion !== null || this.view.firstPerson;
  }

  /** Once the eye has moved, or one would see one's own head from inside for a frame. */
  private hideOneself(): void {
    const own = this.parts.avatars.crowd.find(this.parts.deps.walker.pose.id);
    if (own === undefined || own.hidden === this.throughOwnEyes) return;
    own.hidden = this.throughOwnEyes;
    this.sortedEye.at = -Infinity;
  }

  private sortCrowd(now: number): void {
    const { eye } = this.view;
    const last = this.sortedEye;
    const turned = eye.dx * last.dx + eye.dy * last.dy + eye.dz * last.dz < Math.cos(SORT_TURN);
    const moved = Math.abs(eye.x - last.x) + Math.abs(eye.y - last.y) + Math.abs(eye.z - last.z) > SORT_MOVE;
    if (now - last.at < SORT_MS && !turned && !moved) return;
    last.at = now;
    last.dx = eye.dx;
    last.dy = eye.dy;
    last.dz = eye.dz;
    last.x = eye.x;
    last.y = eye.y;
    last.z = eye.z;
    this.parts.avatars.crowd.sort(eye, this.level, this.immersion === null ? 0 : this.parts.deps.settings.value.personalSpace);
    this.shadows.update(this.parts.avatars.crowd.drawn);
  }

  private watchSettings(): void {
    const { settings } = this.parts.deps;
    let view = settings.value.view;
    this.cleanups.push(settings.subscribe((now) => {
      this.clock.still = now.motion === 'reduced' || this.motion.matches;
      this.labelFrame.highContrast = now.contrast === 'high';
      if (!now.names) this.labels.hide();
      this.governor.choose(now.quality);
      this.applyQuality();
      if (now.view !== view) this.view.wanted = now.view === 'third' ? THIRD_PERSON : 0;
      view = now.view;
    }));
    const onMotion = (): void => { this.clock.still = settings.value.motion === 'reduced' || this.motion.matches; };
    this.motion.addEventListener('change', onMotion);
    this.cleanups.push(() => this.motion.removeEventListener('change', onMotion));
  }

  private watchPeople(): void {
    this.cleanups.push(this.parts.deps.people.subscribe(() => { this.dirtyPeople = true; }));
  }

  /** The size of the canvas, fonts that arrive, and a graphics context that was lost and came back. */
  private watchBrowser(): void {
    const { canvas } = this.parts.deps;
    const size = new ResizeObserver(() => this.applyQuality());
    size.observe(canvas);
    const onFonts = (): void => {
      this.labels.repaint();
      this.scenery.repaint();
    };
    document.fonts.addEventListener('loadingdone', onFonts);
    const unwatch = watchContext(this.parts.engine, {
      onRestored: () => {
        this.labels.repaint();
        this.scenery.repaint();
        this.sortedEye.at = -Infinity;
      },
      onGone: () => this.parts.deps.onLost?.(),
    });
    this.cleanups.push(
      () => size.disconnect(),
      () => document.fonts.removeEventListener('loadingdone', onFonts),
      unwatch,
    );
  }

  /** Takes over the level of quality and the size of the canvas; not while it is a headset that is drawn for. */
  private applyQuality(): void {
    if (this.immersion !== null) return;
    const { engine } = this.parts;
    const { pixelRatio, resolution } = this.governor.level;
    engine.setHardwareScalingLevel(1 / (Math.min(window.devicePixelRatio || 1, pixelRatio) * resolution));
    engine.resize();
    const height = engine.getRenderHeight();
    if (height > 0) this.view.resize(engine.getRenderWidth() / height);
    this.sortedEye.at = -Infinity;
  }
}
