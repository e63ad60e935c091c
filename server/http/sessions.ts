/** Formal sessions: `/api/sessions` with the token of the session, and captions pushed by a provider with the key of one session. */
import { getBearerToken } from '@colyseus/core';
import { Router, json } from 'express';
import type { Request, RequestHandler } from 'express';
import { CAPTION_SOCKET_PATH, CaptionPush, NewSession, SessionId } from '../../shared/protocol/plenary/messages.ts';
import type { CaptionKey, SessionsResponse } from '../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { IdentityService } from '../identity/identity.ts';
import { captionKey, isCaptionKey } from '../plenary/caption-key.ts';
import type { DocumentShelf } from '../plenary/documents/shelf.ts';
import type { Plenary } from '../plenary/plenary.ts';
import type { RecordingShelf } from '../plenary/recording/shelf.ts';
import { asker, readBody, requirePerson } from './asker.ts';
import { receiveDocument } from './documents.ts';
import { limitFailures, limitPerson } from './limits.ts';
import { recordingForms, recordingRoutes } from './recordings.ts';

const FAILURES_A_MINUTE = 120;
const CALLS_A_MINUTE = 240;
const BODY_LIMIT = 32 * 1024;

export interface SessionsDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly plenary: Plenary;
  /** From which the keys of caption providers follow. */
  readonly captionSecret: Uint8Array;
  readonly documents: DocumentShelf;
  readonly recordings: RecordingShelf;
  /** The event's time zone, by its IANA name. */
  readonly zone: string;
}

const requireSecretariat: RequestHandler = (_request, response, next) => {
  if (asker(response).role !== 'secretariat') throw new ReasonedError('STAFF_ONLY');
  next();
};

/** @throws ReasonedError TOKEN_INVALID */
function requireCaptionKey(request: Request, { captionSecret }: SessionsDeps, session: string): void {
  if (!isCaptionKey(captionSecret, session, getBearerToken(request.headers.authorization ?? '') ?? '')) throw new ReasonedError('TOKEN_INVALID');
}

/** @throws ReasonedError SESSION_UNKNOWN */
function sessionId(value: unknown): string {
  const parsed = SessionId.safeParse(value);
  if (!parsed.success) throw new ReasonedError('SESSION_UNKNOWN');
  return parsed.data;
}

/** Routes below `/api/sessions`. Refusals are `ProblemResponse`. */
export function plenaryRoutes(deps: SessionsDeps): Router {
  const { identity, plenary } = deps;
  const { sessions } = plenary.deps;
  const router = Router();
  const body = json({ limit: BODY_LIMIT });
  router.use(limitFailures(FAILURES_A_MINUTE));
  router.post('/:id/captions', body, async (request, response) => {
    const id = sessionId(request.params['id']);
    requireCaptionKey(request, deps, id);
    const { lines } = readBody(CaptionPush, request.body);
    const session = await plenary.open(id);
    for (const line of lines) session.caption(line);
    response.status(204).end();
  });
  router.use(recordingForms({ identity, recordings: deps.recordings }));
  router.use(requirePerson(identity), limitPerson(CALLS_A_MINUTE, (response) => asker(response).id));
  router.get('/', (_request, response) => void response.json({ sessions: sessions.list(), zone: deps.zone } satisfies SessionsResponse));
  router.post('/', requireSecretariat, body, async (request, response) => {
    const { id } = await sessions.create(readBody(NewSession, request.body));
    response.status(201).json({ id });
  });
  router.delete('/:id', requireSecretariat, async (request, response) => {
    await sessions.remove(sessionId(request.params['id']));
    response.status(204).end();
  });
  router.post('/:id/documents', requireSecretariat, (request, _response, next) => {
    if (sessions.get(sessionId(request.params['id'])) === undefined) throw new ReasonedError('SESSION_UNKNOWN');
    next();
  }, receiveDocument(deps.documents));
  router.use(recordingRoutes({ recordings: deps.recordings, sessions, requireSecretariat }));
  router.get('/:id/caption-key', requireSecretariat, (request, response) => {
    const id = sessionId(request.params['id']);
    if (sessions.get(id) === undefined) throw new ReasonedError('SESSION_UNKNOWN');
    response.json({ key: captionKey(deps.captionSecret, id), address: `/api/sessions/${id}/captions`, socket: `${CAPTION_SOCKET_PATH}?session=${id}` } satisfies CaptionKey);
  });
  return router;
}
