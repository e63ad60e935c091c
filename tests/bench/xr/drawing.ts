/** What reaches the graphics card, counted at its interface; and next to nothing of it, for thousands of frames that the software rasteriser would take hours for. */

const CALLS = ['drawArrays', 'drawArraysInstanced', 'drawElements', 'drawElementsInstanced'] as const;

/** Draw calls of one frame. */
export interface Drawn {
  total: number;
  /** By the half of the picture that they went to: left, right. With multiview all are of both. */
  readonly eyes: [number, number];
}

export class Drawing {
  readonly drawn: Drawn = { total: 0, eyes: [0, 0] };
  private readonly gl: WebGL2RenderingContext;
  private readonly pixel = new Uint8Array(4);
  private eye: 0 | 1 = 0;

  /** Listens to `gl` from now on. */
  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    const viewport = gl.viewport.bind(gl);
    gl.viewport = (x, y, width, height) => {
      this.eye = x > 0 ? 1 : 0;
      viewport(x, y, width, height);
    };
  }

  /** Counts every call; slower by that, so not while time is measured. @returns what ends it */
  count(): () => void {
    return this.replace((call) => (...args: number[]) => {
      this.drawn.total += 1;
      this.drawn.eyes[this.eye] += 1;
      call(...args);
    });
  }

  reset(): void {
    this.drawn.total = 0;
    this.drawn.eyes.fill(0);
  }

  /** Draws one triangle of every call from now on: JavaScript takes as long, the software rasteriser next to nothing. */
  thin(): void {
    this.replace((call, name) => {
      const instances = name.startsWith('drawArrays') ? 3 : 4;
      const count = name.startsWith('drawArrays') ? 2 : 1;
      return name.endsWith('Instanced')
        ? (...args) => {
            args[count] = Math.min(3, args[count] ?? 0);
            args[instances] = Math.min(1, args[instances] ?? 0);
            call(...args);
          }
        : (...args) => {
            args[count] = Math.min(3, args[count] ?? 0);
            call(...args);
          };
    });
  }

  /** Draws everything again. */
  whole(): void {
    for (const name of CALLS) Reflect.deleteProperty(this.gl, name);
  }

  /** Waits until the graphics card is done, so that its work does not fall into the next frame's time. */
  finish(): void {
    const { gl } = this;
    const bound = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, this.pixel);
    gl.bindFramebuffer(gl.FRAMEBUFFER, bound);
  }

  /** Red, green, blue and opacity of what the canvas shows, row by row from below. */
  read(width: number, height: number): Uint8Array {
    const { gl } = this;
    const pixels = new Uint8Array(width * height * 4);
    const bound = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    gl.bindFramebuffer(gl.FRAMEBUFFER, bound);
    return pixels;
  }

  private replace(by: (call: (...args: number[]) => void, name: string) => (...args: number[]) => void): () => void {
    const methods = this.gl as unknown as Record<string, (...args: number[]) => void>;
    const before = CALLS.map((name) => methods[name]);
    for (const name of CALLS) {
      const call = methods[name]?.bind(this.gl);
      if (call !== undefined) methods[name] = by(call, name);
    }
    return () => {
      CALLS.forEach((name, i) => {
        const method = before[i];
        if (method !== undefined) methods[name] = method;
      });
    };
  }
}
