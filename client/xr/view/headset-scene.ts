import '@babylonjs/core/Engines/Extensions/engine.multiview';
import '@babylonjs/core/XR/features/WebXRLayers';
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import type { Engine } from '@babylonjs/core/Engines/engine.pure';
import type { WebGLRenderTargetWrapper } from '@babylonjs/core/Engines/WebGL/webGLRenderTargetWrapper';
import type { RenderTargetTexture } from '@babylonjs/core/Materials/Textures/renderTargetTexture.pure';
import type { Observable, Observer } from '@babylonjs/core/Misc/observable.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { WebXRCamera } from '@babylonjs/core/XR/webXRCamera';
import { WebXRExperienceHelper } from '@babylonjs/core/XR/webXRExperienceHelper';
import { WebXRFeatureName } from '@babylonjs/core/XR/webXRFeaturesManager';
import type { WebXRSessionManager } from '@babylonjs/core/XR/webXRSessionManager';
import { WebXRState } from '@babylonjs/core/XR/webXRTypes';
import type { WebXRRenderTarget } from '@babylonjs/core/XR/webXRTypes';
import type { RigPlace } from './anchor.ts';

const NEAR = 0.05;
const FAR = 400;

/** What of the session manager is private in its types, and needed to hand it a session that is already there. */
interface OpenManager {
  _xrNavigator: unknown;
  _sessionCleanup: (() => void) | null;
  readonly _baseLayerRTTProvider: OpenProvider | null;
}

/** What draws into a base layer. */
interface OpenProvider {
  readonly _renderTargetTextures: readonly RenderTargetTexture[];
  dispose(): void;
}

/** Observers of the end of scene and engine that Babylon forgets to take away: each would keep a session that is over. */
class Farewells {
  private readonly observables: readonly Observable<never>[];
  private readonly before: ReadonlySet<Observer<never>>;
  private own: readonly Observer<never>[] = [];

  constructor(scene: Scene) {
    this.observables = [scene.onDisposeObservable, scene.getEngine().onDisposeObservable] as unknown as readonly Observable<never>[];
    this.before = new Set(this.all());
  }

  /** Those that have come since. */
  take(): void {
    this.own = this.all().filter((observer) => !this.before.has(observer));
  }

  remove(): void {
    for (const observable of this.observables) for (const observer of this.own) observable.remove(observer);
  }

  private all(): readonly Observer<never>[] {
    return this.observables.flatMap(({ observers }) => observers);
  }
}

/** Both eyes in one pass, half the draw calls: by a layer whose texture has a slice an eye, where graphics card, browser and session know such. */
function drawsBothEyes(session: XRSession, scene: Scene): boolean {
  return typeof XRWebGLBinding !== 'undefined' && scene.getEngine().getCaps().multiview !== null && session.enabledFeatures?.includes('layers') === true;
}

/**
 * One session drawn in one scene. The session was asked for by a click, before there was a scene, and outlives scenes: it is handed from one to the next
 * (Babylon would ask for another, which no browser grants without another click). The room stands on `rig`: moving that costs nothing, where moving Babylon's camera would
 * make another reference space in every frame.
 */
export class HeadsetScene {
  readonly camera: WebXRCamera;
  readonly manager: WebXRSessionManager;
  private readonly helper: WebXRExperienceHelper;
  private readonly rig: TransformNode;
  private readonly farewells: Farewells;
  /** Draws into the session's base layer, where there is one. */
  private base: OpenProvider | null = null;
  private output: { readonly target: WebXRRenderTarget; readonly farewells: Farewells } | null = null;

  private constructor(helper: WebXRExperienceHelper, scene: Scene, farewells: Farewells) {
    this.farewells = farewells;
    this.helper = helper;
    this.camera = helper.camera;
    this.manager = helper.sessionManager;
    this.rig = new TransformNode('the room', scene);
    this.camera.parent = this.rig;
  }

