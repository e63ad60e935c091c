import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** A `Host` header that may be repeated inside the policy. */
const PLAIN_HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

/** What pages of ours may use; everything else is off. Microphone for speech, camera for whoever speaks in a formal session, display capture for screens in private talks, the rest for headsets and phones as viewers. */
const ALLOWED_FEATURES = ['microphone', 'camera', 'display-capture', 'speaker-selection', 'xr-spatial-tracking', 'autoplay', 'fullscreen', 'screen-wake-lock', 'accelerometer', 'gyroscope', 'magnetometer'];
const REFUSED_FEATURES = ['geolocation', 'payment', 'usb', 'serial', 'hid', 'midi', 'browsing-topics'];

export const PERMISSIONS_POLICY = [...ALLOWED_FEATURES.map((name) => `${name}=(self)`), ...REFUSED_FEATURES.map((name) => `${name}=()`)].join(', ');

export interface SecurityOptions {
  /** Tell browsers to use HTTPS only. Not for a self-made certificate, which would lock people out of localhost for a year. */
  readonly strictTransport: boolean;
}

/** WebSockets to our own host; browsers before CSP level 3 do not count them as 'self'. */
function ownSockets(host: string | undefined): string {
  return host !== undefined && PLAIN_HOST.test(host) ? `ws://${host} wss://${host}` : "'self'";
}

/** Security headers of every answer. Nothing is fetched from a foreign host, nothing may frame us. */
export function securityHeaders({ strictTransport }: SecurityOptions): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          // WebAssembly: the navigation mesh and the mesh decoder.
          'script-src': ["'self'", "'wasm-unsafe-eval'"],
          'style-src': ["'self'"],
          // Textures unpacked from downloaded scene and avatar files, and flags drawn onto name labels.
          'img-src': ["'self'", 'blob:'],
          'font-src': ["'self'"],
          'connect-src': ["'self'", (request) => ownSockets(request.headers.host)],
          'object-src': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      strictTransportSecurity: strictTransport ? { maxAge: 31_536_000 } : false,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
      next();
    },
  ];
}
