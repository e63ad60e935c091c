import { ErrorCode, createNodeMatchmakingMiddleware, getBearerToken } from '@colyseus/core';
import { Router } from 'express';
import type { RequestHandler, Response } from 'express';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { PLENARY_ROOM, VENUE_ROOM } from '../../shared/protocol/version.ts';
import type { IdentityService } from '../identity/identity.ts';
import { limitFailures } from './limits.ts';
import { originAllowed } from './origins.ts';

const FAILURES_A_MINUTE = 300;

export interface MatchmakingDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly allowedOrigins: readonly string[];
}

/** A refusal as Colyseus' SDK reads it: the message is the reason. */
function refuse(response: Response, reason: Reason, status: number): void {
  response.status(status).setHeader('Cache-Control', 'no-store').json({ code: ErrorCode.AUTH_FAILED, error: reason, reason });
}

/** Without a token nobody gets as far as holding a seat; the room checks the token again when the seat is taken. */
function requireToken({ identity, allowedOrigins }: MatchmakingDeps): RequestHandler {
  return async (request, response, next) => {
    if (!originAllowed(request.headers, allowedOrigins)) {
      refuse(response, 'TOKEN_INVALID', 403);
      return;
    }
    try {
      await identity.identify(getBearerToken(request.headers.authorization ?? '') ?? '');
    } catch (error) {
      if (!(error instanceof ReasonedError)) throw error;
      refuse(response, error.reason, 401);
      return;
    }
    next();
  };
}

/**
 * Colyseus' seat reservation, `POST /matchmake/joinOrCreate/venue` (or `plenary`), inside our Express application instead of Colyseus' own router: that one
 * stands before Express, answers every origin with permissive CORS headers, and would go round our limits and headers. Only what our client uses is
 * open; `create` would let anybody make rooms without end.
 */
export function matchmakingRoutes(deps: MatchmakingDeps): Router {
  const router = Router();
  const colyseus = createNodeMatchmakingMiddleware();
  router.post([VENUE_ROOM, PLENARY_ROOM].map((room) => `/matchmake/joinOrCreate/${room}`), limitFailures(FAILURES_A_MINUTE), requireToken(deps), (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    colyseus(request, response, next).catch(next);
  });
  return router;
}
