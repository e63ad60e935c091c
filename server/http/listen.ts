/** The web server's socket: HTTP or HTTPS, and what can go wrong in opening it. */
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Config } from '../config.ts';
import { StartError } from '../errors.ts';
import { selfMadeCertificate } from './certificate.ts';

async function readPem(variable: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StartError(`The file of ${variable}, ${path}, cannot be read.`, 'Correct the path or the rights of the file.', { cause });
  });
}

/** A scene package on a slow line takes more than Node's five minutes; `bodies.ts` ends other requests much earlier. Headers keep Node's limit of one. */
const TIMEOUTS = { requestTimeout: 3_600_000, headersTimeout: 60_000 };

/** Makes the server that the configuration asks for; it does not listen yet. */
export async function createWebServer({ https, dataFolder }: Pick<Config, 'https' | 'dataFolder'>): Promise<Server> {
  if (https.kind === 'off') return createHttpServer(TIMEOUTS);
  const pems = https.kind === 'self-made'
    ? await selfMadeCertificate(dataFolder)
    : { cert: await readPem('PLENUM_TLS_CERT', https.cert), key: await readPem('PLENUM_TLS_KEY', https.key) };
  try {
    return createHttpsServer({ ...pems, ...TIMEOUTS });
  } catch (cause) {
    throw new StartError('The certificate and its key cannot be used.', 'Both must be PEM files and belong together (PLENUM_TLS_CERT, PLENUM_TLS_KEY).', { cause });
  }
}

function whyNot(error: Error, port: number, host: string | undefined): StartError {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is in use by another program.`, 'Stop that program (is Plenum running already?) or choose another port: PLENUM_PORT=8080 npm start', { cause: error });
  }
  if (code === 'EACCES') {
    return new StartError(`This account may not open port ${port}.`, 'Choose a port from 1024 up (PLENUM_PORT), and put a reverse proxy in front for 80 and 443.', { cause: error });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`This machine has no address ${host ?? ''}.`, 'Correct PLENUM_HOST; `*` listens on every address.', { cause: error });
  }
  return new StartError(`Port ${port} cannot be opened: ${error.message}`, 'Check PLENUM_PORT and PLENUM_HOST.', { cause: error });
}

/**
 * Listens. @returns the port, which differs from the configured one if that is 0.
 * Rejects with a `StartError` that says what to do.
 */
export function listen(server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(whyNot(error, port, host));
    server.once('error', failed);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
