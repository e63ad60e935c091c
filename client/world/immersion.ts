import type { Camera } from '@babylonjs/core/Cameras/camera.pure';
import type { Eye } from './avatars/buckets.ts';
import type { QualityLevel } from './engine/quality.ts';
import type { FrameClock } from './frame.ts';

/** Somebody looks at the scene through a headset instead of on the canvas. `client/xr` implements it; the order of a frame stays the same. */
export interface Immersion {
  /** Follows the head between the eyes; what is drawn twice comes from its rig. */
  readonly camera: Camera;
  /** What the headset manages now, in place of the canvas's own level. */
  readonly level: QualityLevel;
  /** The field of view in pixels of interface, for the size of names: see `client/xr/angles.ts`. */
  readonly picture: { readonly width: number; readonly height: number };
  /** Whom the ray is over, or empty. */
  readonly hovered: string;
  /** Head, hands and sticks of this frame, before one's own place is moved on. */
  steer(clock: Readonly<FrameClock>): void;
  /** Puts the eyes where one is now; writes the one from which the crowd is sorted. */
  look(clock: Readonly<FrameClock>, eye: Eye): void;
  /** Panels, ray and dark edges: last before the draw. */
  present(clock: Readonly<FrameClock>): void;
  /** Told what a frame took, ms of JavaScript and since the last one. */
  measured(jsMs: number, intervalMs: number): void;
}
