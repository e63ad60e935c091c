/** Recordings of a session: listed, fetched and removed by the secretariat. */
import { Router, urlencoded } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { RecordingsResponse } from '../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { IdentityService } from '../identity/identity.ts';
import type { RecordingShelf } from '../plenary/recording/shelf.ts';
import type { Sessions } from '../plenary/sessions.ts';
import { readBody } from './asker.ts';
import { sendProblem } from './problems.ts';

/** A token and a name. */
const FORM_LIMIT = 4096;
const NAME_LENGTH = 150;

/** What a form says that is to be stored: the browser then writes the file as it comes, which a page cannot, and the token stands in no address. */
const FetchForm = z.object({ token: z.string().min(1), name: z.string().min(1) });

interface RecordingRoutesDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly recordings: RecordingShelf;
  readonly sessions: Pick<Sessions, 'get'>;
  readonly requireSecretariat: RequestHandler;
}

/** In parts if the request asks for a range (RFC 9110, section 14). */
function sendRecording(response: Response, path: string, name: string): void {
  response.attachment(name);
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('Cache-Control', 'private, no-store');
  response.type('audio/ogg');
  response.sendFile(path, { cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
    if (error !== undefined && !response.headersSent) sendProblem(response, 'RECORDING_UNKNOWN');
  });
}

function pathOf({ recordings }: Pick<RecordingRoutesDeps, 'recordings'>, request: Request): string {
  const { session, start, file } = request.params as Record<'session' | 'start' | 'file', string>;
  return recordings.pathOf(session, start, file);
}

/** `POST /:session/recordings/:start/:file` below `/api/sessions`, with the token in the form. Stands before `requirePerson`. */
export function recordingForms(deps: Pick<RecordingRoutesDeps, 'identity' | 'recordings'>): Router {
  const router = Router();
  router.post('/:session/recordings/:start/:file', urlencoded({ extended: false, limit: FORM_LIMIT }), async (request, response) => {
    const { token, name } = readBody(FetchForm, request.body);
    if ((await deps.identity.identify(token)).role !== 'secretariat') throw new ReasonedError('STAFF_ONLY');
    sendRecording(response, pathOf(deps, request), name.replace(/\p{Cf}+/gu, '').replace(/[\p{Cc}\\/:*?"<>|]+/gu, '-').slice(0, NAME_LENGTH));
  });
  return router;
}

/** Routes below `/api/sessions/:session/recordings`; stand behind `requirePerson`. */
export function recordingRoutes({ recordings, sessions, requireSecretariat }: Omit<RecordingRoutesDeps, 'identity'>): Router {
  const router = Router();
  const running = (session: string): number | null => sessions.get(session)?.state.meeting.recordingSince ?? null;
  router.get('/:session/recordings', requireSecretariat, async (request, response) => {
    const session = String(request.params['session']);
    response.json({ recordings: await recordings.list(session, running(session)) } satisfies RecordingsResponse);
  });
  router.get('/:session/recordings/:start/:file', requireSecretariat, (request, response) => {
    const { start, file } = request.params as Record<'start' | 'file', string>;
    sendRecording(response, pathOf({ recordings }, request), `${start}-${file}`);
  });
  router.delete('/:session/recordings/:start', requireSecretariat, async (request, response) => {
    const { session, start } = request.params as Record<'session' | 'start', string>;
    await recordings.remove(session, start, running(session));
    response.status(204).end();
  });
  return router;
}
