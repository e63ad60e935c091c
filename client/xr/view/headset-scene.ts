import { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { WebXRCamera } from '@babylonjs/core/XR/webXRCamera';
import { WebXRExperienceHelper } from '@babylonjs/core/XR/webXRExperienceHelper';
import type { WebXRSessionManager } from '@babylonjs/core/XR/webXRSessionManager';
import { WebXRState } from '@babylonjs/core/XR/webXRTypes';
import type { RigPlace } from './anchor.ts';

const NEAR = 0.05;
const FAR = 400;

/** What of the session manager is private in its types, and needed to hand it a session that is already there. */
interface OpenManager {
  _xrNavigator: unknown;
  _sessionCleanup: (() => void) | null;
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

  private constructor(helper: WebXRExperienceHelper, scene: Scene) {
    this.helper = helper;
    this.camera = helper.camera;
    this.manager = helper.sessionManager;
    this.rig = new TransformNode('the room', scene);
    this.camera.parent = this.rig;
  }

  /** Draws `session` from its next frame on. Rejects with what the browser says if it has no layer for it. */
  static async attach(session: XRSession, scene: Scene): Promise<HeadsetScene> {
    const helper = await WebXRExperienceHelper.CreateAsync(scene);
    const { camera, sessionManager } = helper;
    (sessionManager as unknown as OpenManager)._xrNavigator = { xr: { requestSession: () => Promise.resolve(session) } };
    camera.minZ = NEAR;
    camera.maxZ = FAR;
    camera.compensateOnFirstFrame = false;
    // Babylon starts from where the other camera is; ours is where the room is.
    helper.onInitialXRPoseSetObservable.add((each) => {
      each.position.setAll(0);
      each.rotationQuaternion.set(0, 0, 0, 1);
    });
    const made = new HeadsetScene(helper, scene);
    await helper.enterXRAsync('immersive-vr', 'local-floor');
    await made.seen();
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
    this.camera.parent = null;
    for (const eye of this.camera.rigCameras) eye.dispose();
    this.helper.dispose();
    this.rig.dispose();
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
