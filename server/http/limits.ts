import { createHmac, randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sendProblem } from './problems.ts';

const MINUTE_MS = 60_000;

/**
 * Refuses callers that fail too often: `failures` a minute and address. Successful calls are not counted, because a whole delegation sits behind
 * one address and comes back at once after a restart. Addresses are kept as keyed hashes, in memory, for a minute; the key dies with the process.
 */
export function limitFailures(failures: number): RequestHandler {
  const key = randomBytes(32);
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: failures,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => createHmac('sha256', key).update(ipKeyGenerator(request.ip ?? '')).digest('base64url'),
    handler: (_request, response) => sendProblem(response, 'RATE_LIMITED'),
  });
}

/** Refuses one person's calls beyond `calls` a minute. @param who id of the person, known by then */
export function limitPerson(calls: number, who: (response: Response) => string): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: calls,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (_request, response) => who(response),
    handler: (_request, response) => sendProblem(response, 'RATE_LIMITED'),
  });
}
