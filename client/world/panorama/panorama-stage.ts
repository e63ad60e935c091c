import type { Camera } from '@babylonjs/core/Cameras/camera.pure';
import type { Scene } from '@babylonjs/core/scene.pure';
import type { PanoramaSource, Walker, World } from '../../app/contracts.ts';
import type { PanoramaLook } from './panorama-look.ts';
import type { PanoramaView } from './panorama-view.ts';

/** What the controls steer: the walk, or, within a 360-degree picture, the look. */
export type Steering = Pick<Walker, 'look' | 'setIntent'>;

interface Open {
  readonly view: PanoramaView;
  readonly look: PanoramaLook;
}

/** Shows a 360-degree picture instead of the scene while one is open. What it takes to draw one is fetched with the first. */
export class PanoramaStage implements Steering {
  private readonly scene: Scene;
  private readonly camera: Camera;
  private readonly walker: Steering;
  private abort: AbortController | null = null;
  private open: Open | null = null;

  constructor(scene: Scene, camera: Camera, walker: Steering) {
    this.scene = scene;
    this.camera = camera;
    this.walker = walker;
  }

  /** For the app. */
  get actions(): World['panorama'] {
    return {
      open: (source, onProgress) => this.show(source, onProgress),
      close: () => { this.close(); },
      zoom: (notches) => { this.zoom(notches); },
      setPlaying: (on) => { this.open?.view.setPlaying(on); },
    };
  }

  get isOpen(): boolean {
    return this.open !== null;
  }

  look(deltaYaw: number, deltaPitch: number): void {
    if (this.open === null) this.walker.look(deltaYaw, deltaPitch);
    else this.open.look.turn(deltaYaw, deltaPitch);
  }

  setIntent(forward: number, right: number, running: boolean): void {
    if (this.open === null) this.walker.setIntent(forward, right, running);
    else this.open.look.wish(forward, right);
  }

  /** @returns whether there was a picture to zoom */
  zoom(notches: number): boolean {
    this.open?.look.zoom(notches);
    return this.open !== null;
  }

  /** Once a frame, before drawing. @param elapsed seconds; @param aspect width by height of the canvas */
  update(elapsed: number, aspect: number): void {
    if (this.open === null) return;
    this.open.look.advance(elapsed);
    this.open.view.update(this.open.look, aspect);
  }

  close(): void {
    this.abort?.abort();
    this.abort = null;
    this.open?.view.dispose();
    this.open = null;
  }

  private async show(source: PanoramaSource, onProgress: (fraction: number) => void): Promise<void> {
    this.close();
    const abort = new AbortController();
    this.abort = abort;
    try {
      const { openPanorama } = await import('./open-panorama.ts');
      const open = await openPanorama(source, this.camera, { scene: this.scene, signal: abort.signal, onProgress });
      // Closed, or another one opened, meanwhile.
      if (abort.signal.aborted) open.view.dispose();
      else {
        this.walker.setIntent(0, 0, false);
        this.open = open;
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  }
}
