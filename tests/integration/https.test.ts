import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartError } from '../../server/errors.ts';
import { isGood, lanAddresses, selfMadeCertificate } from '../../server/http/certificate.ts';
import { startTestServer } from '../support/server.ts';
import { MemoryRelay } from '../support/venue.ts';

const DAY = 86_400_000;

describe('HTTPS', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plenum-https-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is served with a certificate that a client which trusts it accepts, for pages and sockets', async () => {
    const server = await startTestServer({ dataFolder: folder, parts: { relay: new MemoryRelay() }, env: { PLENUM_HTTPS: 'on', PLENUM_HOST: '127.0.0.1' } });
    try {
      expect(server.url).toBe(`https://localhost:${server.port}`);
      const ca = await readFile(join(folder, 'certificate.pem'), 'utf8');
      for (const host of ['127.0.0.1', 'localhost']) {
        const status = await new Promise((resolve, reject) => {
          request({ host, port: server.port, path: '/healthz', ca, lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]) }, (response) => resolve(response.statusCode)).on('error', reject).end();
        });
        expect(status, host).toBe(200);
      }
      await new Promise<void>((resolve, reject) => {
        const socket = new WebSocket(`wss://127.0.0.1:${server.port}/`, { ca, origin: `https://127.0.0.1:${server.port}` });
        socket.on('open', () => {
          socket.terminate();
          resolve();
        });
        socket.on('error', reject);
      });
    } finally {
      await server.stop();
    }
  });

  it('keeps its certificate, for all addresses of the machine, until it is about to expire', async () => {
    const now = Date.now();
    const first = await selfMadeCertificate(folder, now);
    const parsed = new X509Certificate(first.cert);
    for (const address of ['127.0.0.1', '::1', ...lanAddresses()]) expect(parsed.checkIP(address), address).toBeDefined();
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect((await stat(join(folder, 'certificate-key.pem'))).mode & 0o077).toBe(0);
    expect(await selfMadeCertificate(folder, now + 300 * DAY)).toEqual(first);
    expect((await selfMadeCertificate(folder, now + 340 * DAY)).cert).not.toBe(first.cert);
  });

  it('makes a new certificate for a new address, or if the file is torn', async () => {
    const { cert } = await selfMadeCertificate(folder);
    expect([isGood(cert, ['127.0.0.1'], Date.now()), isGood(cert, ['127.0.0.1', '192.0.2.44'], Date.now())]).toEqual([true, false]);
    await writeFile(join(folder, 'certificate.pem'), cert.slice(0, 100));
    expect(isGood((await selfMadeCertificate(folder)).cert, ['127.0.0.1'], Date.now())).toBe(true);
  });

  it('takes a certificate of one\'s own, and says which variable is wrong', async () => {
    const pems = await selfMadeCertificate(folder);
    const [cert, key, other] = ['cert.pem', 'key.pem', 'other.pem'].map((name) => join(folder, name)) as [string, string, string];
    await writeFile(cert, pems.cert);
    await writeFile(key, pems.key);
    await writeFile(other, (await selfMadeCertificate(join(folder, 'other'))).key);
    const start = (paths: { cert: string; key: string }): ReturnType<typeof startTestServer> => startTestServer({
      dataFolder: join(folder, 'data'), parts: { relay: new MemoryRelay() }, env: { PLENUM_TLS_CERT: paths.cert, PLENUM_TLS_KEY: paths.key, PLENUM_HOST: '127.0.0.1' },
    });
    const server = await start({ cert, key });
    expect(server.url).toMatch(/^https:/);
    await server.stop();
    await expect(start({ cert, key: join(folder, 'none.pem') })).rejects.toThrow(/PLENUM_TLS_KEY/);
    await expect(start({ cert, key: other })).rejects.toThrow(StartError);
  });
});
