import type { Engine } from '@babylonjs/core/Engines/engine.pure';

const LOOK_MS = 30;
/** A driver that never signals must not keep anybody outside, milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Resolves when the graphics card has done all that it was told so far: only then is a first picture to be seen. Drawing calls return long before, most of all
 * where shaders are compiled and textures unpacked at their first use. Resolves too if the context is lost meanwhile, or after 30 seconds.
 */
export function drawn(engine: Engine): Promise<void> {
  const gl = engine.getRenderingCanvas()?.getContext('webgl2') ?? null;
  const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? null;
  if (gl === null || fence === null) return Promise.resolve();
  gl.flush();
  const end = performance.now() + PATIENCE_MS;
  return new Promise((resolve) => {
    const look = (): void => {
      if (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED && performance.now() < end) {
        setTimeout(look, LOOK_MS);
        return;
      }
      gl.deleteSync(fence);
      resolve();
    };
    setTimeout(look, 0);
  });
}
