/** How calls are refused: `ProblemResponse` for programs, a readable page for people. */
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { ProblemResponse } from '../../shared/protocol/session.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Log } from '../log.ts';
import { PAGE_TEXTS } from './pages.ts';
import type { PageKind } from './pages.ts';

/** HTTP status of a reason where it is not 400. */
const STATUS: Partial<Record<Reason, number>> = {
  PASS_MISSING: 401, PASS_MALFORMED: 401, PASS_UNKNOWN: 401, PASS_EXPIRED: 401, PASS_REVOKED: 401, TOKEN_INVALID: 401, TOKEN_EXPIRED: 401,
  STAFF_ONLY: 403, UPLOAD_UNKNOWN: 404, UPLOAD_STALLED: 408, UPLOAD_STATE: 409, SCENE_CHANGED: 409, SCENE_NEEDED: 409, UPLOADS_FULL: 409,
  UPLOAD_TOO_LARGE: 413, SCENE_UNUSABLE: 422, UPLOAD_BUSY: 429, DISK_FULL: 507,
  SPONSOR_UNKNOWN: 404, SPONSOR_CHANGED: 409, SPONSORS_FULL: 409, BOOTH_TAKEN: 409, LOGO_UNKNOWN: 409, LOGO_TOO_LARGE: 413, LOGO_SVG: 415, LOGO_KIND: 415, LOGO_DAMAGED: 422,
  BOOKING_UNKNOWN: 404, CALENDAR_UNKNOWN: 404, BOOKING_NOT_YOURS: 403, BOOKING_CLASH: 409, BOOKING_CHANGED: 409, BOOKING_OVER: 409, BOOKINGS_FULL: 409, BOOKING_PEOPLE: 409, BOOKING_ROOM: 409,
  DOCUMENT_UNKNOWN: 404, DOCUMENT_TOO_LARGE: 413, DOCUMENT_KIND: 415, DOCUMENT_DAMAGED: 422, RECORDING_UNKNOWN: 404, RECORDING_RUNNING: 409,
  SESSION_UNKNOWN: 404, MESSAGE_TOO_LARGE: 413, RATE_LIMITED: 429, SERVER_STOPPING: 503, MEDIA_UNAVAILABLE: 503, INTERNAL: 500,
};

function statusOf(reason: Reason): number {
  return STATUS[reason] ?? 400;
}

export function sendProblem(response: Response, reason: Reason, status = statusOf(reason)): void {
  const body: ProblemResponse = { reason };
  response.status(status).setHeader('Cache-Control', 'no-store').json(body);
}

function wantsPage(request: Request): boolean {
  return request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
}

/** A page without script or style, so that it works whatever else is broken. */
export function sendPage(request: Request, response: Response, page: { status: number; kind: PageKind }): void {
  const language = request.acceptsLanguages(...LANGUAGES) || 'en';
  const { title, text, home } = PAGE_TEXTS[page.kind][language as Language];
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  response.status(page.status).type('html').setHeader('Cache-Control', 'no-store').vary('Accept-Language').send(
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`
    + `<meta name="color-scheme" content="light dark"><title>${title}</title></head>`
    + `<body><main><h1>${title}</h1><p>${text}</p><p><a href="/">${home}</a></p></main></body></html>`,
  );
}

/** The last handler: nothing is here. */
export const notFound: RequestHandler = (request, response) => {
  if (wantsPage(request)) sendPage(request, response, { status: 404, kind: 'notFound' });
  else response.status(404).setHeader('Cache-Control', 'no-store').json({ error: STATUS_CODES[404] });
};

/** Status that Express, its body parser or `send` put on an error, if it is the client's fault. */
function clientStatus(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null;
  return status !== null && status >= 400 && status < 500 ? status : null;
}

/** Errors become answers; only the server's own faults are logged. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    response.removeHeader('Content-Encoding');
    const status = clientStatus(error);
    if (error instanceof ReasonedError && error.reason !== 'INTERNAL') sendProblem(response, error.reason);
    else if (status === 413) sendProblem(response, 'MESSAGE_TOO_LARGE');
    else if (status !== null) sendProblem(response, 'MESSAGE_INVALID', status);
    else {
      log.error({ err: error, method: request.method, path: request.path }, 'a request failed');
      if (wantsPage(request)) sendPage(request, response, { status: 500, kind: 'failed' });
      else sendProblem(response, 'INTERNAL');
    }
  };
}
