/** The authors' page keeps its word: every command in it runs, every mark in it is one, and every mark there is stands in it. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Venue } from '../../shared/scene/layout.ts';
import { MARKS, MARK_KINDS } from './contract/schema.ts';
import type { MarkKind } from './contract/schema.ts';
import { temporaryFolder } from './testing.ts';

const text = await readFile(path.join(import.meta.dirname, 'README.md'), 'utf8');
const authors = text.slice(0, text.indexOf('# For developers'));
/** Milliseconds that a command may take on a machine that has other things to do. */
const PATIENCE = 400_000;

describe('marks on the page', () => {
  const rows = authors.split('\n').filter((line) => line.startsWith('| `{"kind"'));
  const marks = rows.map((row) => JSON.parse(/`(\{.+?\})`/.exec(row)?.[1] ?? '') as { kind: MarkKind });

  it('are all that there are, in a row each', () => {
    expect(marks.map(({ kind }) => kind).sort()).toEqual([...MARK_KINDS].sort());
  });

  it.each(marks)('$kind is as the schema has it, and shows every property', (mark) => {
    const schema = MARKS[mark.kind];
    expect(schema.safeParse(mark).error?.issues ?? []).toEqual([]);
    const shown = rows[marks.indexOf(mark)] ?? '';
    for (const key of Object.keys(schema.shape)) expect(shown).toContain(`"${key}"`);
  });
});

it('has a venue.json that fits its schema, once its texts are written', () => {
  const sample = JSON.parse(/```json\n([\s\S]+?)```/.exec(authors)?.[1] ?? '') as { names: { scene: Record<string, string> }; exhibits: { vase: { audio: object } } };
  const written = JSON.parse(JSON.stringify(sample).replaceAll('{}', JSON.stringify(sample.names.scene))) as typeof sample;
  written.exhibits.vase.audio = Object.fromEntries(Object.keys(sample.names.scene).map((language) => [language, `vase-${language}.mp3`]));
  expect(Venue.strict().safeParse(written).error?.issues ?? []).toEqual([]);
  expect(Object.keys(Venue.shape).filter((key) => !Object.hasOwn(sample, key))).toEqual([]);
});

it('shows pictures that are there', () => {
  const pictures = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file]) => file ?? '');
  expect(pictures.length).toBeGreaterThanOrEqual(2);
  for (const file of pictures) expect(existsSync(path.join(import.meta.dirname, file)), file).toBe(true);
});

/** Commands of the page, in their order. */
const commands = [...authors.matchAll(/```sh\n([\s\S]+?)```/g)].flatMap(([, block]) => (block ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== ''));
const blender = spawnSync('blender', ['--version'], { stdio: 'ignore' }).status === 0;

describe('commands on the page', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
  });

  it('are those of the tool, and Blender', () => {
    expect(commands.map((command) => command.replace(/^npm run scene -- (\w+).*/, '$1').replace(/^blender .*/, 'blender'))).toEqual(['new', 'preview', 'blender', 'bake', 'pack', 'check']);
  });

  it.each(commands.map((command) => ({ command })))('$command', { timeout: PATIENCE }, async ({ command }) => {
    // Blender is not on every machine; the starter brings what its script exports.
    if (command.startsWith('blender') && !blender) return;
    const [program = '', ...args] = command.replace(/"/g, '').replaceAll('assets/scenes/', `${folder.path}/`).replace('rabat.zip', `${folder.path}/rabat.zip`).split(' ');
    const { code, output } = await run(program === 'npm' ? [process.execPath, path.join(import.meta.dirname, 'cli.ts'), ...args.slice(3)] : [program, ...args], command.includes(' preview '));
    expect(code, output).toBe(0);
    if (command.includes(' check ')) expect(output).toMatch(/^0 errors|^draw calls/m);
    if (command.includes(' pack ')) expect(existsSync(`${folder.path}/rabat.zip`)).toBe(true);
  });
});

/** Runs a command to its end; one that goes on for ever until it says where to look, and is then interrupted. */
function run([program = '', ...args]: string[], forever: boolean): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let stopped = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (data: string) => {
      output += data;
      if (!forever || stopped || !/open http\S+ in a browser/.test(output)) return;
      stopped = true; // a second one would end it in the middle of tidying up
      child.kill('SIGINT');
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code, output });
    });
  });
}
