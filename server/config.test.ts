import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, configTable, loadConfig } from './config.ts';

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('is described in server/README.md as it is', () => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const table = /<!-- variables -->\n([\s\S]*?)\n<!-- \/variables -->/.exec(readme)?.[1];
    expect(table, 'paste the output of configTable() between the "variables" comments').toBe(configTable());
  });

  it('has defaults for everything, on this machine only', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 2567, host: '127.0.0.1', https: { kind: 'off' }, publicUrl: null, extraOrigins: [], trustProxy: 0, dataFolder: resolve('data'), scene: 'geneva', capacity: 1000,
      media: { port: 2568, address: null }, turn: null, passDays: 30, tokenMinutes: 10, retentionDays: 30, metricsToken: null, logLevel: 'info', warnings: [],
    });
  });

  it('takes an empty variable as unset, and surrounding space away', () => {
    expect(loadConfig({ PLENUM_PORT: '', PLENUM_LOG_LEVEL: ' DEBUG ' })).toMatchObject({ port: 2567, logLevel: 'debug' });
  });

  it('reads what is given', () => {
    const config = loadConfig({
      PLENUM_HOST: '*', PLENUM_PUBLIC_URL: 'https://Venue.example.org/', PLENUM_EXTRA_ORIGINS: 'http://localhost:5173, https://a.example', PLENUM_MEDIA_ADDRESS: '2001:db8::1',
      PLENUM_TURN_URLS: 'turn:turn.example.org:3478?transport=udp,turns:turn.example.org', PLENUM_TURN_SECRET: 's', PLENUM_DATA: '/srv/plenum',
    });
    expect(config).toMatchObject({
      host: undefined, publicUrl: 'https://venue.example.org', extraOrigins: ['http://localhost:5173', 'https://a.example'], media: { address: '2001:db8::1' },
      turn: { kind: 'secret', urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org'], secret: 's' }, dataFolder: '/srv/plenum',
    });
  });

  it('opens itself to the network with HTTPS, unless told not to', () => {
    expect(loadConfig({ PLENUM_HTTPS: 'on' })).toMatchObject({ host: undefined, https: { kind: 'self-made' } });
    expect(loadConfig({ PLENUM_HTTPS: 'on', PLENUM_HOST: '127.0.0.1' }).host).toBe('127.0.0.1');
    expect(loadConfig({ PLENUM_TLS_CERT: '/c.pem', PLENUM_TLS_KEY: '/k.pem' }).https).toEqual({ kind: 'files', cert: '/c.pem', key: '/k.pem' });
  });

  it('names every variable that is wrong, at once', () => {
    const bad = {
      PLENUM_PORT: '70000', PLENUM_HTTPS: 'maybe', PLENUM_PUBLIC_URL: 'https://venue.example.org/path', PLENUM_EXTRA_ORIGINS: 'localhost', PLENUM_TRUST_PROXY: '-1', PLENUM_SCENE: '../x',
      PLENUM_CAPACITY: '0', PLENUM_MEDIA_PORT: '1e3', PLENUM_MEDIA_ADDRESS: 'example.org', PLENUM_TURN_URLS: 'http://x', PLENUM_PASS_DAYS: '0', PLENUM_TOKEN_MINUTES: 'ten', PLENUM_RETENTION_DAYS: '1.5',
      PLENUM_METRICS_TOKEN: 'short', PLENUM_LOG_LEVEL: 'loud', PLENUM_TLS_CERT: '/c.pem',
    };
    const problems = problemsOf(bad);
    for (const name of Object.keys(bad).filter((name) => name !== 'PLENUM_TLS_CERT')) {
      expect(problems.filter((line) => line.startsWith(`${name}: `)), name).toHaveLength(1);
    }
    expect(problems.some((line) => line.startsWith('PLENUM_TLS_KEY: '))).toBe(true);
  });

  it('wants TURN servers and credentials together', () => {
    expect(problemsOf({ PLENUM_TURN_URLS: 'turn:a.example' })[0]).toMatch(/^PLENUM_TURN_URLS: needs/);
    expect(problemsOf({ PLENUM_TURN_USERNAME: 'u' })[0]).toMatch(/^PLENUM_TURN_URLS: must be set/);
    expect(loadConfig({ PLENUM_TURN_URLS: 'turn:a.example', PLENUM_TURN_USERNAME: 'u', PLENUM_TURN_CREDENTIAL: 'c' }).turn).toEqual({ kind: 'static', urls: ['turn:a.example'], username: 'u', credential: 'c' });
  });

  it('does not repeat a secret in a message', () => {
    expect(problemsOf({ PLENUM_METRICS_TOKEN: 'hunter2' }).join()).not.toContain('hunter2');
  });

  it('remarks on a variable that it does not know', () => {
    expect(loadConfig({ PLENUM_PROT: '1', PLENUM_DEV_SERVER: 'x', PATH: '/' }).warnings).toEqual([expect.stringContaining('PLENUM_PROT')]);
  });

  it('accepts every port and no other number', () => {
    fc.assert(fc.property(fc.integer({ min: -10, max: 70_000 }), (port) => {
      expect(problemsOf({ PLENUM_PORT: String(port) }).length === 0).toBe(port >= 0 && port <= 65_535);
    }), { seed: 20261121, numRuns: 500 });
  });
});
