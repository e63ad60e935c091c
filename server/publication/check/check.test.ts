import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadReport } from '../../../shared/protocol/staff.ts';
import { CHECK_LIMITS } from '../limits.ts';
import type { CheckLimits } from '../limits.ts';
import { PackageError } from '../package/fault.ts';
import { checkScene } from './check.ts';

const GENEVA = fileURLToPath(new URL('../../../assets/scenes/geneva', import.meta.url));
const FINDING = { severity: 'warning', code: 'c', where: 'w', message: 'm', fix: 'f' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-check-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs `source` in the place of the authors' tool. */
async function withTool(source: string, limits: Partial<CheckLimits> = {}, signal = new AbortController().signal): Promise<UploadReport> {
  const tool = join(folder, 'tool.mjs');
  await writeFile(tool, source);
  return checkScene(folder, { limits: { ...CHECK_LIMITS, ...limits }, signal, tool });
}

async function fault(source: string, limits: Partial<CheckLimits> = {}): Promise<string> {
  const error: unknown = await withTool(source, limits).then(() => null, (reason: unknown) => reason);
  if (!(error instanceof PackageError)) throw new Error('there was a verdict', { cause: error });
  return error.fault;
}

describe('the check of a scene', () => {
  it('is the authors\' own, with the same figures', async () => {
    const report = await checkScene(GENEVA, { limits: CHECK_LIMITS, signal: new AbortController().signal });
    expect(report).toMatchObject({ fault: null, errors: 0 });
    expect(report.figures?.drawCalls).toBeGreaterThan(10);
    expect(report.figures?.triangles).toBeGreaterThan(100_000);
  }, 60_000);

  it('tells what is wrong, where, and what to do', async () => {
    const report = await checkScene(folder, { limits: CHECK_LIMITS, signal: new AbortController().signal });
    expect(report.errors).toBeGreaterThanOrEqual(4);
    expect(report.findings[0]).toEqual({ severity: 'error', code: 'missing-file', where: 'scene.glb', message: expect.any(String) as string, fix: expect.stringContaining('pack') as string });
  }, 60_000);

  it('puts errors first, and keeps a hundred findings of at most 600 characters', async () => {
    const findings = [...Array.from({ length: 150 }, () => ({ ...FINDING, message: 'x'.repeat(5000) })), { ...FINDING, severity: 'error' }];
    const report = await withTool(`console.log(${JSON.stringify(JSON.stringify({ ok: false, errors: 1, warnings: 150, findings }))}); process.exitCode = 1;`);
    expect([report.errors, report.warnings, report.findings.length, report.findings[0]?.severity]).toEqual([1, 150, 100, 'error']);
    expect(report.findings[1]?.message).toHaveLength(600);
    expect(report.figures).toBeNull();
  });
});

describe('the limits', () => {
  it('end a check that spins', async () => {
    expect(await fault('for (;;);', { timeMs: 700 })).toBe('CHECK_TIME');
  });

  it('end a check that waits for ever, and one that will not be ended', async () => {
    expect(await fault('setInterval(() => {}, 1000);', { timeMs: 700 })).toBe('CHECK_TIME');
    expect(await fault('process.on("SIGTERM", () => {}); for (;;);', { timeMs: 700 })).toBe('CHECK_TIME');
  });

  it('end a check whose objects grow', async () => {
    expect(await fault('const kept = []; for (;;) kept.push({ a: kept.length });', { heapMegabytes: 64 })).toBe('CHECK_MEMORY');
  }, 60_000);

  it.skipIf(process.platform !== 'linux')('end a check that takes memory outside the heap', async () => {
    const greedy = 'const kept = []; for (;;) kept.push(Buffer.alloc(64 * 1024 * 1024, 1));';
    expect(await fault(greedy, { dataMegabytes: 700 })).toBe('CHECK_MEMORY');
    const wasm = 'const kept = []; for (;;) { const memory = new WebAssembly.Memory({ initial: 1000 }); new Uint8Array(memory.buffer).fill(1); kept.push(memory); }';
    expect(await fault(wasm, { dataMegabytes: 700 })).toBe('CHECK_MEMORY');
  }, 60_000);

  it('end a check that talks too much', async () => {
    expect(await fault('for (;;) console.log("x".repeat(10000));', { outputBytes: 100_000 })).toBe('CHECK_OUTPUT');
  });

  it('a check that says nothing of use, or crashes, has not passed', async () => {
    expect(await fault('')).toBe('CHECK_FAILED');
    expect(await fault('console.log("ok")')).toBe('CHECK_FAILED');
    expect(await fault('console.log(JSON.stringify({ ok: true }))')).toBe('CHECK_FAILED');
    expect(await fault('throw new Error("broken")')).toBe('CHECK_FAILED');
    expect(await fault('process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);')).toBe('CHECK_FAILED');
    const passed = JSON.stringify(JSON.stringify({ ok: true, errors: 0, warnings: 0, findings: [] }));
    expect(await fault(`console.log(${passed}); process.exitCode = 3;`)).toBe('CHECK_FAILED');
  });

  it('the tool cannot write, read elsewhere, start anything, or see our environment', async () => {
    process.env['PLENUM_TEST_SECRET'] = 'secret';
    const tried = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { spawnSync } from 'node:child_process';
      const blocked = (what) => { try { what(); return 'possible'; } catch (error) { return error.code; } };
      const findings = [
        blocked(() => writeFileSync(${JSON.stringify(join(folder, 'out.txt'))}, 'x')),
        blocked(() => readFileSync('/etc/passwd')),
        blocked(() => spawnSync('true')),
        String(process.env.PLENUM_TEST_SECRET),
      ].map((message) => ({ severity: 'notice', code: 'c', where: 'w', message, fix: 'f' }));
      console.log(JSON.stringify({ ok: true, errors: 0, warnings: 0, findings }));`;
    const report = await withTool(tried);
    delete process.env['PLENUM_TEST_SECRET'];
    expect(report.findings.map(({ message }) => message)).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED', 'undefined']);
  });

  it('it ends with the server\'s patience', async () => {
    const control = new AbortController();
    const running = withTool('setInterval(() => {}, 1000);', {}, control.signal);
    control.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
  });
});
