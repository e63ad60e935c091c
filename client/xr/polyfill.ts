/**
 * WebXR for phones whose browser has none (Safari on an iPhone), in a cardboard viewer: head turned by the phone's own sensors, one tap as trigger. Loaded only without
 * `navigator.xr`: beside a native one it hangs (it waits for a `makeXRCompatible` of its own).
 */
export async function installPolyfill(): Promise<void> {
  if (navigator.xr !== undefined) return;
  const { default: WebXRPolyfill } = await import('webxr-polyfill');
  new WebXRPolyfill({
    webvr: false,
    cardboard: true,
    allowCardboardOnDesktop: false,
    cardboardConfig: {
      // The table of phones is in the package; its newest edition would come from a foreign host.
      DPDB_URL: '',
      // It plays a hidden film from a data address, which our policy forbids; browsers have a real wake lock by now.
      MOBILE_WAKE_LOCK: false,
    },
  });
  // Refused on battery saving, for example: then the screen may go dark, and a touch brings it back.
  await navigator.wakeLock?.request('screen').catch(() => undefined);
}