  /** Draws `session` from its next frame on: both eyes in one pass if that can be done, else one after the other. Rejects with what the browser says if it has no layer for it. */
  static async attach(session: XRSession, scene: Scene): Promise<HeadsetScene> {
    if (drawsBothEyes(session, scene)) {
      try {
        return await HeadsetScene.enter(session, scene, true);
      } catch {
        // What the browser promised it does not keep (no memory for the layer, say): the other way asks for less.
      }
    }
    return HeadsetScene.enter(session, scene, false);
  }

  private static async enter(session: XRSession, scene: Scene, bothEyes: boolean): Promise<HeadsetScene> {
    const farewells = new Farewells(scene);
    const making = WebXRExperienceHelper.CreateAsync(scene);
    farewells.take();
    const helper = await making;
    const { camera, sessionManager } = helper;
    (sessionManager as unknown as OpenManager)._xrNavigator = { xr: { requestSession: () => Promise.resolve(session) } };
    camera.minZ = NEAR;
    camera.maxZ = FAR;
    camera.compensateOnFirstFrame = false;
    // Babylon would start from where the other camera is, by another reference space; ours is where the room is.
    camera.setTransformationFromNonVRCamera = () => undefined;
    const made = new HeadsetScene(helper, scene, farewells);
    const end = sessionManager.exitXRAsync.bind(sessionManager);
    try {
      if (bothEyes) {
        // Babylon would end the session when this fails, and no browser gives another without a click.
        sessionManager.exitXRAsync = () => Promise.resolve();
        await (scene.getEngine() as Engine)._gl.makeXRCompatible();
        helper.featuresManager.enableFeature(WebXRFeatureName.LAYERS, 'latest', { preferMultiviewOnInit: true });
      }
      await helper.enterXRAsync('immersive-vr', 'local-floor', made.canvas(scene));
      sessionManager.exitXRAsync = end;
      if (!bothEyes) made.base = (sessionManager as unknown as OpenManager)._baseLayerRTTProvider;
      await made.seen();
    } catch (error) {
      made.detach();
      throw error;
    }
    return made;
  }

  /** Number of views that the device draws: 2, or 1 on a phone that is not in a viewer. */
  get views(): number {
    return this.camera.rigCameras.length;
  }

  place({ x, y, z, yaw }: RigPlace): void {
    this.rig.position.set(x, y, z);
    this.rig.rotation.y = yaw;
    this.rig.computeWorldMatrix(true);
  }

  /**
   * Takes the session out of the scene without ending it, or after it has ended. The engine draws to the page's canvas again: Babylon would put that off, and find
   * its engine gone by then.
   */
  detach(): void {
    const { helper, manager } = this;
    const cleanup = (manager as unknown as OpenManager)._sessionCleanup;
    if (cleanup !== null) {
      manager.session.removeEventListener('end', cleanup as EventListener);
      cleanup();
    }
    helper.state = WebXRState.NOT_IN_XR;
    this.disposeBase();
    this.farewells.remove();
    this.camera.parent = null;
    for (const eye of this.camera.rigCameras) eye.dispose();
    this.helper.dispose();
    this.rig.dispose();
  }

  /** The page's canvas as a target; what that adds to the engine is remembered. */
  private canvas(scene: Scene): WebXRRenderTarget {
    const farewells = new Farewells(scene);
    const target = this.manager.getWebXRRenderTarget();
    farewells.take();
    this.output = { target, farewells };
    return target;
  }

  /** Babylon leaves its side of a base layer in the scene. The framebuffer itself is the session's. */
  private disposeBase(): void {
    for (const { renderTarget } of this.base?._renderTargetTextures ?? []) if (renderTarget !== null) (renderTarget as WebGLRenderTargetWrapper)._framebuffer = null;
    this.base?.dispose();
    this.base = null;
    this.output?.target.dispose();
    this.output?.farewells.remove();
    this.output = null;
  }

  private seen(): Promise<void> {
    if (this.helper.state === WebXRState.IN_XR) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.helper.onStateChangedObservable.add((state) => {
        if (state === WebXRState.IN_XR) resolve();
        else if (state === WebXRState.NOT_IN_XR) reject(new Error('the session ended before its first frame'));
      });
    });
  }
}
