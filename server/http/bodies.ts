import type { RequestHandler } from 'express';

/**
 * Ends a request whose body is not there after `millis`, so that nobody holds connections open with bodies that drip. @param exempt paths of large uploads,
 * which look after themselves.
 */
export function endSlowBodies(millis: number, exempt: RegExp): RequestHandler {
  return (request, _response, next) => {
    if (!request.complete && !exempt.test(request.path)) {
      const timer = setTimeout(() => {
        if (!request.complete) request.destroy();
      }, millis);
      request.once('close', () => clearTimeout(timer));
    }
    next();
  };
}
