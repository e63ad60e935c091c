import { Engine } from '@babylonjs/core/Engines/engine.pure';
import { WorldError } from '../errors.ts';

/** How the picture is made. */
export interface Drawing {
  /** By the processor: there is no graphics card. */
  readonly software: boolean;
  /** The person chose the lowest quality. */
  readonly coarse: boolean;
}

/**
 * Makes the WebGL 2 engine on `canvas`. The render loop is not started. Without a graphics card, smooth edges and sharp floors at grazing angles would cost three quarters of every frame
 * (measured with SwiftShader: 490 and 145 ms a frame with and without), which a picture of more pixels uses better.
 * @throws WorldError `no-webgl` if the browser has no WebGL 2 (or refuses another context).
 */
export function createEngine(canvas: HTMLCanvasElement, { software, coarse }: Drawing): Engine {
  let engine: Engine;
  try {
    engine = new Engine(canvas, !software && !coarse, {
      powerPreference: 'high-performance',
      audioEngine: false,
      disableWebGL2Support: false,
      doNotHandleContextLost: false,
      stencil: false,
      alpha: false,
      preserveDrawingBuffer: false,
      useHighPrecisionFloats: true,
    });
  } catch (cause) {
    throw new WorldError('no-webgl', 'The browser gives no WebGL context', { cause });
  }
  if (engine.webGLVersion < 2) {
    engine.dispose();
    throw new WorldError('no-webgl', 'The browser has WebGL 1 only; avatars need float textures in vertex shaders');
  }
  if (software) engine.getCaps().maxAnisotropy = 1;
  // Reflections are read from the environment as it is stored (RGBD). Decoding it first, as Babylon prefers, needs render targets and
  // post-processes, 15 KB of code for a difference that nobody sees on a picture of 128 x 128.
  engine._features.supportRenderAndCopyToLodForFloatTextures = false;
  // Babylon would otherwise offer to fetch fixes and shaders from its own host.
  engine.enableOfflineSupport = false;
  return engine;
}
