import type { Engine } from '@babylonjs/core/Engines/engine.pure';
import { SceneInstrumentation } from '@babylonjs/core/Instrumentation/sceneInstrumentation';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { World, WorldDeps, WorldStats } from '../app/contracts.ts';
import type { LoadedAvatars } from './avatars/load.ts';
import { THIRD_PERSON, ViewCamera } from './camera/view-camera.ts';
import { QualityGovernor } from './engine/quality.ts';
import { frameOrder, type FrameClock, type FrameStep } from './frame.ts';
import { Controls } from './input/controls.ts';
import { Picker } from './input/picking.ts';
import type { SceneModel } from './model/scene-model.ts';
import type { Bvh } from './rays/bvh.ts';
import { FrameTimes, textureMegabytes } from './stats.ts';

export interface WorldParts {
  readonly engine: Engine;
  readonly scene: Scene;
  readonly model: SceneModel;
  readonly avatars: LoadedAvatars;
  readonly bvh: Bvh;
  readonly deps: WorldDeps;
}

/** Longest time that one frame may stand for, seconds. */
const LONGEST_STEP = 0.25;
/** The crowd is sorted anew after this time, or when the eye turned or moved this far. */
const SORT_MS = 200;
const SORT_TURN = 0.12;
const SORT_MOVE = 0.6;

/** The running 3D view: owns the engine, the order of a frame, and what keeps it going or stops it. */
export class VenueWorld implements World {
  private readonly parts: WorldParts;
  private readonly view: ViewCamera;
  private readonly controls: Controls;
  private readonly picker: Picker;
  private readonly governor: QualityGovernor;
  private readonly steps: readonly FrameStep[];
  private readonly clock: FrameClock = { now: 0, elapsed: 0, still: false };
  private readonly times = new FrameTimes();
  private readonly counters: SceneInstrumentation;
  private readonly cleanups: (() => void)[] = [];
  private readonly motion = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly takenSeats = new Set<string>();
  private readonly ray = new Float64Array(6);
  private readonly sortedEye = { at: -Infinity, dx: 0, dz: 0, dy: 0, x: 0, y: 0, z: 0 };
  private lastFrame = Number.NaN;
  private dirtyPeople = true;
  private disposed = false;

  constructor(parts: WorldParts) {
    this.parts = parts;
    const { engine, scene, bvh, deps } = parts;
    this.view = new ViewCamera(scene, bvh);
    this.view.wanted = deps.settings.value.view === 'third' ? THIRD_PERSON : 0;
    this.picker = new Picker(bvh, deps.scene.layout.seats);
    this.governor = new QualityGovernor(deps.settings.value.quality);
    this.counters = new SceneInstrumentation(scene);
    this.controls = new Controls({
      canvas: deps.canvas,
      walker: deps.walker,
      shortcutsAllowed: () => deps.settings.value.shortcuts,
      zoom: (notches) => this.view.zoom(notches),
      toggleView: () => { this.view.wanted = this.view.wanted === 0 ? THIRD_PERSON : 0; },
      pick: (x, y) => this.pick(x, y),
      hover: () => undefined,
    });
    this.steps = frameOrder({
      turnByKeys: (clock) => this.controls.update(clock.elapsed),
      walk: (clock) => deps.walker.advance(clock.now),
      samplePoses: (clock) => deps.poses.sample(clock.now),
      syncPeople: () => this.syncPeople(),
      moveCamera: (clock) => this.view.update(deps.walker.pose, clock.elapsed, clock.still),
      sortCrowd: (clock) => this.sortCrowd(clock.now),
      animateCrowd: (clock) => parts.avatars.crowd.update(clock.elapsed, clock.now / 1000, (person) => deps.level(person)),
      placeMarks: () => undefined,
      placeLabels: () => undefined,
      draw: () => scene.render(),
    });
    this.watchSettings();
    this.watchPeople();
    this.watchSize();
    this.applyQuality();
    this.cleanups.push(() => this.counters.dispose(), () => this.controls.dispose());
    engine.onContextRestoredObservable.add(() => { this.sortedEye.at = -Infinity; });
  }

  /** Draws at the display's rate from now on. */
  start(): void {
    this.parts.engine.runRenderLoop(() => this.renderFrame());
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
    this.times.add(performance.now() - now, now);
    if (interval > 0 && this.governor.frame(interval)) this.applyQuality();
  }

  stats(): WorldStats {
    const { scene, avatars } = this.parts;
    return {
      drawCalls: this.counters.drawCallsCounter.current,
      triangles: Math.round(scene.getActiveIndices() / 3),
      framesPerSecond: this.times.framesPerSecond,
      jsMsMedian: this.times.percentile(0.5),
      jsMsP99: this.times.percentile(0.99),
      avatarsSkeletal: avatars.crowd.liveCount,
      avatarsBaked: avatars.crowd.drawnCount - avatars.crowd.liveCount,
      textureMegabytes: textureMegabytes(scene.textures),
    };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    const { engine, scene, avatars } = this.parts;
    engine.stopRenderLoop();
    for (const cleanup of this.cleanups) cleanup();
    avatars.dispose();
    scene.dispose();
    engine.dispose();
  }

  private syncPeople(): void {
    const { deps, avatars } = this.parts;
    const { crowd } = avatars;
    const people = deps.people.value;
    const before = crowd.actors.length;
    const own = crowd.setOwn(deps.walker.pose, this.view.firstPerson);
    crowd.syncPeople(deps.poses, people);
    if (this.dirtyPeople || crowd.actors.length !== before) {
      crowd.dress(people);
      this.dirtyPeople = false;
      this.sortedEye.at = -Infinity;
    }
    if (own !== null && own.hidden !== this.view.firstPerson) this.sortedEye.at = -Infinity;
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
    this.parts.avatars.crowd.sort(eye, this.governor.level);
  }

  private pick(x: number, y: number): void {
    const { clientWidth, clientHeight } = this.parts.deps.canvas;
    this.view.aim(x / clientWidth, y / clientHeight, this.ray);
    const pick = this.picker.pick(this.ray, this.parts.avatars.crowd.actors, this.takenSeats);
    if (pick !== null) this.parts.deps.onPick(pick);
  }

  private watchSettings(): void {
    const { settings } = this.parts.deps;
    let view = settings.value.view;
    this.cleanups.push(settings.subscribe((now) => {
      this.clock.still = now.motion === 'reduced' || this.motion.matches;
      this.governor.choose(now.quality);
      this.applyQuality();
      if (now.view !== view) this.view.wanted = now.view === 'third' ? THIRD_PERSON : 0;
      view = now.view;
    }));
  }

  private watchPeople(): void {
    this.cleanups.push(this.parts.deps.people.subscribe((people) => {
      this.dirtyPeople = true;
      this.takenSeats.clear();
      for (const person of people.values()) if (person.seat !== '') this.takenSeats.add(person.seat);
    }));
  }

  private watchSize(): void {
    const { canvas } = this.parts.deps;
    const observer = new ResizeObserver(() => this.applyQuality());
    observer.observe(canvas);
    this.cleanups.push(() => observer.disconnect());
  }

  /** Takes over the level of quality and the size of the canvas. */
  private applyQuality(): void {
    const { engine } = this.parts;
    const ratio = Math.min(window.devicePixelRatio || 1, this.governor.level.pixelRatio);
    engine.setHardwareScalingLevel(1 / ratio);
    engine.resize();
    const height = engine.getRenderHeight();
    if (height > 0) this.view.resize(engine.getRenderWidth() / height);
    this.sortedEye.at = -Infinity;
  }
}
