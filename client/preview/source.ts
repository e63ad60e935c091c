import type { PreviewReport, PreviewState } from '../../shared/scene/preview.ts';
import { REPORT_FILE } from '../../shared/scene/preview.ts';

/** Events of `npm run scene -- preview`, at this address on its server. */
const LIVE = '/preview-events';

/** Where the scene of the page comes from. `lost`: nobody tells of saves any more. */
export interface Source {
  readonly kind: 'live' | 'fixed';
  close(): void;
}

/** The base address that the page was opened with, or null for the tool's own events. @throws RangeError for one that is not on our server */
export function baseFromAddress(address: URL): string | null {
  const base = address.searchParams.get('base');
  if (base === null) return null;
  const resolved = new URL(base, address);
  if (resolved.origin !== address.origin || !/^\/[^/]/.test(resolved.pathname) || !resolved.pathname.endsWith('/') || resolved.search !== '' || resolved.hash !== '') {
    throw new RangeError('"base" must be the address of a folder on this server, with a slash at its end.');
  }
  return resolved.pathname;
}

async function fetchReport(base: string): Promise<PreviewReport | null> {
  const response = await fetch(base + REPORT_FILE).catch(() => null);
  if (response?.ok !== true || response.headers.get('Content-Type')?.includes('json') !== true) return null;
  return await response.json() as PreviewReport;
}

/** A scene that does not change: `?base=/scenes/geneva/`. Its report is shown if it has one. */
async function openFixed(base: string, onState: (state: PreviewState) => void): Promise<void> {
  const report = await fetchReport(base);
  onState({
    folder: base.split('/').at(-2) ?? base,
    scene: { revision: 1, base, parts: null, from: 'scene.glb', milliseconds: 0, cost: report ?? { drawCalls: 0, triangles: 0, textureBytes: 0 }, findings: [] },
    broken: null, working: false, check: report === null ? null : { revision: 1, report, running: false },
  });
}

/**
 * Tells of the scene now and after every change.
 * @param onLost whether the connection to the tool is lost; the browser tries again by itself
 */
export function openSource(base: string | null, onState: (state: PreviewState) => void, onLost: (lost: boolean) => void): Source {
  if (base !== null) {
    void openFixed(base, onState);
    return { kind: 'fixed', close: () => undefined };
  }
  const events = new EventSource(LIVE);
  events.addEventListener('message', (event: MessageEvent<string>) => {
    onLost(false);
    onState(JSON.parse(event.data) as PreviewState);
  });
  events.addEventListener('open', () => onLost(false));
  events.addEventListener('error', () => onLost(true));
  return { kind: 'live', close: () => events.close() };
}
