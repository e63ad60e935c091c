/** Recordings of a session: listed, fetched and removed by the secretariat. */
import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { RecordingsResponse } from '../../shared/protocol/plenary/messages.ts';
import type { RecordingShelf } from '../plenary/recording/shelf.ts';
import type { Sessions } from '../plenary/sessions.ts';
import { sendProblem } from './problems.ts';

interface RecordingRoutesDeps {
  readonly recordings: RecordingShelf;
  readonly sessions: Pick<Sessions, 'get'>;
  readonly requireSecretariat: RequestHandler;
}

/** Routes below `/api/sessions/:session/recordings`; stand behind `requirePerson`. */
export function recordingRoutes({ recordings, sessions, requireSecretariat }: RecordingRoutesDeps): Router {
  const router = Router();
  const running = (session: string): number | null => sessions.get(session)?.state.meeting.recordingSince ?? null;
  router.get('/:session/recordings', requireSecretariat, async (request, response) => {
    const session = String(request.params['session']);
    response.json({ recordings: await recordings.list(session, running(session)) } satisfies RecordingsResponse);
  });
  router.get('/:session/recordings/:start/:file', requireSecretariat, (request, response) => {
    const { session, start, file } = request.params as Record<'session' | 'start' | 'file', string>;
    const path = recordings.pathOf(session, start, file);
    response.setHeader('Content-Disposition', `attachment; filename="${start}-${file}"`);
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Cache-Control', 'private, no-store');
    response.type('audio/ogg');
    response.sendFile(path, { cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
      if (error !== undefined && !response.headersSent) sendProblem(response, 'RECORDING_UNKNOWN');
    });
  });
  router.delete('/:session/recordings/:start', requireSecretariat, async (request, response) => {
    const { session, start } = request.params as Record<'session' | 'start', string>;
    await recordings.remove(session, start, running(session));
    response.status(204).end();
  });
  return router;
}
