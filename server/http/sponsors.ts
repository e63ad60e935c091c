/** Sponsors and donors: `/api/staff/sponsors` for the secretariat, and the logos for everybody. */
import { Router, json, raw } from 'express';
import type { RequestHandler } from 'express';
import type { ZodType } from 'zod';
import { ReasonedError } from '../../shared/protocol/reasons.ts';
import { SponsorChange, SponsorFields, SponsorOrder } from '../../shared/protocol/sponsors.ts';
import type { SponsorAdded } from '../../shared/protocol/sponsors.ts';
import { SPONSOR_LIMITS } from '../../shared/rules/sponsors.ts';
import type { IdentityService } from '../identity/identity.ts';
import { isLogoFile } from '../sponsors/logo-shelf.ts';
import type { Sponsors } from '../sponsors/sponsors.ts';
import { serveFiles } from './files.ts';
import { limitFailures } from './limits.ts';
import { requireSecretariat } from './staff.ts';

const FAILURES_A_MINUTE = 120;
/** Six texts of 600 characters, of up to three bytes each, and as many names. */
const BODY_LIMIT = 64 * 1024;

export interface SponsorRoutesDeps {
  readonly identity: Pick<IdentityService, 'identify'>;
  readonly sponsors: Pick<Sponsors, 'overview' | 'add' | 'change' | 'remove' | 'order' | 'takeLogo'>;
}

/** @throws ReasonedError MESSAGE_INVALID */
function read<T>(schema: ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ReasonedError('MESSAGE_INVALID', undefined, { cause: parsed.error });
  return parsed.data;
}

/** What is too large is refused before it is read, if the sender says how large it is. */
const refuseLarge: RequestHandler = (request, response, next) => {
  if (Number(request.headers['content-length'] ?? 0) > SPONSOR_LIMITS.logoBytes) {
    response.setHeader('Connection', 'close');
    throw new ReasonedError('LOGO_TOO_LARGE');
  }
  next();
};

function receiveLogo({ sponsors }: SponsorRoutesDeps): RequestHandler {
  return async (request, response) => {
    // Without a body the parser leaves none.
    const body: unknown = request.body;
    response.status(201).json(await sponsors.takeLogo(body instanceof Uint8Array ? body : new Uint8Array()));
  };
}

/** Routes below `/api/staff/sponsors`. Refusals are `ProblemResponse`. */
export function sponsorRoutes(deps: SponsorRoutesDeps): Router {
  const { identity, sponsors } = deps;
  const router = Router();
  router.use(limitFailures(FAILURES_A_MINUTE), requireSecretariat(identity));
  const body = json({ limit: BODY_LIMIT });
  router.get('/', async (_request, response) => void response.json(await sponsors.overview()));
  router.post('/', body, async (request, response) => void response.status(201).json({ id: await sponsors.add(read(SponsorFields, request.body)) } satisfies SponsorAdded));
  router.post('/logos', refuseLarge, raw({ type: () => true, limit: SPONSOR_LIMITS.logoBytes, inflate: false }), receiveLogo(deps));
  router.put('/order', body, async (request, response) => {
    await sponsors.order(read(SponsorOrder, request.body).ids);
    response.status(204).end();
  });
  router.put('/:id', body, async (request, response) => {
    const { fields, revision } = read(SponsorChange, request.body);
    await sponsors.change(request.params.id, fields, revision);
    response.status(204).end();
  });
  router.delete('/:id', async (request, response) => {
    await sponsors.remove(request.params.id);
    response.status(204).end();
  });
  return router;
}

/** `/logos/<hash>.webp`: to be kept for ever, since the name is that of the content. */
export function logoFiles(folder: string): RequestHandler {
  return serveFiles(folder, { serves: isLogoFile, immutable: true });
}
