import { getBearerToken } from '@colyseus/core';
import type { RequestHandler, Response } from 'express';
import type { ZodType } from 'zod';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Identity, IdentityService } from '../identity/identity.ts';

/** @throws ReasonedError MESSAGE_INVALID */
export function readBody<T>(schema: ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ReasonedError('MESSAGE_INVALID', undefined, { cause: parsed.error });
  return parsed.data;
}

/** Lets people of the event pass, and notes who it is. The roster is asked every time: who was taken off it is out at once. */
export function requirePerson(identity: Pick<IdentityService, 'identify'>): RequestHandler {
  return async (request, response, next) => {
    (response.locals as { asker?: Identity }).asker = await identity.identify(getBearerToken(request.headers.authorization ?? '') ?? '');
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** Whom {@link requirePerson} let pass. */
export function asker(response: Response): Identity {
  const known = (response.locals as { asker?: Identity }).asker;
  if (known === undefined) throw new Error('the route stands before requirePerson');
  return known;
}
