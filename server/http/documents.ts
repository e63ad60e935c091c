/** Documents of the agenda: received from the secretariat, read by people of the event with their token. */
import { join } from 'node:path';
import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import type { Identity, IdentityService } from '../identity/identity.ts';
import { mayRead } from '../plenary/documents/access.ts';
import { documentAddress, isDocumentFile } from '../plenary/documents/shelf.ts';
import type { DocumentShelf } from '../plenary/documents/shelf.ts';
import type { Sessions } from '../plenary/sessions.ts';
import { asker, requirePerson } from './asker.ts';
import { limitFailures, limitPerson } from './limits.ts';
import { sendProblem } from './problems.ts';

const FAILURES_A_MINUTE = 120;
const READS_A_MINUTE = 120;
const TYPES = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' } as const;

export interface DocumentRoutesDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly sessions: Pick<Sessions, 'states'>;
  readonly documents: Pick<DocumentShelf, 'folder' | 'take'>;
}

function announcedBytes(request: Request): number | null {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : null;
}

/** The body is the file. Stands behind what lets the secretariat pass. */
export function receiveDocument(documents: Pick<DocumentShelf, 'take'>): RequestHandler {
  return async (request, response) => {
    try {
      const address = await documents.take({ bytes: announcedBytes(request), content: request as AsyncIterable<Uint8Array> });
      response.status(201).json({ address });
    } catch (error) {
      // Cut in the middle by the sender: there is nobody to answer, and nothing to log. A refusal in the middle leaves the rest unread.
      if (response.writable && error instanceof ReasonedError) sendProblem(response.setHeader('Connection', 'close'), error.reason);
      else if (!request.socket.destroyed) throw error;
    }
  };
}

const speakerOf = ({ id, name, entity, entityType, country, role }: Identity): Parameters<typeof mayRead>[1] => ({ person: id, name, entity, entityType, country, role });

/** Routes below `/documents`. That a document is there is not told to those who may not read it. */
export function documentFiles({ identity, sessions, documents }: DocumentRoutesDeps): Router {
  const router = Router();
  router.use(limitFailures(FAILURES_A_MINUTE), requirePerson(identity), limitPerson(READS_A_MINUTE, (response) => asker(response).id));
  router.get('/:file', (request, response) => {
    const { file } = request.params;
    if (!isDocumentFile(file) || !mayRead(sessions.states(), speakerOf(asker(response)), documentAddress(file))) throw new ReasonedError('DOCUMENT_UNKNOWN');
    const kind = file.endsWith('.pdf') ? 'pdf' : 'docx';
    // Whatever it is, it is stored and not run here.
    response.setHeader('Content-Disposition', `attachment; filename="${file.slice(0, 12)}.${kind}"`);
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'private, no-store');
    response.type(TYPES[kind]);
    response.sendFile(join(documents.folder, file), { cacheControl: false, dotfiles: 'allow' }, (error?: Error) => {
      if (error !== undefined && !response.headersSent) sendProblem(response, 'DOCUMENT_UNKNOWN');
    });
  });
  return router;
}
