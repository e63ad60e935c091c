/** Names that drivers without a graphics card go by: Chromium's, Mesa's two, Windows', Apple's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/** Whether a renderer of this name draws with the processor. */
export function isSoftware(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}

/**
 * Whether this browser draws 3D with the processor instead of a graphics card. Asks a context of its own, since what a canvas is drawn with must be decided before it has one;
 * `failIfMajorPerformanceCaveat` does not tell where somebody chose the software renderer.
 */
export function drawsInSoftware(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return false;
  // Some browsers tell here, others only through the extension.
  const names: unknown[] = [gl.getParameter(gl.RENDERER)];
  if (!isSoftware(String(names[0]))) names.push(gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return names.some((name) => isSoftware(String(name)));
}
