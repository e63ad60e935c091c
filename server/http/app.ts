import express from 'express';
import type { Express } from 'express';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { SceneLibrary } from '../scenes/library.ts';
import { serveFiles } from './files.ts';
import type { HealthDeps } from './health.ts';
import { healthRoute } from './health.ts';
import type { MatchmakingDeps } from './matchmaking.ts';
import { matchmakingRoutes } from './matchmaking.ts';
import type { Metrics } from './metrics.ts';
import { metricsRoute } from './metrics.ts';
import { errorHandler, notFound, sendPage } from './problems.ts';
import { isPublished } from './published.ts';
import { sceneFiles } from './scenes.ts';
import { securityHeaders } from './security.ts';
import type { SessionDeps } from './session.ts';
import { sessionRoutes } from './session.ts';

export interface AppDeps {
  readonly config: Config;
  readonly session: SessionDeps;
  readonly scenes: Pick<SceneLibrary, 'folderOf'>;
  readonly health: HealthDeps;
  readonly metrics: Metrics;
  readonly matchmaking: MatchmakingDeps;
  readonly log: Log;
}

/** The whole HTTP side. WebSocket upgrades do not come through here. */
export function createApp({ config, session, scenes, health, metrics, matchmaking, log }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.use(securityHeaders({ strictTransport: config.publicUrl?.startsWith('https:') === true && config.https.kind !== 'self-made' }));
  app.get('/healthz', healthRoute(health));
  app.get('/metrics', metricsRoute(metrics, config.metricsToken));
  app.use('/api', sessionRoutes(session));
  app.use(matchmakingRoutes(matchmaking));
  app.use('/scenes', sceneFiles(scenes));
  app.use('/avatars', serveFiles(`${config.files.assets}/avatars`, { serves: isPublished }));
  app.use(serveFiles(config.files.client, { immutable: 'assets' }));
  app.get('/', (request, response) => sendPage(request, response, { status: 503, kind: 'notBuilt' }));
  app.use(notFound, errorHandler(log));
  return app;
}
