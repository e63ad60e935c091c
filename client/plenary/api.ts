/** Formal sessions over HTTP, with a token that is renewed from the pass as it runs out. */
import type { NewSession, SessionSummary, SessionsResponse } from '../../shared/protocol/plenary/messages.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import { isReason, openSession } from '../net/session.ts';

/** A token is renewed so long before it ends. */
const RENEW_BEFORE_MS = 60_000;

async function reasonIn(response: Response): Promise<ReasonedError> {
  const body = (await response.json().catch(() => null)) as { readonly reason?: unknown } | null;
  return new ReasonedError(isReason(body?.reason) ? body.reason : 'INTERNAL');
}

export class SessionsApi {
  private readonly pass: string;
  private session: SessionResponse;

  private constructor(pass: string, session: SessionResponse) {
    this.pass = pass;
    this.session = session;
  }

  /** Signs in. Rejects with a `ReasonedError`: that of the pass, or INTERNAL without an answer. */
  static async open(pass: string): Promise<SessionsApi> {
    return new SessionsApi(pass, await openSession(pass));
  }

  get person(): SessionResponse['person'] {
    return this.session.person;
  }

  get iceServers(): SessionResponse['iceServers'] {
    return this.session.iceServers;
  }

  /** Who one is, with a token that holds for a while. Rejects like `open`. */
  identify = async (): Promise<SessionResponse> => {
    if (this.session.expiresAt - Date.now() < RENEW_BEFORE_MS) this.session = await openSession(this.pass);
    return this.session;
  };

  async list(): Promise<readonly SessionSummary[]> {
    const { sessions } = (await this.call('GET', '')) as SessionsResponse;
    return sessions;
  }

  /** By the secretariat. @returns the new session's id */
  async create(session: NewSession): Promise<string> {
    const { id } = (await this.call('POST', '', session)) as { id: string };
    return id;
  }

  async remove(id: string): Promise<void> {
    await this.call('DELETE', `/${id}`);
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const { token } = await this.identify();
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    let response: Response;
    try {
      response = await fetch(`/api/sessions${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    } catch (cause) {
      throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
    }
    if (!response.ok) throw await reasonIn(response);
    return response.status === 204 ? null : await response.json() as unknown;
  }
}
