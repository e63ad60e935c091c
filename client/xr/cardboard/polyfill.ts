/**
 * WebXR for phones whose browser has none (Safari on an iPhone), in a cardboard viewer: the head is turned by the phone's own sensors, and a tap is the trigger.
 * Loaded only without a `navigator.xr`: beside a native one the polyfill hangs (it waits for a `makeXRCompatible` of its own).
 */
import { Cover } from './cover.ts';
import type { CoverTexts } from './cover.ts';
import { Tap } from './tap.ts';

/** The polyfill's `navigator.xr`, once it is installed. */
let installed: XRSystem | null = null;

async function install(): Promise<XRSystem> {
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
      // They link to a foreign host, and are in English only: ours is the cover.
      CARDBOARD_UI_DISABLED: true,
      ROTATE_INSTRUCTIONS_DISABLED: true,
      // Of the pixels of the screen, along an edge. Phones have three times as many as their lenses show.
      BUFFER_SCALE: 0.6,
    },
  });
  // Its reference spaces are no event targets, as they should be; nothing ever resets them.
  const unheard = { addEventListener: () => undefined, removeEventListener: () => undefined };
  Object.assign(XRReferenceSpace.prototype, unheard);
  const { xr } = navigator;
  if (xr === undefined) throw new DOMException('The polyfill did not install', 'NotSupportedError');
  return xr;
}

/** Keeps the screen on until the session ends. Refused on battery saving, for example: then it may go dark, and a touch brings it back. */
async function keepAwake(session: XRSession): Promise<void> {
  try {
    const lock = await navigator.wakeLock?.request('screen');
    session.addEventListener('end', () => void lock?.release(), { once: true });
  } catch {
    // As said.
  }
}

/**
 * A session in a cardboard viewer. Has to be called in a click, as it fills the screen.
 * @throws DOMException NotSupportedError if the polyfill finds no phone, and what the browser says if it refuses the full screen
 */
export async function requestCardboard(wanted: XRSessionInit, texts: CoverTexts): Promise<XRSession> {
  installed ??= await install();
  // The polyfill finds its device only when asked.
  if (!(await installed.isSessionSupported('immersive-vr'))) throw new DOMException('This is no phone', 'NotSupportedError');
  const session = await installed.requestSession('immersive-vr', wanted);
  const cover = new Cover(session, texts);
  await Tap.give(session, cover);
  void keepAwake(session);
  return session;
}
