declare module 'webxr-polyfill' {
  /** See the package's README and that of `cardboard-vr-display`, which is inside; only what is used here. */
  export default class WebXRPolyfill {
    constructor(config: {
      readonly webvr: boolean;
      readonly cardboard: boolean;
      readonly allowCardboardOnDesktop: boolean;
      readonly cardboardConfig: {
        readonly DPDB_URL: string;
        readonly MOBILE_WAKE_LOCK: boolean;
        readonly CARDBOARD_UI_DISABLED: boolean;
        readonly ROTATE_INSTRUCTIONS_DISABLED: boolean;
        readonly BUFFER_SCALE: number;
      };
    });
  }
}
