import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EXIT, main } from './cli.ts';
import { goodScene, goodVenue, temporaryFolder, writeFolder } from './testing.ts';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** The final line of a run with --json. */
function lastLine(out: string): Record<string, unknown> {
  return JSON.parse(out.split('\n').at(-1) ?? '') as Record<string, unknown>;
}

describe('the command line', () => {
  it('packs and checks a good scene: tables for people, exit code 0', async () => {
    await using folder = await temporaryFolder();
    await writeFolder(folder.path, await goodScene());
    const packed = await run('pack', folder.path);
    expect(packed.code).toBe(EXIT.fine);
    expect(packed.out).toMatch(/^ +before +after\nfile +\d+\.\d KB +\d\.\d KB +1\/\d\.\d\nnodes +18 +3 +1\/6\.0\n/);
    expect(packed.out).toMatch(/\nscene\.glb +\d\.\d KB\nlayout\.json +\d\.\d KB\nnavmesh\.bin +\d\.\d KB$/);
    expect(packed.err).toContain('pack: compressing geometry');
    const checked = await run('check', folder.path);
    expect(checked.code).toBe(EXIT.fine);
    expect(checked.out).toMatch(/^ +used +budget\ndraw calls +3 +100 +3%\ntriangles +60 +300,000 +0%\n/);
  });

  it('ends in one JSON line with --json', async () => {
    await using folder = await temporaryFolder();
    await writeFolder(folder.path, await goodScene());
    const packed = await run('pack', '--json', folder.path);
    expect(packed.out.split('\n')).toHaveLength(1);
    expect(lastLine(packed.out)).toMatchObject({ ok: true, errors: 0, warnings: 0, before: { drawCalls: 13 }, after: { drawCalls: 3 }, findings: [] });
    const checked = await run('check', folder.path, '--json');
    expect(lastLine(checked.out)).toMatchObject({ ok: true, errors: 0, warnings: 0, drawCalls: 3, triangles: 60, textureBytes: 360_448 });
    expect(lastLine(checked.out)['wireBytes']).toBeGreaterThan(1000);
  });

  it('tells errors and warnings, exit code 1', async () => {
    await using folder = await temporaryFolder();
    const venue = goodVenue();
    venue.budgets['drawCalls'] = 120;
    delete venue.names['west'];
    await writeFolder(folder.path, await goodScene(), venue);
    await run('pack', folder.path);
    const people = await run('check', folder.path);
    expect(people.code).toBe(EXIT.sceneErrors);
    expect(people.err).toContain('error: venue.json at names: the space "west" has no name.');
    expect(people.err).toContain('warning: venue.json at budgets.drawCalls: 120 is more');
    expect(people.err).toMatch(/1 error, 1 warning$/);
    const scripts = await run('check', folder.path, '--json');
    expect(scripts.code).toBe(EXIT.sceneErrors);
    expect(lastLine(scripts.out)).toMatchObject({ ok: false, errors: 1, warnings: 1, findings: [{ severity: 'error', code: 'no-name' }, { severity: 'warning', code: 'large-budget' }] });
  });

  it('tells why a command could not go on, exit code 1, also as JSON', async () => {
    await using folder = await temporaryFolder();
    const people = await run('pack', folder.path);
    expect([people.code, people.out]).toEqual([EXIT.sceneErrors, '']);
    expect(people.err).toContain('error: source/build/scene.glb: the raw export is not there.');
    expect(lastLine((await run('pack', folder.path, '--json')).out)).toMatchObject({ ok: false, errors: 1, findings: [{ code: 'no-source' }] });
  });

  it('tells how it is used, exit code 2', async () => {
    await using folder = await temporaryFolder();
    const cases: [string[], string][] = [
      [['boil', folder.path], 'There is no command "boil".'],
      [['pack'], 'pack wants one scene folder.'],
      [['pack', folder.path, folder.path], 'pack wants one scene folder.'],
      [['pack', path.join(folder.path, 'nowhere')], 'is not a folder.'],
      [['pack', folder.path, '--max-texture', 'big'], '--max-texture wants a whole number from 1 to 8192, not "big".'],
      [['pack', folder.path, '--quality', '101'], '--quality wants a whole number from 1 to 100, not "101".'],
      [['check', folder.path, '--quick'], "Unknown option '--quick'"],
    ];
    for (const [args, message] of cases) {
      const { code, err } = await run(...args);
      expect(code, args.join(' ')).toBe(EXIT.usage);
      expect(err).toContain(message);
      expect(err).toContain('npm run scene -- COMMAND FOLDER');
    }
    expect((await run()).code).toBe(EXIT.usage);
    expect((await run('help')).code).toBe(EXIT.fine);
    expect((await run('pack', '--help')).out).toContain('--max-texture N');
  });

  it('tells of its own failure with the stack, exit code 3', async () => {
    await using folder = await temporaryFolder();
    await writeFile(path.join(folder.path, 'file'), '');
    const { code, err } = await run('pack', folder.path, '--input', 'file/below');
    expect(code).toBe(EXIT.failure);
    expect(err).toContain('ENOTDIR');
  });

  it('runs as a program', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'cli.ts'), 'help']);
    expect(stdout).toContain('pack FOLDER');
    expect(stdout).toContain('check FOLDER');
  });
});
