/** Broken and hostile input through the real command line, as the check of an upload runs it: a clear refusal in bounded time and memory, and nothing written. */
import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SOURCE_FILE, pack } from './pack.ts';
import { goodScene, goodVenue, temporaryFolder, writeFolder } from './testing.ts';
import { HOSTILE_MODELS } from './testing/hostile-models.ts';

/** Memory for JavaScript objects, megabytes; and all that the process may take, kilobytes. */
const [HEAP, MOST_MEMORY] = [512, 1_500_000];
/** Milliseconds after which a run counts as hanging, on a machine that has other things to do. */
const HANGS = 120_000;
/** Tells the most memory that the process had, at its end. */
const MEMORY = 'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS+"\\n"))';

interface Run {
  code: number | null;
  /** The last line of standard output. */
  result: { ok?: boolean; findings?: { severity: string; code: string; where: string; message: string; fix: string }[] };
  memory: number;
}

function run(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP}`, '--import', MEMORY, path.join(import.meta.dirname, 'cli.ts'), ...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'], timeout: HANGS, killSignal: 'SIGKILL' });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      if (last === '') reject(new Error(`No result, exit code ${code ?? 'none'}: ${err.slice(0, 2000)}`));
      else resolve({ code, result: JSON.parse(last) as Run['result'], memory: Number(/peak (\d+)/.exec(err)?.[1] ?? NaN) });
    });
  });
}

/** Every file below a folder with its contents, for comparison. */
async function contents(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return new Map(await Promise.all(files.map(async (entry): Promise<[string, string]> => [path.join(entry.parentPath, entry.name), (await readFile(path.join(entry.parentPath, entry.name))).toString('base64')])));
}

function expectRefusal({ code, result, memory }: Run, expected: string | RegExp): void {
  const errors = (result.findings ?? []).filter(({ severity }) => severity === 'error');
  expect([code, result.ok]).toEqual([1, false]);
  expect(errors.map((finding) => finding.code)).toContainEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  for (const finding of errors) {
    for (const text of [finding.where, finding.message, finding.fix]) expect(text).toMatch(/\S/);
    expect(`${finding.where} ${finding.message} ${finding.fix}`.length).toBeLessThan(1000);
  }
  expect(memory).toBeLessThan(MOST_MEMORY);
}

it('has at least forty of them', () => {
  expect(HOSTILE_MODELS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(HOSTILE_MODELS.map(({ name }) => name)).size).toBe(HOSTILE_MODELS.length);
});

describe('pack refuses', () => {
  it.each(HOSTILE_MODELS)('$name', { timeout: HANGS }, async ({ code, make }) => {
    await using folder = await temporaryFolder();
    await mkdir(path.join(folder.path, path.dirname(SOURCE_FILE)), { recursive: true });
    await writeFile(path.join(folder.path, SOURCE_FILE), await make());
    const before = await contents(folder.path);
    expectRefusal(await run('pack', folder.path), code);
    expect(await contents(folder.path)).toEqual(before);
  });
});

interface HostileFolder {
  name: string;
  code: string | RegExp;
  spoil: (folder: string) => Promise<unknown>;
}

const venueWith = (folder: string, part: object): Promise<void> => writeFile(path.join(folder, 'venue.json'), JSON.stringify({ ...goodVenue(), ...part }));

async function layoutWith(folder: string, part: object): Promise<void> {
  const file = path.join(folder, 'layout.json');
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), ...part }));
}

const ENVIRONMENT = Buffer.from([0x86, 0x16, 0x87, 0x96, 0xf6, 0xd6, 0x96, 0x36]);
const HOSTILE_FOLDERS: readonly HostileFolder[] = [
  { name: 'a layout of wrong types', code: 'bad-schema', spoil: (folder) => layoutWith(folder, { seats: 'all', spawnPoints: [null], spaces: { id: 1 } }) },
  { name: 'a layout that refers to nothing', code: 'dangling', spoil: (folder) => layoutWith(folder, { nameplates: [{ id: 'a', node: 'gone', seat: 'gone', aspect: 1 }] }) },
  { name: 'a layout of 100,000 seats', code: 'too-many', spoil: (folder) => layoutWith(folder, { seats: Array.from({ length: 100_000 }, (_, index) => ({ id: `s${index}`, position: [0, 0, 0], yaw: 0, height: 0.4, space: null })) }) },
  { name: 'a layout of 20 MB', code: 'too-large', spoil: (folder) => writeFile(path.join(folder, 'layout.json'), `{"version":1,"spawnPoints":[${'0,'.repeat(10_000_000)}0]}`) },
  { name: 'a layout that is nested a million deep', code: /bad-json|bad-schema/, spoil: (folder) => writeFile(path.join(folder, 'layout.json'), '['.repeat(1_000_000)) },
  { name: 'an environment above the folder', code: 'bad-schema', spoil: (folder) => venueWith(folder, { environment: { file: '../../etc/passwd', intensity: 1 } }) },
  { name: 'an environment that is the folder above', code: /bad-schema|odd-file/, spoil: (folder) => venueWith(folder, { environment: { file: '..', intensity: 1 } }) },
  { name: 'an environment of rubbish', code: 'bad-media', spoil: async (folder) => {
    await venueWith(folder, { environment: { file: 'sky.env', intensity: 1 } });
    await writeFile(path.join(folder, 'sky.env'), Buffer.concat([ENVIRONMENT, Buffer.from('{"width":'), Buffer.alloc(100, 0x41)]));
  } },
  { name: 'names of the prototype', code: 'unused-name', spoil: (folder) => writeFile(path.join(folder, 'venue.json'), JSON.stringify(goodVenue()).replace('"names":{', `"names":{"__proto__":${JSON.stringify(goodVenue().names['scene'])},"constructor":${JSON.stringify(goodVenue().names['scene'])},`).replace('"podium":', '"no":')) },
  { name: 'a light map that is a link out of the folder', code: 'odd-file', spoil: async (folder) => {
    await rm(path.join(folder, 'lightmap.webp'));
    await symlink('/etc/passwd', path.join(folder, 'lightmap.webp'));
  } },
  { name: 'a light map that is a folder', code: 'odd-file', spoil: async (folder) => {
    await rm(path.join(folder, 'lightmap.webp'));
    await mkdir(path.join(folder, 'lightmap.webp'));
  } },
  { name: 'a light map that is a drawing with a script', code: 'bad-media', spoil: (folder) => writeFile(path.join(folder, 'lightmap.webp'), '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>') },
  { name: 'a model that is a link', code: 'odd-file', spoil: async (folder) => {
    await rm(path.join(folder, 'scene.glb'));
    await symlink('/etc/passwd', path.join(folder, 'scene.glb'));
  } },
  { name: 'a navigation mesh of rubbish', code: 'bad-navmesh', spoil: (folder) => writeFile(path.join(folder, 'navmesh.bin'), Buffer.alloc(100_000, 0xff)) },
  { name: 'a model with a picture elsewhere', code: 'external-uri', spoil: (folder) => writeFile(path.join(folder, 'scene.glb'), HOSTILE_MODELS.find(({ name }) => name === 'a picture on another host')?.make() as Uint8Array) },
  { name: 'a model of 30,000 nodes', code: 'too-many-nodes', spoil: (folder) => writeFile(path.join(folder, 'scene.glb'), HOSTILE_MODELS.find(({ name }) => name === 'a tree of 30,000 nodes')?.make() as Uint8Array) },
];

describe('check refuses', () => {
  let good: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    good = await temporaryFolder();
    await writeFolder(good.path, await goodScene());
    await pack(good.path);
    await rm(path.join(good.path, 'source'), { recursive: true });
  });
  afterAll(async () => {
    await good[Symbol.asyncDispose]();
  });

  it.each(HOSTILE_FOLDERS)('$name', { timeout: HANGS }, async ({ code, spoil }) => {
    await using folder = await temporaryFolder();
    await cp(good.path, folder.path, { recursive: true });
    await spoil(folder.path);
    const outcome = await run('check', folder.path);
    if (code === 'unused-name') expect(outcome.result.findings?.map((finding) => finding.code)).toContain(code);
    else expectRefusal(outcome, code);
    expect(outcome.memory).toBeLessThan(MOST_MEMORY);
  });
});
