/** Uploading, publishing and withdrawing scenes over HTTP: who may, what happens, and what is left after things went wrong. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PreviewAddress } from '../../shared/protocol/staff.ts';
import { CHECK_LIMITS } from '../../server/publication/limits.ts';
import { asEntries, sceneFiles, scenePackage } from '../support/scene-package.ts';
import { soon } from '../support/soon.ts';
import { call, openDesk, seen, settled, upload } from '../support/staff-desk.ts';
import type { Desk, DeskOptions } from '../support/staff-desk.ts';
import { zip } from '../support/zip.ts';

const PASSES = 'console.log(JSON.stringify({ ok: true, errors: 0, warnings: 0, drawCalls: 1, triangles: 2, textureBytes: 3, wireBytes: 4, findings: [] }));';
const PATIENCE = 90_000;

let desk: Desk;
let tools: string | null = null;
afterEach(async () => {
  await desk.close();
  if (tools !== null) await rm(tools, { recursive: true });
  tools = null;
});

/** A desk whose check is `source`: quick, or as bad as wanted. */
async function deskWith(source: string, options: DeskOptions = {}): Promise<string> {
  tools = await mkdtemp(join(tmpdir(), 'plenum-tool-'));
  await writeFile(join(tools, 'tool.mjs'), source);
  desk = await openDesk({ ...options, checkTool: join(tools, 'tool.mjs') });
  return (await desk.signIn()).token;
}

/** The folders of scenes in the data folder, once nothing is left of packages. */
async function kept(): Promise<string[]> {
  await soon(() => readdir(join(desk.dataFolder, 'uploads')), 'something of an upload is left').toEqual([]);
  return (await readdir(join(desk.dataFolder, 'scenes'))).sort();
}

/** Uploads a sound package, looks at it and publishes it. @returns its id. */
async function publish(token: string, title: string, replaces: string | null, id = 'pavilion'): Promise<string> {
  const made = await upload(desk, token, await scenePackage({ id, title }));
  await settled(desk, token, made);
  await call(desk, token, `POST /uploads/${made}/preview`);
  const { status, body } = await call(desk, token, `POST /uploads/${made}/publish`, { replaces });
  expect([status, body]).toEqual([204, null]);
  return made;
}

describe('who may', () => {
  it('only members of the secretariat, with a token in force', async () => {
    await deskWith(PASSES);
    const bytes = await scenePackage();
    const routes = [['GET', '/scenes'], ['POST', '/scenes'], ['DELETE', '/uploads/x'], ['POST', '/uploads/x/preview'], ['POST', '/uploads/x/publish'], ['POST', '/scenes/geneva/withdraw']] as const;
    const tries = async (token: string): Promise<unknown[]> => {
      const answers = [];
      for (const [method, path] of routes) answers.push(await call(desk, token, `${method} ${path}`, path === '/scenes' && method === 'POST' ? bytes : undefined));
      return [...new Set(answers.map((answer) => JSON.stringify(answer)))].map((text) => JSON.parse(text) as unknown);
    };
    expect(await tries('')).toEqual([{ status: 401, body: { reason: 'TOKEN_INVALID' } }]);
    expect(await tries('nonsense')).toEqual([{ status: 401, body: { reason: 'TOKEN_INVALID' } }]);
    for (const role of ['delegate', 'chair', 'technician', 'guest'] as const) {
      expect(await tries((await desk.signIn(role)).token)).toEqual([{ status: 403, body: { reason: 'STAFF_ONLY' } }]);
    }
    expect(await tries((await desk.signIn('secretariat', Date.now() - 3_600_000)).token)).toEqual([{ status: 401, body: { reason: 'TOKEN_EXPIRED' } }]);
    const revoked = await desk.signIn();
    await desk.store.passes.revokeAll(revoked.person, Date.now());
    expect(await tries(revoked.token)).toEqual([{ status: 401, body: { reason: 'PASS_REVOKED' } }]);
    expect(await kept()).toEqual([]);
  });
});

