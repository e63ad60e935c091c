/** A phone without WebXR in a cardboard viewer, in a real browser: what it says it is, and how it is turned. */
import type { Page } from '@playwright/test';

/** iPhones have no full screen for anything but films, and no WebXR; Firefox on Android has no WebXR either. */
export const USER_AGENTS = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
} as const;

/** What it lacks, and Chromium has; and what it calls itself besides. */
export function lacks(phone: keyof typeof USER_AGENTS): string {
  return phone === 'android' ? WITHOUT_WEBXR : `${WITHOUT_WEBXR}
    Object.defineProperty(Navigator.prototype, 'platform', { get: () => 'iPhone' });
    for (const name of ['requestFullscreen', 'webkitRequestFullscreen', 'webkitRequestFullScreen']) delete Element.prototype[name];`;
}

const WITHOUT_WEBXR = `
  delete Navigator.prototype.xr;
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(window))) if (/^XR[A-Z]/.test(name)) delete window[name];
  for (const each of [WebGLRenderingContext, WebGL2RenderingContext]) delete each.prototype.makeXRCompatible;
  delete window.RelativeOrientationSensor;`;

/** Turns the phone on its side about the vertical, to the left, for a second's worth of its gyroscope's reports. */
export function turnPhone(page: Page, radians: number): Promise<void> {
  return page.evaluate(async (angle) => {
    // Upright and on its side, gravity is along the phone's short edge, and so is the turning.
    const begun = performance.now();
    let last = begun;
    let done = 0;
    while (done < angle) {
      await new Promise((resolve) => { setTimeout(resolve, 16); });
      const event = new DeviceMotionEvent('devicemotion', {
        acceleration: { x: 0, y: 0, z: 0 }, accelerationIncludingGravity: { x: 9.81, y: 0, z: 0 }, rotationRate: { alpha: 57.3, beta: 0, gamma: 0 }, interval: 16,
      });
      done += (event.timeStamp - last) / 1000;
      last = event.timeStamp;
      dispatchEvent(event);
    }
  }, radians);
}
