/** Calls to `/api/staff`, with a token that is renewed from the pass as it runs out. */
import type { Reason } from '../../shared/protocol/reasons.ts';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import { isReason, openSession } from '../net/session.ts';

/** A token is renewed so long before it ends: an upload is judged by the token that it began with. */
const RENEW_BEFORE_MS = 60_000;

function reasonIn(text: string): Reason {
  try {
    const { reason } = JSON.parse(text) as { reason?: unknown };
    return isReason(reason) ? reason : 'INTERNAL';
  } catch {
    // A page of some proxy.
    return 'INTERNAL';
  }
}

export interface Sending<T> {
  /** Resolves with the server's answer. Rejects with a `ReasonedError`; with an `AbortError` after `cancel`. */
  readonly done: Promise<T>;
  readonly cancel: () => void;
}

export class StaffApi {
  private readonly pass: string;
  private session: SessionResponse;

  private constructor(pass: string, session: SessionResponse) {
    this.pass = pass;
    this.session = session;
  }

  /** Signs in. Rejects with a `ReasonedError`: that of the pass, STAFF_ONLY (its `cause` is the session), or INTERNAL without an answer. */
  static async open(pass: string): Promise<StaffApi> {
    const session = await openSession(pass);
    if (session.person.role !== 'secretariat') throw new ReasonedError('STAFF_ONLY', undefined, { cause: session });
    return new StaffApi(pass, session);
  }

  get person(): SessionResponse['person'] {
    return this.session.person;
  }

  /** @returns the answer's JSON, or null if it has none. Rejects with a `ReasonedError`; INTERNAL with a cause if no answer came. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: await this.authorization(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    let response: Response;
    try {
      response = await fetch(`/api/staff${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    } catch (cause) {
      throw new ReasonedError('INTERNAL', 'the server does not answer', { cause });
    }
    const text = await response.text();
    if (!response.ok) throw new ReasonedError(reasonIn(text));
    return text === '' ? null : JSON.parse(text) as unknown;
  }

  /** Uploads a file as the body of a POST; `progress` is told the fraction that has been sent. XMLHttpRequest, as `fetch` does not tell of it. */
  upload<T>(path: string, file: File, progress: (fraction: number) => void): Sending<T> {
    const request = new XMLHttpRequest();
    let cancelled = false;
    const send = async (): Promise<T> => {
      const authorization = await this.authorization();
      return new Promise((resolve, reject) => {
        const abort = (): void => reject(new DOMException('cancelled', 'AbortError'));
        if (cancelled) {
          abort();
          return;
        }
        request.open('POST', `/api/staff${path}`);
        request.setRequestHeader('authorization', authorization);
        // What it is, its first bytes say; a type guessed from its name is not worth more.
        request.setRequestHeader('content-type', 'application/octet-stream');
        request.upload.onprogress = ({ loaded, total }) => { progress(total === 0 ? 0 : loaded / total); };
        request.onabort = abort;
        request.onerror = () => reject(new ReasonedError('INTERNAL', 'the server does not answer'));
        request.onload = () => {
          if (request.status < 300) resolve(JSON.parse(request.responseText) as T);
          else reject(new ReasonedError(reasonIn(request.responseText)));
        };
        request.send(file);
      });
    };
    return {
      done: send(),
      cancel: () => {
        cancelled = true;
        request.abort();
      },
    };
  }

  private async authorization(): Promise<string> {
    if (this.session.expiresAt - Date.now() < RENEW_BEFORE_MS) this.session = await openSession(this.pass);
    return `Bearer ${this.session.token}`;
  }
}