describe('from the package to the venue', () => {
  it('a package is checked by the authors\' tool, looked at, published, and brought back after a restart', async () => {
    desk = await openDesk({ census: new Map([['pavilion', 7]]) });
    const { token } = await desk.signIn();
    const id = await upload(desk, token, await scenePackage(), 'C:\\Users\\me\\pavilion v2.zip');
    const checked = await settled(desk, token, id);
    expect(checked).toMatchObject({ state: 'checked', scene: 'pavilion', names: { en: 'Pavilion' }, file: 'pavilion v2.zip', kept: true, uploaded: { name: 'Zuleika Quartermain' }, published: null, report: { fault: null, errors: 0 } });
    expect(checked.report?.figures?.drawCalls).toBeGreaterThan(0);
    expect(await kept()).toEqual([id]);

    expect(await call(desk, token, `POST /uploads/${id}/publish`, { replaces: null })).toEqual({ status: 409, body: { reason: 'UPLOAD_STATE' } });
    expect((await call(desk, token, `POST /uploads/${id}/preview`)).status).toBe(200);
    expect((await call(desk, token, `POST /uploads/${id}/publish`, { replaces: null })).status).toBe(204);
    expect((await seen(desk, token)).scenes).toContainEqual(expect.objectContaining({
      id: 'pavilion', revision: id, upload: id, builtIn: false, first: false, people: 7, previous: null, figures: checked.report?.figures, published: { name: 'Zuleika Quartermain', at: expect.any(Number) as number },
    }));

    const { dataFolder } = desk;
    await desk.close(true);
    desk = await openDesk({ dataFolder });
    expect(desk.library.told).toEqual([`publish pavilion ${id}`]);
    expect(desk.library.folderOf('pavilion')).toBe(join(dataFolder, 'scenes', id));
  }, PATIENCE);

  it('a scene with faults is refused with findings that say where and what to do, and cannot be published', async () => {
    desk = await openDesk();
    const { token } = await desk.signIn();
    const files = await sceneFiles();
    files.delete('navmesh.bin');
    const id = await upload(desk, token, zip(asEntries(files)));
    const refused = await settled(desk, token, id);
    expect(refused).toMatchObject({ state: 'refused', kept: false });
    expect(refused.report?.findings).toContainEqual(expect.objectContaining({ severity: 'error', where: 'navmesh.bin', fix: expect.stringMatching(/\w/) as string }));
    for (const path of ['preview', 'publish']) expect(await call(desk, token, `POST /uploads/${id}/${path}`, { replaces: null })).toEqual({ status: 409, body: { reason: 'UPLOAD_STATE' } });
    expect(await kept()).toEqual([]);
    expect(desk.library.told).toEqual([]);
  }, PATIENCE);

  it('replacing keeps the version before for undo, and no more', async () => {
    const token = await deskWith(PASSES);
    const first = await publish(token, 'One', null);
    const second = await publish(token, 'Two', first);
    expect((await seen(desk, token)).scenes.find(({ id }) => id === 'pavilion')).toMatchObject({ revision: second, names: { en: 'Two' }, previous: first });
    expect((await call(desk, token, `POST /uploads/${first}/publish`, { replaces: second })).status).toBe(204);
    expect((await seen(desk, token)).scenes.find(({ id }) => id === 'pavilion')).toMatchObject({ revision: first, previous: second });
    const third = await publish(token, 'Three', first);
    const { uploads } = await seen(desk, token);
    expect(uploads.map((upload) => [upload.id, upload.state, upload.kept])).toEqual([[third, 'published', true], [second, 'replaced', false], [first, 'replaced', true]]);
    expect(await kept()).toEqual([first, third].sort());
    expect(await call(desk, token, `POST /uploads/${second}/publish`, { replaces: third })).toEqual({ status: 409, body: { reason: 'UPLOAD_STATE' } });
  });

  it('a scene that came with the venue can be replaced, and comes back when the replacement is withdrawn', async () => {
    const token = await deskWith(PASSES);
    const id = await publish(token, 'New Geneva', 'built-in', 'geneva');
    expect((await seen(desk, token)).scenes).toMatchObject([{ id: 'geneva', revision: id, upload: id, builtIn: true, first: true }]);
    expect((await call(desk, token, 'POST /scenes/geneva/withdraw', { revision: id })).status).toBe(204);
    expect((await seen(desk, token)).scenes).toMatchObject([{ id: 'geneva', revision: 'built-in', upload: null, previous: id, published: null }]);
    expect(desk.library.told).toEqual([`publish geneva ${id}`, 'publish geneva built-in']);
    expect(await call(desk, token, 'POST /scenes/geneva/withdraw', { revision: 'built-in' })).toEqual({ status: 409, body: { reason: 'UPLOAD_STATE' } });
  });

  it('the scene that people enter first cannot be withdrawn, but replaced', async () => {
    const token = await deskWith(PASSES, { builtIn: false });
    const geneva = await publish(token, 'Geneva', null, 'geneva');
    const pavilion = await publish(token, 'Pavilion', null);
    expect((await seen(desk, token)).scenes.map(({ id, first }) => [id, first])).toEqual([['geneva', true], ['pavilion', false]]);
    expect(await call(desk, token, 'POST /scenes/geneva/withdraw', { revision: geneva })).toEqual({ status: 409, body: { reason: 'SCENE_NEEDED' } });
    expect((await call(desk, token, 'POST /scenes/pavilion/withdraw', { revision: pavilion })).status).toBe(204);
    await publish(token, 'Geneva again', geneva, 'geneva');
    expect(desk.library.list().map(({ id, names }) => [id, names.en])).toEqual([['geneva', 'Geneva again']]);
  });

  it('what somebody else did in the meantime is not overruled', async () => {
    const token = await deskWith(PASSES);
    const first = await publish(token, 'One', null);
    const second = await upload(desk, token, await scenePackage({ title: 'Two' }));
    await settled(desk, token, second);
    await call(desk, token, `POST /uploads/${second}/preview`);
    expect(await call(desk, token, `POST /uploads/${second}/publish`, { replaces: null })).toEqual({ status: 409, body: { reason: 'SCENE_CHANGED' } });
    const both = await Promise.all([1, 2].map(() => call(desk, token, `POST /uploads/${second}/publish`, { replaces: first })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await call(desk, token, 'POST /scenes/pavilion/withdraw', { revision: first })).toEqual({ status: 409, body: { reason: 'SCENE_CHANGED' } });
    expect(desk.library.told).toEqual([`publish pavilion ${first}`, `publish pavilion ${second}`]);
  });

  it('removing takes the files away; what is published cannot be removed', async () => {
    const token = await deskWith(PASSES);
    const published = await publish(token, 'One', null);
    const other = await upload(desk, token, await scenePackage({ id: 'other' }));
    await settled(desk, token, other);
    expect(await call(desk, token, `DELETE /uploads/${published}`)).toEqual({ status: 409, body: { reason: 'UPLOAD_STATE' } });
    expect((await call(desk, token, `DELETE /uploads/${other}`)).status).toBe(204);
    expect(await call(desk, token, `DELETE /uploads/${other}`)).toEqual({ status: 404, body: { reason: 'UPLOAD_UNKNOWN' } });
    expect((await seen(desk, token)).uploads.map(({ id }) => id)).toEqual([published]);
    expect(await kept()).toEqual([published]);
  });
});

describe('looking at it first', () => {
  it('shows the files below an address that only its owner knows, as what they are, and ends with the upload', async () => {
    const token = await deskWith(PASSES);
    const id = await upload(desk, token, await scenePackage());
    await settled(desk, token, id);
    const { base } = (await call(desk, token, `POST /uploads/${id}/preview`)).body as PreviewAddress;
    expect(base).toMatch(/^\/api\/staff\/preview\/[A-Za-z0-9_-]{43}\/$/);
    const venue = await fetch(`${desk.url}${base}venue.json`);
    expect([venue.status, venue.headers.get('content-type'), venue.headers.get('cache-control')]).toEqual([200, 'application/json; charset=utf-8', 'private, no-store']);
    expect(await venue.json()).toMatchObject({ id: 'pavilion' });
    expect((await fetch(`${desk.url}${base}scene.glb`)).headers.get('content-type')).toBe('model/gltf-binary');
    expect(await (await fetch(`${desk.url}${base}report.json`)).json()).toEqual({ drawCalls: 1, triangles: 2, textureBytes: 3, wireBytes: 4, findings: [] });
    for (const path of ['nothing.json', '..%2f..%2fplenum.sqlite', '%2e%2e/plenum.sqlite', '.hidden.json', 'README.md', '']) {
      expect([path, (await fetch(`${desk.url}${base}${path}`)).status]).toEqual([path, path === '' || path.startsWith('%2e') ? expect.any(Number) as number : 404]);
    }
    const guessed = await fetch(`${desk.url}/api/staff/preview/${'A'.repeat(43)}/venue.json`);
    expect(guessed.status).toBe(404);
    expect(desk.logText()).not.toContain(base.split('/')[4]);
    await call(desk, token, `DELETE /uploads/${id}`);
    expect((await fetch(`${desk.url}${base}venue.json`)).status).toBe(404);
  });
});

describe('when things go wrong', () => {
  it('hostile packages are refused in words, and nothing of them is left', async () => {
    const token = await deskWith(PASSES, { megabytes: 1 });
    const json = Buffer.from('{}');
    const bad: readonly (readonly [string, Uint8Array])[] = [
      ['NOT_A_ZIP', Buffer.from('<!doctype html>')],
      ['PATH', zip([{ name: '../../plenum.sqlite', data: json }])],
      ['SVG', zip([{ name: 'logo.svg', data: Buffer.from('<svg onload="alert(1)"/>') }])],
      ['LINK', zip([{ name: 'venue.json', data: Buffer.from('/etc/passwd'), mode: 0o120777 }])],
      ['RATIO', zip([{ name: 'navmesh.bin', data: Buffer.alloc(3_000_000) }])],
      ['TOO_MANY_FILES', zip(Array.from({ length: 501 }, (_, index) => ({ name: `${index}.json`, data: json })))],
      ['FILE_TOO_LARGE', zip([{ name: 'scene.glb', data: json, size: 4_000_000_000 }])],
    ];
    for (const [fault, bytes] of bad) {
      const refused = await settled(desk, token, await upload(desk, token, bytes));
      expect([refused.state, refused.report?.fault?.code]).toEqual(['refused', fault]);
    }
    expect(await kept()).toEqual([]);
  });

  it('a package beyond the limit is refused by what it announces and by what it is', async () => {
    const token = await deskWith(PASSES, { megabytes: 1 });
    const bytes = Buffer.alloc(2 * 1024 * 1024);
    expect(await call(desk, token, 'POST /scenes?name=big.zip', bytes)).toEqual({ status: 413, body: { reason: 'UPLOAD_TOO_LARGE' } });
    const unannounced = await fetch(`${desk.url}/api/staff/scenes`, {
      method: 'POST', headers: { authorization: `Bearer ${token}` }, duplex: 'half', body: new Blob([bytes]).stream(),
    } as RequestInit);
    expect([unannounced.status, await unannounced.json()]).toEqual([413, { reason: 'UPLOAD_TOO_LARGE' }]);
    expect(await kept()).toEqual([]);
  });

  it('an upload that is cut in the middle leaves nothing, and no line of error', async () => {
    const token = await deskWith(PASSES);
    const cut = request(`${desk.url}/api/staff/scenes?name=cut.zip`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-length': 1_000_000 } });
    cut.on('error', () => undefined);
    cut.write(Buffer.alloc(200_000));
    await soon(async () => (await seen(desk, token)).uploads.map(({ state }) => state).join(), 'the upload is not being received').toBe('receiving');
    cut.destroy();
    await soon(async () => (await seen(desk, token)).uploads.length, 'the upload is still there').toBe(0);
    expect(await kept()).toEqual([]);
    expect(desk.logText()).not.toContain('"level":50');
  });

  it('several at once are received beside each other and checked one after the other; too many are put off', async () => {
    const token = await deskWith(`import { existsSync } from 'node:fs'; if (existsSync(process.argv.at(-1) + '/venue.json')) setTimeout(() => { ${PASSES} }, 300);`);
    const packages = await Promise.all(['a', 'b'].map((id) => scenePackage({ id })));
    const ids = await Promise.all(packages.map((bytes) => upload(desk, token, bytes)));
    const states = (await seen(desk, token)).uploads.map(({ state }) => state);
    expect(states.filter((state) => state === 'checking').length).toBeLessThanOrEqual(1);
    expect((await Promise.all(ids.map((id) => settled(desk, token, id)))).map(({ state, scene }) => [state, scene])).toEqual([['checked', 'a'], ['checked', 'b']]);

    const open = Array.from({ length: 4 }, () => {
      const held = request(`${desk.url}/api/staff/scenes`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-length': 1000 } });
      held.on('error', () => undefined);
      held.write('x');
      return held;
    });
    await soon(async () => (await seen(desk, token)).uploads.filter(({ state }) => state === 'receiving').length, 'they are not being received').toBe(4);
    expect(await call(desk, token, 'POST /scenes', packages[0])).toEqual({ status: 429, body: { reason: 'UPLOAD_BUSY' } });
    for (const held of open) held.destroy();
    await soon(async () => (await seen(desk, token)).uploads.filter(({ state }) => state === 'receiving').length, 'they are still there').toBe(0);
  });

  it('a check that spins, eats memory, talks without end or crashes is ended, and says so', async () => {
    const limits = { ...CHECK_LIMITS, timeMs: 800, heapMegabytes: 64, outputBytes: 50_000 };
    const outcomes: readonly (readonly [string, string])[] = [
      ['CHECK_TIME', 'for (;;);'],
      ['CHECK_MEMORY', 'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));'],
      ['CHECK_OUTPUT', 'for (;;) console.log("x".repeat(10000));'],
      ['CHECK_FAILED', 'process.exit(5);'],
    ];
    const token = await deskWith('', { checkLimits: { ...limits, timeMs: 20_000 } });
    for (const [fault, source] of outcomes) {
      await writeFile(join(tools ?? '', 'tool.mjs'), source);
      if (fault === 'CHECK_TIME') {
        await desk.close(true);
        desk = await openDesk({ dataFolder: desk.dataFolder, checkTool: join(tools ?? '', 'tool.mjs'), checkLimits: limits });
      }
      const refused = await settled(desk, token, await upload(desk, token, await scenePackage()));
      expect([refused.state, refused.report?.fault?.code]).toEqual(['refused', fault]);
      if (fault === 'CHECK_TIME') {
        await desk.close(true);
        desk = await openDesk({ dataFolder: desk.dataFolder, checkTool: join(tools ?? '', 'tool.mjs'), checkLimits: { ...limits, timeMs: 20_000 } });
      }
    }
    expect(await kept()).toEqual([]);
  }, PATIENCE);

  it('a check can be given up', async () => {
    const token = await deskWith('setInterval(() => {}, 1000);');
    const id = await upload(desk, token, await scenePackage());
    await soon(async () => (await seen(desk, token)).uploads[0]?.state, 'it is not being checked').toBe('checking');
    expect((await call(desk, token, `DELETE /uploads/${id}`)).status).toBe(204);
    expect((await seen(desk, token)).uploads).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  it('what a crash leaves in the data folder is cleared away, and missing files are noticed', async () => {
    const token = await deskWith(PASSES);
    const id = await publish(token, 'One', null);
    const { dataFolder } = desk;
    await desk.close(true);
    await mkdir(join(dataFolder, 'uploads', 'half', 'files'), { recursive: true });
    await writeFile(join(dataFolder, 'uploads', 'half', 'package.zip'), 'half');
    await mkdir(join(dataFolder, 'scenes', 'unknown'));
    desk = await openDesk({ dataFolder });
    expect(await kept()).toEqual([id]);
    await desk.close(true);
    await rm(join(dataFolder, 'scenes', id), { recursive: true });
    desk = await openDesk({ dataFolder });
    expect(desk.library.told).toEqual([]);
    expect((await seen(desk, token)).uploads).toMatchObject([{ id, kept: false }]);
    expect(desk.logText()).toContain('missing');
  });

  it('no room on the disk: refused before, and in words if it comes later', async () => {
    const token = await deskWith(PASSES, { freeBytes: () => Promise.resolve(1000) });
    expect(await call(desk, token, 'POST /scenes', await scenePackage())).toEqual({ status: 507, body: { reason: 'DISK_FULL' } });
    expect(await kept()).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('a disk that fills up while a package is unpacked', async () => {
    const token = await deskWith(PASSES, { freeBytes: () => Promise.resolve(1e12) });
    const small = join(desk.dataFolder, 'uploads');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]);
    try {
      const data = Buffer.alloc(900_000, 'no two lines of this are alike: ');
      for (let at = 0; at < data.length; at += 7) data[at] = (at * 31) % 251;
      const refused = await settled(desk, token, await upload(desk, token, zip([{ name: 'a.bin', data }, { name: 'b.bin', data }])));
      expect([refused.state, refused.report?.fault]).toEqual(['refused', { code: 'DISK_FULL', where: '' }]);
      expect(await kept()).toEqual([]);
      const packageItself = zip([{ name: 'a.bin', data: Buffer.alloc(2_000_000, data.subarray(0, 100_003)), method: 0 }]);
      expect(await call(desk, token, 'POST /scenes', packageItself)).toEqual({ status: 507, body: { reason: 'DISK_FULL' } });
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('the log names people and packages by id only', async () => {
    const token = await deskWith(PASSES);
    await publish(token, 'Secret pavilion', null);
    expect(desk.logText()).toContain('a scene was published');
    for (const word of ['Zuleika', 'Quartermain', 'scene.zip', token]) expect(desk.logText()).not.toContain(word);
  });
});
