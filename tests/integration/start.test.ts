/** `npm start` and `npm run roster` as people use them: in processes of their own. Building the client is `npm run build`'s own test's matter. */
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passFromFragment } from '../../shared/protocol/links.ts';
import { runCommand } from '../support/command.ts';
import type { RunningCommand } from '../support/command.ts';

const LINK = /https?:\/\/\S+\/#pass=[0-9a-f]{40}/g;

describe('npm start', () => {
  let folder: string;
  let running: RunningCommand[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plenum-start-'));
    running = [];
  });
  afterEach(async () => {
    for (const { child, exit } of running) {
      child.kill('SIGKILL');
      await exit;
    }
    await rm(folder, { recursive: true });
  });
  const start = (env: Record<string, string> = {}, ...flags: string[]): RunningCommand => {
    const command = runCommand('scripts/start.ts', ['--no-build', ...flags], { PLENUM_DATA: join(folder, 'data'), PLENUM_PORT: '0', PLENUM_MEDIA_PORT: '0', ...env });
    running.push(command);
    return command;
  };
  const roster = async (...args: string[]): Promise<{ code: number | null; text: string }> => {
    const command = runCommand('server/roster.ts', args, { PLENUM_DATA: join(folder, 'data') });
    return { code: await command.exit, text: command.text() };
  };
  const until = (command: RunningCommand, pattern: RegExp): Promise<void> => vi.waitFor(() => expect(command.text()).toMatch(pattern), { timeout: 25_000, interval: 50 });
  const url = (command: RunningCommand): string => /running: (\S+)/.exec(command.text())?.[1] ?? '';
  const session = async (base: string, link: string): Promise<number> => (await fetch(`${base.replace('localhost', '127.0.0.1')}/api/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ pass: passFromFragment(new URL(link).hash) }),
  })).status;
  const stop = async (command: RunningCommand, signal: NodeJS.Signals): Promise<number | null> => {
    command.child.kill(signal);
    return command.exit;
  };

  it('makes a demonstration event once, prints links that work, stops in order, and keeps everything over a restart', async () => {
    const first = start();
    await until(first, /Links for all: npm start -- --links/);
    const links = first.text().match(LINK) ?? [];
    expect(links).toHaveLength(4);
    expect(new Set(links.map((link) => new URL(link).origin))).toEqual(new Set([url(first)]));
    expect(await session(url(first), links[0] ?? '')).toBe(200);
    expect(await stop(first, 'SIGTERM')).toBe(0);
    expect(first.text()).toContain('the server has stopped');

    const second = start();
    await until(second, /Plenum is running/);
    expect(await session(url(second), links[1] ?? '')).toBe(200);
    expect(second.text()).not.toMatch(LINK);
    expect(await stop(second, 'SIGINT')).toBe(0);

    const third = start({}, '--links');
    await until(third, /Links for all/);
    expect(third.text().match(LINK)).toHaveLength(15);
    expect(await session(url(third), third.text().match(LINK)?.[11] ?? '')).toBe(200);
  });

  it('works with the roster command beside it', async () => {
    await writeFile(join(folder, 'people.csv'), 'name,entity,entity type,role,language\nAna,Fiji,member state,delegate,en\n');
    expect(await roster('import', join(folder, 'people.csv'))).toMatchObject({ code: 0, text: expect.stringContaining('1 added') as string });
    const server = start();
    await until(server, /Plenum is running/);
    expect(server.text()).not.toContain('demonstration');
    const [link] = (await roster('links')).text.match(LINK) ?? [];
    expect(await session(url(server), link ?? '')).toBe(200);
    const id = /^(\w+) /.exec((await roster('list')).text)?.[1] ?? '';
    expect(await roster('revoke', id)).toMatchObject({ code: 0 });
    expect(await session(url(server), link ?? '')).toBe(401);
    expect(await roster('erase', id)).toMatchObject({ code: 1, text: expect.stringContaining('--yes') as string });
    expect(await roster('erase', id, '--yes')).toMatchObject({ code: 0 });
    expect((await roster('list')).text).toContain('Nobody');
  });

  it.each([
    ['no command', ['nonsense'], 2, /no command "nonsense"[\s\S]*npm run roster -- import/],
    ['an unknown option', ['list', '--all'], 2, /--all/],
    ['a missing argument', ['revoke'], 2, /exactly one id/],
    ['a missing file', ['import', 'nowhere.csv'], 1, /nowhere\.csv cannot be read/],
    ['no arguments', [], 0, /npm run roster -- import people\.csv/],
  ])('explains the roster command: %s', async (_what, args, code, text) => {
    const result = await roster(...args);
    expect(result).toMatchObject({ code });
    expect(result.text).toMatch(text);
  });

  it('says what is in the way and what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    const takenMedia = createSocket('udp4');
    await new Promise<void>((resolve) => takenMedia.bind(0, () => resolve()));
    await writeFile(join(folder, 'file'), '');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const cases: [Record<string, string>, RegExp][] = [
      [{ PLENUM_PORT: port }, new RegExp(`Port ${port} is in use[\\s\\S]*What to do: .*PLENUM_PORT`)],
      [{ PLENUM_MEDIA_PORT: String(takenMedia.address().port) }, /media relay cannot start[\s\S]*What to do: .*PLENUM_MEDIA_PORT/],
      [{ PLENUM_DATA: join(folder, 'file', 'data') }, /cannot be opened[\s\S]*What to do: .*PLENUM_DATA/],
      [{ PLENUM_PORT: 'many', PLENUM_LOG_LEVEL: 'loud' }, /PLENUM_PORT: "many" must be[\s\S]*PLENUM_LOG_LEVEL: "loud" must be/],
      [{ PLENUM_HOST: '192.0.2.1' }, /no address 192\.0\.2\.1[\s\S]*What to do: .*PLENUM_HOST/],
    ];
    for (const [env, text] of cases) {
      const command = start(env);
      expect(await command.exit, JSON.stringify(env)).toBe(1);
      expect(command.text()).toMatch(text);
      expect(command.text()).not.toMatch(/^\s+at /m);
    }
    takenMedia.close();
    taken.close();
  });
});
