import { createNodeMatchmakingMiddleware } from '@colyseus/core';
import { Router } from 'express';
import { VENUE_ROOM } from '../../shared/protocol/version.ts';
import { limitFailures } from './limits.ts';
import { originAllowed } from './origins.ts';
import { sendProblem } from './problems.ts';

const FAILURES_A_MINUTE = 300;

/**
 * Colyseus' seat reservation, `POST /matchmake/joinOrCreate/venue`, inside our Express application instead of Colyseus' own router: that one
 * stands before Express, answers every origin with permissive CORS headers, and would go round our limits and headers. Only what our client uses is
 * open; `create` would let anybody make rooms without end.
 */
export function matchmakingRoutes(allowedOrigins: readonly string[]): Router {
  const router = Router();
  const colyseus = createNodeMatchmakingMiddleware();
  router.post(`/matchmake/joinOrCreate/${VENUE_ROOM}`, limitFailures(FAILURES_A_MINUTE), (request, response, next) => {
    if (!originAllowed(request.headers, allowedOrigins)) {
      sendProblem(response, 'TOKEN_INVALID', 403);
      return;
    }
    response.setHeader('Cache-Control', 'no-store');
    colyseus(request, response, next).catch(next);
  });
  return router;
}
