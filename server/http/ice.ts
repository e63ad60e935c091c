import { createHmac } from 'node:crypto';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import type { Turn } from '../config.ts';

/** How long a password derived from the shared secret holds: a long day at a conference, then a new session brings a new one. */
const CREDENTIAL_HOURS = 12;

/**
 * ICE servers for one person. The relay itself is reached directly; TURN is for those behind strict firewalls.
 * With a shared secret, user name and password follow the TURN REST convention (draft-uberti-behave-turn-rest-00): `expiry:id` and its HMAC-SHA1.
 */
export function iceServersFor(turn: Turn | null, person: string, now: number): SessionResponse['iceServers'] {
  if (turn === null) return [];
  const urls = [...turn.urls];
  if (turn.kind === 'static') return [{ urls, username: turn.username, credential: turn.credential }];
  const username = `${Math.floor(now / 1000) + CREDENTIAL_HOURS * 3600}:${person}`;
  return [{ urls, username, credential: createHmac('sha1', turn.secret).update(username).digest('base64') }];
}
