/**
 * Projection layers for the emulated headset, which has none: both eyes in one texture array, as a Quest gives them, so that one pass can draw both (OVR_multiview2). After every frame the array is copied
 * to the canvas, left eye beside right, where the emulator shows its own base layer.
 */
export const LAYERS_SCRIPT = `
{
  const bindings = new WeakMap();
  const eyeSize = () => ({ width: Math.floor(innerWidth / 2), height: innerHeight });
  class ProjectionLayer extends EventTarget {
    textureArrayLength = 2;
    ignoreDepthValues = false;
    fixedFoveation = 0;
    constructor(session, gl) {
      super();
      const { width, height } = eyeSize();
      Object.assign(this, { session, gl, textureWidth: width, textureHeight: height });
      const array = (format) => {
        const texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
        gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, format, width, height, 2);
        gl.bindTexture(gl.TEXTURE_2D_ARRAY, null);
        return texture;
      };
      this.colour = array(gl.RGBA8);
      this.depth = array(gl.DEPTH24_STENCIL8);
      this.read = gl.createFramebuffer();
    }
    /** To the canvas, as the base layer would have it. */
    show() {
      const { gl, textureWidth: width, textureHeight: height } = this;
      const before = [gl.getParameter(gl.READ_FRAMEBUFFER_BINDING), gl.getParameter(gl.DRAW_FRAMEBUFFER_BINDING), gl.getParameter(gl.SCISSOR_TEST)];
      gl.disable(gl.SCISSOR_TEST);
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.read);
      gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null);
      for (const eye of [0, 1]) {
        gl.framebufferTextureLayer(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, this.colour, 0, eye);
        gl.blitFramebuffer(0, 0, width, height, eye * width, 0, (eye + 1) * width, height, gl.COLOR_BUFFER_BIT, gl.NEAREST);
      }
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, before[0]);
      gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, before[1]);
      if (before[2]) gl.enable(gl.SCISSOR_TEST);
    }
    destroy() {
      this.gl.deleteTexture(this.colour);
      this.gl.deleteTexture(this.depth);
      this.gl.deleteFramebuffer(this.read);
    }
  }
  window.XRWebGLBinding = class {
    constructor(session, gl) {
      bindings.set(session, gl);
      Object.assign(this, { session, gl });
    }
    createProjectionLayer({ textureType }) {
      if (textureType !== 'texture-array') throw new DOMException('texture arrays only', 'NotSupportedError');
      return new ProjectionLayer(this.session, this.gl);
    }
    getViewSubImage(layer, view) {
      const { textureWidth, textureHeight } = layer;
      return {
        colorTexture: layer.colour, depthStencilTexture: layer.depth, imageIndex: view.eye === 'right' ? 1 : 0, viewport: { x: 0, y: 0, width: textureWidth, height: textureHeight },
        colorTextureWidth: textureWidth, colorTextureHeight: textureHeight, depthStencilTextureWidth: textureWidth, depthStencilTextureHeight: textureHeight, textureWidth, textureHeight,
      };
    }
  };
  // Frames run for a base layer only; it is never drawn to.
  const shown = new WeakMap();
  const update = XRSession.prototype.updateRenderState;
  XRSession.prototype.updateRenderState = function ({ layers, ...state } = {}) {
    if (layers === undefined) return update.call(this, state);
    shown.set(this, layers[0] ?? null);
    return update.call(this, { ...state, baseLayer: layers.length === 0 ? null : new XRWebGLLayer(this, bindings.get(this)) });
  };
  const request = XRSession.prototype.requestAnimationFrame;
  XRSession.prototype.requestAnimationFrame = function (callback) {
    return request.call(this, (now, frame) => {
      callback(now, frame);
      shown.get(this)?.show();
    });
  };
}`;
