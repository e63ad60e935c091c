import express from 'express';
import type { Express } from 'express';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { SceneLibrary } from '../scenes/library.ts';
import { bookingRoutes, calendarRoutes } from './bookings.ts';
import type { BookingRoutesDeps } from './bookings.ts';
import { endSlowBodies } from './bodies.ts';
import { documentFiles } from './documents.ts';
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
import type { SessionsDeps } from './sessions.ts';
import { plenaryRoutes } from './sessions.ts';
import { logoFiles, sponsorRoutes } from './sponsors.ts';
import type { SponsorRoutesDeps } from './sponsors.ts';
import { securityHeaders } from './security.ts';
import type { SessionDeps } from './session.ts';
import type { StaffDeps } from './staff.ts';
import { sessionRoutes } from './session.ts';
import { staffRoutes } from './staff.ts';
import { LOGO_ADDRESS } from '../sponsors/shown.ts';

export interface AppDeps {
  readonly config: Config;
  readonly session: SessionDeps;
  readonly scenes: Pick<SceneLibrary, 'folderOf'>;
  readonly staff: StaffDeps;
  readonly sponsors: SponsorRoutesDeps & { readonly logoFolder: string };
  readonly bookings: BookingRoutesDeps;
  readonly sessions: SessionsDeps;
  readonly health: HealthDeps;
  readonly metrics: Metrics;
  readonly matchmaking: MatchmakingDeps;
  readonly log: Log;
}

/** The bodies of all requests are small, but for uploads: those may take as long as something comes. */
const BODY_MS = 30_000;
const UPLOADS = /^\/api\/(?:staff\/scenes|sessions\/[a-z0-9]+\/documents)$/;

/** The whole HTTP side. WebSocket upgrades do not come through here. */
export function createApp({ config, session, scenes, staff, sponsors, bookings, sessions, health, metrics, matchmaking, log }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.use(securityHeaders({ strictTransport: config.publicUrl?.startsWith('https:') === true && config.https.kind !== 'self-made' }));
  app.get('/healthz', healthRoute(health));
  app.get('/metrics', metricsRoute(metrics, config.metricsToken));
  app.use(endSlowBodies(BODY_MS, UPLOADS));
  app.use('/api/staff/sponsors', sponsorRoutes(sponsors));
  app.use('/api/staff', staffRoutes(staff));
  app.use('/api/bookings', bookingRoutes(bookings));
  app.use('/api/sessions', plenaryRoutes(sessions));
  app.use('/api/calendar', calendarRoutes(bookings));
  app.use('/api', sessionRoutes(session));
  app.use(matchmakingRoutes(matchmaking));
  app.use('/scenes', sceneFiles(scenes));
  app.use('/documents', documentFiles({ identity: sessions.identity, sessions: sessions.plenary.deps.sessions, documents: sessions.documents }));
  app.use(LOGO_ADDRESS, logoFiles(sponsors.logoFolder));
  app.use('/avatars', serveFiles(`${config.files.assets}/avatars`, { serves: isPublished }));
  // With a slash at the end, where its scripts are found.
  for (const page of ['staff', 'preview', 'plenary']) app.get(`/${page}`, (request, response, next) => (request.path.endsWith('/') ? next() : response.redirect(308, `/${page}/`)));
  app.use(serveFiles(config.files.client, { immutable: 'assets' }));
  app.get('/', (request, response) => sendPage(request, response, { status: 503, kind: 'notBuilt' }));
  app.use(notFound, errorHandler(log));
  return app;
}
