import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';

/** Content encodings, best first, with the ending of the file beside the original that holds it (made by the build). */
export const COMPRESSED_FORMS = [['br', '.br'], ['gzip', '.gz']] as const;

/** Files that the build names by their content (`name-Ab3_x9Qz.js`) never change. */
const CONTENT_NAMED = /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;
const YEAR_SECONDS = 31_536_000;

export interface FileOptions {
  /** Which paths (relative to the folder, with `/`) exist for the outside; all if absent. Hidden files never do. */
  readonly serves?: (path: string) => boolean;
  /** What may be kept for a year without asking: a folder (relative) of content-named files, or everything. */
  readonly immutable?: string | true;
}

/** The relative path that a request means, or null if it means none that could be served. */
function requestedPath(request: Request): string | null {
  let path: string;
  try {
    path = decodeURIComponent(request.path);
  } catch {
    return null; // Not percent-encoded text.
  }
  if (path.endsWith('/')) path += 'index.html';
  const segments = path.slice(1).split('/');
  const odd = segments.some((segment) => segment === '' || segment.startsWith('.') || /[\\\0]/.test(segment));
  return odd ? null : segments.join('/');
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false);
}

/** Sets `Content-Encoding` and names the compressed form if the client takes one that is there. Parts of files are cut from the original. */
async function chooseForm(request: Request, response: Response, file: { folder: string; path: string }): Promise<string> {
  response.vary('Accept-Encoding');
  if (request.headers.range !== undefined) return file.path;
  for (const [encoding, ending] of COMPRESSED_FORMS) {
    if (request.acceptsEncodings(encoding) !== false && await isFile(join(file.folder, file.path + ending))) {
      response.setHeader('Content-Encoding', encoding);
      return file.path + ending;
    }
  }
  return file.path;
}

/**
 * Serves a folder with ETag, conditional and range requests (by Express), and the compressed forms that stand beside the files.
 * What is not there goes to the next handler.
 */
export function serveFiles(folder: string, { serves = () => true, immutable }: FileOptions = {}): RequestHandler {
  return async (request, response, next) => {
    const path = request.method === 'GET' || request.method === 'HEAD' ? requestedPath(request) : null;
    if (path === null || !serves(path) || !await isFile(join(folder, path))) {
      next();
      return;
    }
    const lasting = immutable === true || (immutable !== undefined && path.startsWith(`${immutable}/`) && CONTENT_NAMED.test(path));
    response.type(extname(path) === '' ? 'application/octet-stream' : extname(path));
    response.setHeader('Cache-Control', lasting ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    const form = await chooseForm(request, response, { folder, path });
    response.sendFile(form, { root: folder, cacheControl: false }, (error?: Error) => {
      if (error !== undefined && !response.headersSent) next(error);
    });
  };
}
