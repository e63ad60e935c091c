/** The preview's own little server, for this machine only. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { PreviewState } from '../../../shared/scene/preview.ts';
import { readIfThere } from '../io.ts';
import { PARTS_ADDRESS, PreviewSession, SCENE_ADDRESS } from './session.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.glb': 'model/gltf-binary', '.webp': 'image/webp', '.png': 'image/png', '.jpg': 'image/jpeg', '.woff2': 'font/woff2', '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg', '.wav': 'audio/wav', '.mp4': 'video/mp4', '.webm': 'video/webm',
};
/** The venue's own policy: a scene that needs more fails here and not first in the venue. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; connect-src 'self' blob: data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
/** Keeps connections through sleepy networks, ms. */
const HEARTBEAT_MS = 15_000;

export interface PreviewOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Pack and check each save too. */
  readonly check: boolean;
  /** Folder with the built page. */
  readonly page: string;
  /** Is told of every change. */
  onChange?(state: PreviewState): void;
}

export interface RunningPreview {
  /** Address of the page. */
  readonly url: string;
  readonly session: PreviewSession;
  close(): Promise<void>;
}

/**
 * Serves the preview of a folder on this machine's loopback address.
 * @throws Error `EADDRINUSE` if the port is taken
 */
export async function servePreview(folder: string, options: PreviewOptions): Promise<RunningPreview> {
  const listeners = new Set<ServerResponse>();
  const session = new PreviewSession(folder, {
    check: options.check,
    onChange(state) {
      for (const listener of listeners) listener.write(event(state));
      options.onChange?.(state);
    },
  });
  const server = createServer((request, response) => {
    void answer({ session, listeners, page: options.page }, request, response).catch(() => send(response, 500));
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const heartbeat = setInterval(() => { for (const listener of listeners) listener.write(':\n\n'); }, HEARTBEAT_MS);
  await session.start();
  return {
    url: `http://127.0.0.1:${port}/preview/`,
    session,
    async close() {
      clearInterval(heartbeat);
      session.close();
      for (const listener of listeners) listener.end();
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function event(state: PreviewState): string {
  return `data: ${JSON.stringify(state)}\n\n`;
}

interface Serving {
  session: PreviewSession;
  listeners: Set<ServerResponse>;
  page: string;
}

async function answer({ session, listeners, page }: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page elsewhere on the web must not read the scene through a name that leads here.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '') || request.method !== 'GET') {
    send(response, 403);
    return;
  }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/') {
    response.writeHead(302, { Location: '/preview/' }).end();
  } else if (pathname === '/preview-events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(event(session.state));
    listeners.add(response);
    request.once('close', () => listeners.delete(response));
  } else if (pathname.startsWith(SCENE_ADDRESS)) {
    const [revision = '', name = ''] = pathname.slice(SCENE_ADDRESS.length).split('/');
    send(response, 200, { name, bytes: await session.file(Number(revision), decodeURIComponent(name)) });
  } else if (pathname.startsWith(PARTS_ADDRESS)) {
    const name = pathname.slice(PARTS_ADDRESS.length);
    send(response, 200, { name, bytes: session.part(name), lasting: true });
  } else if (pathname.startsWith('/avatars/')) {
    send(response, 200, { name: pathname, bytes: await below(path.join(REPOSITORY, 'assets/avatars'), pathname.slice('/avatars/'.length)) });
  } else {
    send(response, 200, { name: pathname.endsWith('/') ? 'index.html' : pathname, bytes: await below(page, pathname.endsWith('/') ? `${pathname}index.html` : pathname) });
  }
}

/** A file of a folder, never one outside or hidden. */
async function below(folder: string, name: string): Promise<Uint8Array | undefined> {
  const parts = decodeURIComponent(name).split('/').filter((part) => part !== '');
  if (parts.length === 0 || parts.some((part) => part.startsWith('.') || /[\\\0]/.test(part))) return undefined;
  return readIfThere(path.join(folder, ...parts)).catch(() => undefined);
}

interface Sent {
  name?: string;
  bytes?: Uint8Array | undefined;
  /** There will never be anything else at this address. */
  lasting?: boolean;
}

function send(response: ServerResponse, status: number, { name, bytes, lasting = false }: Sent = {}): void {
  if (response.headersSent) return;
  if (status === 200 && bytes) {
    response.writeHead(200, { 'Content-Type': TYPES[path.extname(name ?? '')] ?? 'application/octet-stream', 'Content-Length': bytes.byteLength, 'Cache-Control': lasting ? 'max-age=31536000, immutable' : 'no-cache', 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' });
    response.end(bytes);
    return;
  }
  response.writeHead(status === 200 ? 404 : status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(status === 403 ? 'Only this machine may look.' : status === 500 ? 'The preview failed.' : 'There is no such file.');
}
