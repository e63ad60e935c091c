/** Light maps through Blender, where it is installed. The script that does it, `lightmaps.py`, is ours; Blender is not. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { SceneError } from '../findings.ts';

const SCRIPT = path.join(import.meta.dirname, 'lightmaps.py');

export interface LightMapOptions {
  /** Pixels across. */
  size?: number;
  /** Samples a pixel. */
  samples?: number;
}

export const LIGHT_MAP_DEFAULTS: Required<LightMapOptions> = { size: 1024, samples: 64 };

export interface LightMapReport {
  /** What baked them: `blender 3.4.1`. */
  by: string;
  maps: { file: string; size: number; seconds: number; objects: number; texelsPerMetre: number; intensity: number; clipped: number }[];
}

const Report = z.object({
  by: z.string(),
  maps: z.array(z.object({ file: z.string().regex(/^[A-Za-z0-9_-]+\.webp$/), size: z.number(), seconds: z.number(), objects: z.number(), texelsPerMetre: z.number(), intensity: z.number(), clipped: z.number() })),
});

export interface BakedLightMaps {
  /** The scene with a second texture map and the materials' marks. */
  model: Uint8Array;
  /** The light maps, by file name. */
  pictures: Record<string, Uint8Array>;
  report: LightMapReport;
}

/** A way to run Blender: command and arguments before the script. */
export interface Blender {
  command: string;
  arguments: readonly string[];
}

/** Tried in this order; PLENUM_BLENDER names another. */
function candidates(): Blender[] {
  const named = process.env['PLENUM_BLENDER'];
  return [
    ...(named ? [asProgram(named)] : []),
    { command: 'python3', arguments: [] },
    asProgram('blender'),
    asProgram('/Applications/Blender.app/Contents/MacOS/Blender'),
  ];
}

function asProgram(command: string): Blender {
  return { command, arguments: ['--background', '--factory-startup', '--python-exit-code', '1', '--python'] };
}

/** Blender as a Python module (`pip install bpy`), or as a program; undefined if neither is there. */
export async function findBlender(): Promise<Blender | undefined> {
  for (const blender of candidates()) {
    const python = blender.arguments.length === 0;
    const test = python ? ['-c', 'import bpy, numpy'] : ['--version'];
    if (await succeeds(blender.command, test)) return blender;
  }
  return undefined;
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: 60_000 });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

const NO_BLENDER = {
  code: 'no-blender', where: 'light maps', message: 'they need Blender, which was not found.',
  fix: 'Install it (Debian: apt-get install blender python3-numpy; anywhere: pip install bpy), or set PLENUM_BLENDER to its path. Without --lightmaps, light is baked into vertex colours and needs nothing.',
};

/**
 * Lets Blender bake light maps of everything that stands still, is drawn once and has no light map yet.
 * @param input the export
 * @throws SceneError `no-blender` if it is not installed, `blender-failed` with its last words
 */
export async function bakeLightMaps(input: string, options: LightMapOptions, progress: (step: string) => void): Promise<BakedLightMaps> {
  const { size, samples } = { ...LIGHT_MAP_DEFAULTS, ...options };
  const blender = await findBlender();
  if (!blender) throw SceneError.of(NO_BLENDER);
  const folder = await mkdtemp(path.join(tmpdir(), 'plenum-lightmaps-'));
  try {
    await runBlender(blender, ['--', input, folder, String(size), String(samples)], progress);
    const report = Report.parse(JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8')));
    const pictures = Object.fromEntries(await Promise.all(report.maps.map(async ({ file }) => [file, new Uint8Array(await readFile(path.join(folder, file)))] as const)));
    return { model: new Uint8Array(await readFile(path.join(folder, 'scene.glb'))), pictures, report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The script says its progress in lines of this form; the rest is Blender's. */
const STEP = /^lightmaps: (.+)$/;

function runBlender(blender: Blender, args: readonly string[], progress: (step: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(blender.command, [...blender.arguments, SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const last: string[] = [];
    let rest = '';
    const read = (text: string): void => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const step = STEP.exec(line)?.[1];
        if (step !== undefined) progress(step);
        last.push(line);
        if (last.length > 12) last.shift();
      }
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', read);
    child.once('error', (cause) => reject(SceneError.of(NO_BLENDER, cause)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(SceneError.of({ code: 'blender-failed', where: 'light maps', message: `Blender stopped with code ${String(code)}: ${last.join(' / ').slice(-600)}`, fix: 'Without --lightmaps, light is baked into vertex colours.' }));
    });
  });
}
