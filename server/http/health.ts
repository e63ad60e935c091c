import type { RequestHandler } from 'express';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/store.ts';
import { askRelay } from './metrics.ts';

/** Body of `GET /healthz`. */
export interface Health {
  /** `degraded`: people can be here but nobody is heard. `failed` and `stopping` answer with status 503. */
  readonly status: 'ok' | 'degraded' | 'failed' | 'stopping';
  readonly version: string;
  readonly protocol: number;
  readonly store: 'ok' | 'failed';
  readonly relay: 'ok' | 'down';
}

export interface HealthDeps {
  readonly version: string;
  readonly store: Pick<Store, 'check'>;
  readonly relay: Pick<Relay, 'counters'>;
  readonly stopping: () => boolean;
}

async function health({ version, store, relay, stopping }: HealthDeps): Promise<Health> {
  const [storeOk, relayOk] = await Promise.all([
    store.check().then(() => true, () => false),
    askRelay(relay).then((counters) => counters !== null),
  ]);
  const status = stopping() ? 'stopping' : !storeOk ? 'failed' : relayOk ? 'ok' : 'degraded';
  return { status, version, protocol: PROTOCOL_VERSION, store: storeOk ? 'ok' : 'failed', relay: relayOk ? 'ok' : 'down' };
}

/** `GET /healthz`, for load balancers and monitoring. */
export function healthRoute(deps: HealthDeps): RequestHandler {
  return async (_request, response) => {
    const body = await health(deps);
    response.status(body.status === 'ok' || body.status === 'degraded' ? 200 : 503).setHeader('Cache-Control', 'no-store').json(body);
  };
}
