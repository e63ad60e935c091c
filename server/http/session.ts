import { Router, json } from 'express';
import type { SceneRef } from '../../shared/protocol/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { SessionRequest } from '../../shared/protocol/session.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import type { Turn } from '../config.ts';
import type { IdentityService } from '../identity/identity.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { iceServersFor } from './ice.ts';
import { limitFailures } from './limits.ts';

/** A pass and its braces are under 100 bytes. */
const BODY_LIMIT = 1024;
const FAILURES_A_MINUTE = 60;

export interface SessionDeps {
  readonly identity: Pick<IdentityService, 'openSession'>;
  readonly store: Pick<Store, 'event' | 'places'>;
  /** The person is in the venue now, in another window. */
  readonly isHere: (person: string) => boolean;
  /** Where the person is now, or was `last`, or enters if there is no such scene. Null: there is no scene at all. */
  readonly sceneFor: (person: string, last: string | null) => SceneRef | null;
  readonly turn: Turn | null;
  readonly log: Log;
}

async function answer(deps: SessionDeps, pass: string): Promise<SessionResponse> {
  const { identity, token, expiresAt } = await deps.identity.openSession(pass);
  const { id, name, entity, entityType, country, role, language } = identity;
  const [event, last] = await Promise.all([deps.store.event.get(), deps.store.places.get(id)]);
  const scene = deps.sceneFor(id, last?.scene ?? null);
  if (scene === null) throw new ReasonedError('SCENE_UNKNOWN');
  return {
    token,
    expiresAt,
    person: { id, name, entity, entityType, country, role, language },
    event: { name: event?.name ?? '' },
    scene: { id: scene.id, revision: scene.revision },
    alreadyHere: deps.isHere(id),
    appearance: last?.appearance ?? null,
    iceServers: iceServersFor(deps.turn, id, Date.now()),
  };
}

/** `POST /api/session`: a pass for a token. Every refusal looks alike but for its reason code. */
export function sessionRoutes(deps: SessionDeps): Router {
  const router = Router();
  router.post('/session', limitFailures(FAILURES_A_MINUTE), json({ limit: BODY_LIMIT }), async (request, response) => {
    const body = SessionRequest.safeParse(request.body);
    if (!body.success) throw new ReasonedError('MESSAGE_INVALID');
    try {
      if (body.data.pass === '') throw new ReasonedError('PASS_MISSING');
      const session = await answer(deps, body.data.pass);
      deps.log.debug({ person: session.person.id, alreadyHere: session.alreadyHere }, 'session opened');
      response.setHeader('Cache-Control', 'no-store').json(session);
    } catch (error) {
      if (error instanceof ReasonedError) deps.log.debug({ reason: error.reason }, 'session refused');
      throw error;
    }
  });
  return router;
}
