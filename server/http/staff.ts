/** What the secretariat's page asks for: `/api/staff`. Everything wants the token of a person whose role is `secretariat`, but for the files of a preview. */
import { extname } from 'node:path';
import { getBearerToken } from '@colyseus/core';
import { Router, json } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { ZodType } from 'zod';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { PublishRequest, WithdrawRequest } from '../../shared/protocol/staff.ts';
import type { UploadAccepted } from '../../shared/protocol/staff.ts';
import { REPORT_FILE } from '../../shared/scene/preview.ts';
import type { IdentityService } from '../identity/identity.ts';
import type { Publication } from '../publication/publication.ts';
import { limitFailures } from './limits.ts';
import { sendProblem } from './problems.ts';
import { isPublished } from './published.ts';

const FAILURES_A_MINUTE = 120;
/** A revision and its braces are under 200 bytes. */
const BODY_LIMIT = 1024;
const FILE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

export interface StaffDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly publication: Pick<Publication, 'overview' | 'receive' | 'remove' | 'preview' | 'previewFolder' | 'previewReport' | 'publish' | 'withdraw'>;
}

/** Lets members of the secretariat pass, and notes who it is. The roster is asked every time: a role that was taken away ends at once. */
export function requireSecretariat(identity: StaffDeps['identity']): RequestHandler {
  return async (request, response, next) => {
    const person = await identity.identify(getBearerToken(request.headers.authorization ?? '') ?? '');
    if (person.role !== 'secretariat') throw new ReasonedError('STAFF_ONLY');
    (response.locals as { person?: string }).person = person.id;
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** The id of the person whom `requireSecretariat` let pass. */
export function staffMember(response: Response): string {
  const { person } = response.locals as { person?: string };
  if (person === undefined) throw new Error('the route stands before requireSecretariat');
  return person;
}

/** @throws ReasonedError MESSAGE_INVALID */
function read<T>(schema: ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ReasonedError('MESSAGE_INVALID', undefined, { cause: parsed.error });
  return parsed.data;
}

function announcedBytes(request: Request): number | null {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : null;
}

function receivePackage({ publication }: StaffDeps): RequestHandler {
  return async (request, response) => {
    const { name } = request.query;
    try {
      const id = await publication.receive({
        person: staffMember(response), file: typeof name === 'string' ? name : '', bytes: announcedBytes(request), content: request as AsyncIterable<Uint8Array>,
      });
      response.status(202).json({ id } satisfies UploadAccepted);
    } catch (error) {
      // Cut in the middle by the sender: there is nobody to answer, and nothing to log. A refusal in the middle leaves the rest unread.
      if (response.writable && error instanceof ReasonedError) sendProblem(response.setHeader('Connection', 'close'), error.reason);
      else if (!request.socket.destroyed) throw error;
    }
  };
}

/**
 * The files of an unpublished scene, below an address that nobody can guess, since a model's pictures are fetched without a token. The address ends after
 * half an hour; it is not repeated in any log.
 */
function previewFiles({ publication }: StaffDeps): RequestHandler<{ secret: string; file: string }> {
  return async (request, response) => {
    const { secret, file } = request.params;
    const folder = publication.previewFolder(secret);
    response.setHeader('Cache-Control', 'private, no-store');
    const report = file === REPORT_FILE ? await publication.previewReport(secret) : null;
    if (report !== null) {
      response.json(report);
      return;
    }
    if (folder === null || !FILE.test(file) || !isPublished(file)) {
      sendProblem(response, 'UPLOAD_UNKNOWN');
      return;
    }
    response.type(extname(file));
    response.sendFile(file, { root: folder, cacheControl: false }, (error?: Error) => {
      if (error !== undefined && !response.headersSent) sendProblem(response, 'UPLOAD_UNKNOWN');
    });
  };
}

/** Routes below `/api/staff`. Refusals are `ProblemResponse`. */
export function staffRoutes(deps: StaffDeps): Router {
  const { identity, publication } = deps;
  const router = Router();
  router.get('/preview/:secret/:file', previewFiles(deps));
  router.use(limitFailures(FAILURES_A_MINUTE), requireSecretariat(identity));
  router.get('/scenes', async (_request, response) => void response.json(await publication.overview()));
  router.post('/scenes', receivePackage(deps));
  router.delete('/uploads/:id', async (request, response) => {
    await publication.remove(request.params.id, staffMember(response));
    response.status(204).end();
  });
  router.post('/uploads/:id/preview', async (request, response) => void response.json(await publication.preview(request.params.id, staffMember(response))));
  router.post('/uploads/:id/publish', json({ limit: BODY_LIMIT }), async (request, response) => {
    const { replaces } = read(PublishRequest, request.body);
    await publication.publish(request.params.id, replaces, staffMember(response));
    response.status(204).end();
  });
  router.post('/scenes/:id/withdraw', json({ limit: BODY_LIMIT }), async (request, response) => {
    const { revision } = read(WithdrawRequest, request.body);
    await publication.withdraw(request.params.id, revision, staffMember(response));
    response.status(204).end();
  });
  return router;
}
