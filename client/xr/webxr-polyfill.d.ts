declare module 'webxr-polyfill' {
  /** See the package's README; only what is used here. */
  export default class WebXRPolyfill {
    constructor(config: {
      readonly webvr: boolean;
      readonly cardboard: boolean;
      readonly allowCardboardOnDesktop: boolean;
      readonly cardboardConfig: { readonly DPDB_URL: string; readonly MOBILE_WAKE_LOCK: boolean };
    });
  }
}
