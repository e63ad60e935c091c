import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionResponse } from '../../shared/protocol/session.ts';
import { issuePasses } from '../../server/identity/passes.ts';
import { RelayError } from '../../server/relay/relay.ts';
import { describeFolder } from '../../server/scenes/folder.ts';
import { TEST_ANNEX, TEST_FOLDERS, TEST_SCENE, writeTestScene } from '../support/scene.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { MemoryRelay } from '../support/venue.ts';

const SCRIPT = `export const text = ${JSON.stringify('the same words again '.repeat(200))};\n`;
const METRICS_TOKEN = 'a-token-of-the-monitoring';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('the HTTP side', () => {
  let server: TestServer;
  let client: string;
  const relay = new MemoryRelay();
  let callers = 0;
  /** Address of the test scene's files. */
  const base = (): string => `/scenes/${TEST_SCENE}/${server.scenes.find(TEST_SCENE)?.revision ?? 'none'}`;

  /** A raw request: `fetch` would decode bodies, tidy paths and add headers. Every call comes from an address of its own, as a proxy would say. */
  const call = (path: string, options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> => new Promise((resolve, reject) => {
    callers += 1;
    const sent = request(server.url.replace('localhost', '127.0.0.1') + '/', {
      path, method: options.method ?? 'GET', headers: { 'x-forwarded-for': `10.0.${callers >> 8}.${callers & 255}`, ...options.headers },
    }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on('error', reject);
    sent.end(options.body);
  });
  const post = (body: string, headers: Record<string, string> = {}): Promise<Answer> => call('/api/session', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const reasonOf = ({ body }: Answer): unknown => (JSON.parse(body.toString()) as { reason?: unknown }).reason;

  beforeAll(async () => {
    client = await mkdtemp(join(tmpdir(), 'plenum-client-'));
    await mkdir(join(client, 'assets'));
    await writeFile(join(client, 'index.html'), '<!doctype html><title>Venue</title>');
    await writeFile(join(client, '.fingerprint'), 'hidden');
    for (const name of ['assets/app-Ab3_x9Qz.js', 'assets/plain.js']) await writeFile(join(client, name), SCRIPT);
    await writeFile(join(client, 'assets/app-Ab3_x9Qz.js.br'), brotliCompressSync(SCRIPT));
    await writeFile(join(client, 'assets/app-Ab3_x9Qz.js.gz'), gzipSync(SCRIPT));
    server = await startTestServer({ client, parts: { relay }, env: { PLENUM_TRUST_PROXY: '1', PLENUM_METRICS_TOKEN: METRICS_TOKEN, PLENUM_EXTRA_ORIGINS: 'http://localhost:5173' } });
  });
  afterAll(async () => {
    await server.stop();
    await rm(client, { recursive: true });
  });

  describe('headers', () => {
    it('forbid foreign hosts, frames and unused features, on every kind of answer', async () => {
      const answers = [await call('/'), await call('/healthz'), await call('/nowhere'), await post('{}'), await call(`${base()}/layout.json`)];
      const host = `127.0.0.1:${server.port}`;
      for (const { headers } of answers) {
        const policy = new Map((headers['content-security-policy'] as string).split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
        expect(policy.get('default-src')).toEqual(["'self'"]);
        expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
        expect(policy.get('style-src')).toEqual(["'self'"]);
        expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
        expect(policy.get('connect-src')).toEqual(["'self'", `ws://${host}`, `wss://${host}`]);
        expect(policy.get('img-src')).toEqual(["'self'", 'blob:']);
        policy.delete('img-src');
        const sources = [...policy.values()].flat().filter((source) => !["'self'", "'none'", "'wasm-unsafe-eval'", `ws://${host}`, `wss://${host}`].includes(source));
        expect(sources).toEqual([]);
        expect(headers['permissions-policy']).toContain('microphone=(self), ');
        expect(headers['permissions-policy']).toContain('xr-spatial-tracking=(self)');
        expect(headers['permissions-policy']).toContain('geolocation=()');
        expect(headers['referrer-policy']).toBe('no-referrer');
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers['strict-transport-security']).toBeUndefined();
        expect(headers['access-control-allow-origin']).toBeUndefined();
        expect(headers['x-powered-by']).toBeUndefined();
      }
    });

    it('do not repeat a Host that is none', async () => {
      const { headers } = await call('/', { headers: { host: "x;script-src *" } });
      expect(headers['content-security-policy']).not.toContain('script-src *');
    });
  });

  describe('POST /api/session', () => {
    it('exchanges a pass', async () => {
      const { person, pass } = await server.invite({ name: 'Ama', country: 'gh', entity: 'Ghana', language: 'fr', role: 'chair', email: 'ama@example.org' });
      await server.store.event.set({ name: 'Council', demo: false });
      const answer = await post(JSON.stringify({ pass }));
      expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
      const session = JSON.parse(answer.body.toString()) as SessionResponse;
      expect(session).toEqual({
        token: expect.any(String) as string, expiresAt: expect.any(Number) as number,
        person: { id: person.id, name: 'Ama', entity: 'Ghana', entityType: 'member-state', country: 'gh', role: 'chair', language: 'fr' },
        event: { name: 'Council' }, scene: { id: TEST_SCENE, revision: server.scenes.find(TEST_SCENE)?.revision }, alreadyHere: false, appearance: null, iceServers: [],
      });
      expect(session.expiresAt).toBeGreaterThan(Date.now() + 9 * 60_000);
      expect(await server.identity.identify(session.token)).toMatchObject({ id: person.id });
    });

    it('brings people back to the scene where they were, if it is still there', async () => {
      const { person, pass } = await server.invite();
      const appearance = { id: 'suit', skin: 1, hair: 2, garment1: 3, garment2: 4 };
      const place = { placement: { x: 0, y: 0, z: 0, yaw: 0 }, seat: '', appearance };
      await server.store.places.saveAll(new Map([[person.id, { ...place, scene: 'pulled-down' }]]), 1);
      expect(await server.openSession(pass)).toMatchObject({ scene: { id: TEST_SCENE }, appearance });
      await server.store.places.saveAll(new Map([[person.id, { ...place, scene: TEST_ANNEX }]]), 2);
      expect(await server.openSession(pass)).toMatchObject({ scene: { id: TEST_ANNEX } });
    });

    it('refuses every bad pass in one shape, with the reason', async () => {
      const { person } = await server.invite();
      const [expired] = await issuePasses(server.store.passes, [person.id], { days: 1, now: 0 });
      const [revoked] = await issuePasses(server.store.passes, [person.id], { days: 1, now: Date.now() });
      await server.store.passes.revokeAll(person.id, Date.now());
      const given = { PASS_MISSING: '', PASS_MALFORMED: 'x'.repeat(40), PASS_UNKNOWN: '0'.repeat(40), PASS_EXPIRED: expired?.pass, PASS_REVOKED: revoked?.pass };
      const shapes = new Set<string>();
      for (const [reason, pass] of Object.entries(given)) {
        const answer = await post(JSON.stringify({ pass }));
        expect(JSON.parse(answer.body.toString())).toEqual({ reason });
        const differing = new Set(['date', 'etag', 'content-length', 'ratelimit', 'ratelimit-policy']);
        shapes.add(JSON.stringify([answer.status, Object.entries(answer.headers).filter(([name]) => !differing.has(name))]));
      }
      expect([...shapes]).toHaveLength(1);
      expect([...shapes][0]).toContain('401');
    });

    it('refuses what is no such request', async () => {
      const huge = JSON.stringify({ pass: 'a'.repeat(2000) });
      expect([(await post('{"pass":')).status, reasonOf(await post('{"pass":'))]).toEqual([400, 'MESSAGE_INVALID']);
      expect([(await post(huge)).status, reasonOf(await post(huge))]).toEqual([413, 'MESSAGE_TOO_LARGE']);
      for (const body of ['{}', '[]', 'null', '{"pass":1}', JSON.stringify({ pass: 'a'.repeat(300) })]) expect(reasonOf(await post(body)), body).toBe('MESSAGE_INVALID');
      expect(reasonOf(await post('pass=x', { 'content-type': 'application/x-www-form-urlencoded' }))).toBe('MESSAGE_INVALID');
      expect((await call('/api/session')).status).toBe(404);
    });

    it('stops an address that fails too often, and nobody who does not', async () => {
      const guesser = { 'x-forwarded-for': '203.0.113.7' };
      const { pass } = await server.invite();
      for (let attempt = 0; attempt < 100; attempt++) expect((await post(JSON.stringify({ pass }), guesser)).status).toBe(200);
      const statuses = [];
      for (let attempt = 0; attempt < 70; attempt++) statuses.push((await post(JSON.stringify({ pass: 'wrong' }), guesser)).status);
      expect(statuses.slice(0, 60).every((status) => status === 401)).toBe(true);
      expect(statuses.slice(60).every((status) => status === 429)).toBe(true);
      expect(reasonOf(await post(JSON.stringify({ pass }), guesser))).toBe('RATE_LIMITED');
      expect((await post(JSON.stringify({ pass }))).status).toBe(200);
    });
  });

  describe('files', () => {
    const script = '/assets/app-Ab3_x9Qz.js';

    it('are sent compressed to those who take it, and whole otherwise', async () => {
      const [br, gz, plain, refused, none] = await Promise.all([
        call(script, { headers: { 'accept-encoding': 'gzip, deflate, br' } }), call(script, { headers: { 'accept-encoding': 'gzip' } }), call(script),
        call(script, { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } }), call('/assets/plain.js', { headers: { 'accept-encoding': 'br' } }),
      ]);
      expect([br, gz, plain, refused, none].map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined, undefined, undefined]);
      expect([br, gz, plain, refused, none].map(({ headers }) => headers['content-type'])).toEqual(Array(5).fill('text/javascript; charset=utf-8'));
      expect([br, gz, plain].every(({ headers }) => headers.vary === 'Accept-Encoding')).toBe(true);
      expect(br.body.equals(brotliCompressSync(SCRIPT)) && gz.body.equals(gzipSync(SCRIPT)) && plain.body.toString() === SCRIPT).toBe(true);
      expect(new Set([br, gz, plain].map(({ headers }) => headers.etag)).size).toBe(3);
    });

    it('are kept for a year if named by content, and asked for again otherwise', async () => {
      const answers = await Promise.all([script, '/assets/plain.js', '/', '/index.html', `${base()}/layout.json`].map((path) => call(path)));
      expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
      expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(['public, max-age=31536000, immutable', 'no-cache', 'no-cache', 'no-cache', 'public, max-age=31536000, immutable']);
      for (const [index, path] of ['/', `${base()}/layout.json`].entries()) {
        const etag = (await call(path)).headers.etag ?? '';
        const again = await call(path, { headers: { 'if-none-match': etag } });
        expect([again.status, again.body.byteLength], String(index)).toEqual([304, 0]);
      }
    });

    it('are sent in parts', async () => {
      const part = await call(script, { headers: { range: 'bytes=7-11', 'accept-encoding': 'br' } });
      expect([part.status, part.headers['content-range'], part.headers['content-encoding'], part.body.toString()]).toEqual([206, `bytes 7-11/${SCRIPT.length}`, undefined, SCRIPT.slice(7, 12)]);
      const tail = await call(script, { headers: { range: 'bytes=-3' } });
      expect(tail.body.toString()).toBe(SCRIPT.slice(-3));
      expect((await call(script, { headers: { range: 'bytes=999999-' } })).status).toBe(416);
      const head = await call(script, { method: 'HEAD' });
      expect([head.status, head.headers['content-length'], head.body.byteLength]).toEqual([200, String(SCRIPT.length), 0]);
    });

    it('are only those that are meant for the outside', async () => {
      const paths = [
        `${base()}/source/author.json`, `${base()}/SOURCE/../source/author.json`, `${base()}/%73ource/author.json`, `${base()}/source%2fauthor.json`,
        base(), `${base()}/`, `/scenes/${TEST_SCENE}`, `/scenes/${TEST_SCENE}/layout.json`, `/scenes/${TEST_SCENE}/000000000000/layout.json`,
        `${base()}/../../${TEST_ANNEX}/layout.json`, `${base()}/..%2f..%2f${TEST_ANNEX}%2flayout.json`, '/scenes/', '/scenes/nowhere/layout.json', '/.fingerprint', '/%2efingerprint',
        '/../package.json', `${base()}/tool.d.ts`, '/scenes/../../package.json', '/scenes/..%2f..%2f..%2fpackage.json', '/scenes/%2e%2e/%2e%2e/package.json', '/..%5cpackage.json', '/%00', '/%', '/assets', '/assets/',
        '//etc/passwd', '/server/main.ts',
      ];
      for (const path of paths) expect((await call(path)).status, path).toBe(404);
    });
  });

  describe('a scene that is replaced', () => {
    it('is served at both addresses while people may be loading the old one, and no longer than its files exist', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'plenum-scene-'));
      const [before] = TEST_FOLDERS;
      if (before === undefined) throw new Error('no test scene');
      await writeTestScene(folder, { ...before, floor: [1, 0, 0] });
      const old = base();
      server.scenes.publish(await describeFolder(folder, TEST_SCENE), folder);
      expect(base()).not.toBe(old);
      const [was, is] = [await call(`${old}/scene.glb`), await call(`${base()}/scene.glb`)];
      expect([was.status, is.status, was.body.equals(is.body)]).toEqual([200, 200, false]);
      await rm(folder, { recursive: true });
      expect((await call(`${base()}/scene.glb`)).status).toBe(404);
    });
  });

  describe('what is not there', () => {
    it('is a page in the reader\'s language for people and JSON for programs', async () => {
      const arabic = await call('/nowhere', { headers: { accept: 'text/html', 'accept-language': 'ar-JO,ar;q=0.9,en;q=0.5' } });
      expect(arabic.body.toString()).toContain('<html lang="ar" dir="rtl">');
      const unknown = await call('/nowhere', { headers: { accept: 'text/html', 'accept-language': 'nl' } });
      expect([unknown.status, unknown.body.toString().includes('<html lang="en" dir="ltr">')]).toEqual([404, true]);
      const program = await call('/nowhere');
      expect(JSON.parse(program.body.toString())).toEqual({ error: 'Not Found' });
    });
  });

  describe('seat reservation and WebSockets', () => {
    const reserve = (headers: Record<string, string>, path = '/matchmake/joinOrCreate/venue'): Promise<Answer> => call(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ scene: TEST_SCENE }) });

    it('want a token before anything is reserved or created', async () => {
      expect([(await reserve({})).status, reasonOf(await reserve({ authorization: 'Bearer x.y.z' }))]).toEqual([401, 'TOKEN_INVALID']);
      const metrics = await call('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
      expect(metrics.body.toString()).toMatch(/^plenum_rooms 2$/m);
    });

    it('offer nothing but what the client uses', async () => {
      const { token } = await server.openSession((await server.invite()).pass);
      const bearer = { authorization: `Bearer ${token}` };
      for (const method of ['create', 'join', 'joinById', 'reconnect', 'getAvailableRooms']) expect((await reserve(bearer, `/matchmake/${method}/venue`)).status, method).toBe(404);
      expect((await reserve(bearer, '/matchmake/joinOrCreate/other')).status).toBe(404);
      const options = await call('/matchmake/joinOrCreate/venue', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
      expect(options.headers['access-control-allow-origin']).toBeUndefined();
      expect((await reserve({ ...bearer, origin: 'https://evil.example' })).status).toBe(403);
      expect((await reserve({ ...bearer, origin: `http://127.0.0.1:${server.port}` })).status).toBe(200);
    });

    it('open to our own pages and to programs only', async () => {
      const outcome = (origin: string | undefined): Promise<number> => new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`, origin === undefined ? {} : { origin });
        socket.on('open', () => {
          socket.terminate();
          resolve(101);
        });
        socket.on('unexpected-response', (_request, response) => {
          socket.terminate();
          resolve(response.statusCode ?? 0);
        });
        socket.on('error', (error) => {
          if (socket.readyState === WebSocket.CONNECTING) reject(error);
        });
      });
      expect(await Promise.all([undefined, `http://127.0.0.1:${server.port}`, 'http://localhost:5173', 'https://evil.example', `http://127.0.0.1:${server.port}.evil.example`, 'null'].map(outcome)))
        .toEqual([101, 101, 101, 403, 403, 403]);
    });
  });

  describe('health and metrics', () => {
    it('tell what is wrong', async () => {
      const read = async (): Promise<unknown[]> => {
        const answer = await call('/healthz');
        return [answer.status, JSON.parse(answer.body.toString()) as unknown];
      };
      const counters = relay.counters.bind(relay);
      expect(await read()).toEqual([200, { status: 'ok', version: expect.any(String) as string, protocol: expect.any(Number) as number, store: 'ok', relay: 'ok' }]);
      relay.counters = () => Promise.reject(new RelayError('UNAVAILABLE', 'down'));
      expect(await read()).toMatchObject([200, { status: 'degraded', relay: 'down' }]);
      relay.counters = counters;
      const check = server.store.check.bind(server.store);
      server.store.check = () => Promise.reject(new Error('disk on fire'));
      expect(await read()).toMatchObject([503, { status: 'failed', store: 'failed' }]);
      server.store.check = check;
    });

    it('are figures without people, for those who may see them', async () => {
      const { person } = await server.invite({ name: 'Zuleika' });
      for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: METRICS_TOKEN }]) expect((await call('/metrics', { headers })).status).toBe(401);
      const answer = await call('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
      const text = answer.body.toString();
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
      for (const name of ['plenum_people', 'plenum_connections', 'plenum_rooms', 'plenum_tick_seconds_bucket', 'plenum_relay_up', 'plenum_event_loop_delay_seconds', 'plenum_memory_bytes']) expect(text).toMatch(new RegExp(`^${name}[ {]`, 'm'));
      expect(text).not.toContain(person.id);
      expect(text).not.toContain('Zuleika');
    });
  });
});

describe('a server as it comes', () => {
  it('says what to do where the client has not been built', async () => {
    const server = await startTestServer({ client: join(tmpdir(), 'plenum-not-there'), parts: { relay: new MemoryRelay() } });
    const answer = await fetch(server.url, { headers: { accept: 'text/html', 'accept-language': 'fr' } });
    expect([answer.status, (await answer.text()).includes('npm run build')]).toEqual([503, true]);
    await server.stop();
  });

  it('does not believe a forwarded address unless there is a proxy', async () => {
    const server = await startTestServer({ parts: { relay: new MemoryRelay() } });
    const statuses = [];
    for (let caller = 0; caller < 61; caller++) {
      const answer = await fetch(`${server.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${caller}` }, body: '{"pass":"x"}' });
      statuses.push(answer.status);
    }
    expect(statuses.slice(-2)).toEqual([401, 429]);
    await server.stop();
  });
});
