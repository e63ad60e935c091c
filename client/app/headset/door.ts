import { t } from '../../ui/i18n.ts';
import { store } from '../store.ts';

/** What a session is asked for: the floor, hands, and layers for drawing both eyes at once where the device has them. */
const WANTED: XRSessionInit = { optionalFeatures: ['local-floor', 'hand-tracking', 'layers'] };

/** The browser's own WebXR. Asked for before the polyfill may put one in its place. */
const native = navigator.xr;

/** The session that a click has asked for, until it is worn. */
let asked: Promise<XRSession> | null = null;

/** A phone that could stand in a cardboard viewer: it can be turned, and is touched. */
function couldBeInAViewer(): boolean {
  return 'DeviceOrientationEvent' in window && matchMedia('(pointer: coarse)').matches && matchMedia('(hover: none)').matches;
}

/** Finds out whether there is a headset, or a phone that can stand in for one, and writes `store.headset`. Never rejects. */
export async function lookForHeadset(): Promise<void> {
  if (native === undefined) {
    if (couldBeInAViewer()) store.headset.value = { kind: 'ready', by: 'cardboard' };
    return;
  }
  try {
    const found = await native.isSessionSupported('immersive-vr');
    if (found) store.headset.value = { kind: 'ready', by: 'headset' };
  } catch {
    // The browser has forbidden it to this page: as if there were none.
  }
}

/** iPhones tell how they are held only after they were asked, in a click. */
async function allowTurning(): Promise<void> {
  const asks = DeviceOrientationEvent as unknown as { requestPermission?: () => Promise<'granted' | 'denied'> };
  if (asks.requestPermission !== undefined && (await asks.requestPermission()) !== 'granted') throw new DOMException('The phone does not tell how it is held', 'NotAllowedError');
}

async function requestThroughPolyfill(): Promise<XRSession> {
  await allowTurning();
  const { requestCardboard } = await import('../../xr/cardboard/polyfill.ts');
  return requestCardboard(WANTED, { waiting: t('headset.waiting'), turn: t('headset.turnPhone'), leave: t('headset.takeOff') });
}

/**
 * Asks for a session. Has to be called in a click, long before there is anything to show: browsers grant none later without another one.
 * The answer waits in {@link takeSession}.
 */
export function askForHeadset(): void {
  if (asked !== null) return;
  asked = native === undefined ? requestThroughPolyfill() : native.requestSession('immersive-vr', WANTED);
  // Whoever takes it hears of a refusal; until then it is nobody's unhandled one.
  asked.catch(() => undefined);
  // Last: whoever waits for it takes the session at once.
  store.headset.value = { kind: 'entering' };
}

/** Takes the session that was asked for, or null. Rejects with what the browser says if it was refused. */
export function takeSession(): Promise<XRSession> | null {
  const taken = asked;
  asked = null;
  return taken;
}

/** Entering has failed, or was given up: what was asked for is let go. */
export function forgetSession(): void {
  const session = takeSession();
  void session?.then((each) => each.end(), () => undefined).catch(() => undefined);
  if (session !== null) void lookForHeadset();
}

/** Why there is no session, from what the browser says. */
export function whyRefused(error: unknown): 'denied' | 'busy' | 'unknown' {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'SecurityError' || name === 'NotAllowedError') return 'denied';
  return name === 'InvalidStateError' ? 'busy' : 'unknown';
}
