import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zip } from '../../../tests/support/zip.ts';
import type { ZipFile } from '../../../tests/support/zip.ts';
import type { PackageLimits } from '../limits.ts';
import { PackageError } from './fault.ts';
import { unpack } from './unpack.ts';

const LIMITS: PackageLimits = { packageBytes: 1e6, unpackedBytes: 3e6, jsonBytes: 20_000, files: 20, ratio: 100, ratioFromBytes: 100_000 };

const json = (name: string, text = '{}'): ZipFile => ({ name, data: Buffer.from(text) });
/** A picture by its signature; the rest does not repeat itself, so that it does not shrink. */
function webp(name: string, bytes = 64): ZipFile {
  const data = Buffer.alloc(bytes);
  for (let index = 0, state = 7; index < bytes; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    data[index] = state >>> 16;
  }
  data.write('RIFF', 0, 'latin1');
  data.write('WEBP', 8, 'latin1');
  return { name, data };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plenum-unpack-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function unpacked(archive: Uint8Array, limits = LIMITS, signal = new AbortController().signal): Promise<readonly string[]> {
  const into = join(folder, 'files');
  await mkdir(into);
  await writeFile(join(folder, 'package.zip'), archive);
  return unpack(join(folder, 'package.zip'), into, { limits, signal });
}

/** The fault, and that nothing stands outside the folder. */
async function refusal(archive: Uint8Array, limits = LIMITS): Promise<readonly [string, string]> {
  const error: unknown = await unpacked(archive, limits).then(() => null, (reason: unknown) => reason);
  expect((await readdir(folder)).sort()).toEqual(['files', 'package.zip']);
  if (!(error instanceof PackageError)) throw new Error('it was not refused as a package', { cause: error });
  return [error.fault, error.where];
}

describe('a sound package', () => {
  it('is unpacked, stored and deflated files alike, byte for byte', async () => {
    const picture = webp('lightmap.webp', 70_000);
    const files = [json('venue.json', '{"version":1}'), picture, { ...json('layout.json', '[1]'), method: 0 }, { name: 'empty.txt', data: Buffer.alloc(0) }];
    expect(await unpacked(zip(files))).toEqual(['venue.json', 'lightmap.webp', 'layout.json', 'empty.txt']);
    expect(await readFile(join(folder, 'files', 'lightmap.webp'))).toEqual(Buffer.from(picture.data));
    expect(await readFile(join(folder, 'files', 'layout.json'), 'utf8')).toBe('[1]');
    expect((await readdir(join(folder, 'files'))).length).toBe(4);
  });

  it('may hold what file managers add: it is left out', async () => {
    const dross = [json('__MACOSX/._venue.json'), json('.DS_Store'), json('Thumbs.db')];
    expect(await unpacked(zip([json('venue.json'), ...dross]))).toEqual(['venue.json']);
    expect(await readdir(join(folder, 'files'))).toEqual(['venue.json']);
  });
});

describe('a hostile or broken package is refused', () => {
  const bad: readonly (readonly [string, () => Uint8Array, readonly [string, string]])[] = [
    ['no zip at all', () => Buffer.from('hello, this is no archive, but longer than an end record of one'), ['NOT_A_ZIP', '']],
    ['nothing', () => Buffer.alloc(0), ['NOT_A_ZIP', '']],
    ['an archive without files', () => zip([]), ['NOT_A_ZIP', '']],
    ['cut off', () => zip([json('venue.json'), webp('a.webp', 5000)]).subarray(0, 3000), ['NOT_A_ZIP', '']],
    ['more entries claimed than are there', () => zip([json('a.json')], { entryCount: 7 }), ['ZIP_DAMAGED', '']],
    ['garbage where the data should be', () => {
      const archive = zip([webp('a.webp', 5000)]);
      archive.fill(0xff, 60, 2000);
      return archive;
    }, ['ZIP_DAMAGED', 'a.webp']],
    ['a wrong checksum', () => zip([{ ...json('a.json'), crc: 1 }]), ['ZIP_DAMAGED', 'a.json']],
    ['encrypted', () => zip([{ ...json('a.json'), flags: 0x801 }]), ['ZIP_ENCRYPTED', 'a.json']],
    ['another compression', () => zip([{ ...json('a.json'), method: 12 }]), ['ZIP_METHOD', 'a.json']],
    ['a path upwards', () => zip([json('../venue.json')]), ['PATH', '../venue.json']],
    ['a path upwards, the Windows way', () => zip([json('..\\venue.json')]), ['PATH', '..\\venue.json']],
    ['a path upwards in the middle', () => zip([json('a/../../venue.json')]), ['PATH', 'a/../../venue.json']],
    ['an absolute path', () => zip([json('/etc/venue.json')]), ['PATH', '/etc/venue.json']],
    ['an absolute path with a drive', () => zip([json('C:\\venue.json')]), ['PATH', 'C:\\venue.json']],
    ['a NUL in the name', () => zip([json('venue.json\0.webp')]), ['PATH', 'venue.json?.webp']],
    ['a folder', () => zip([{ name: 'scene/', data: Buffer.alloc(0) }]), ['FOLDER', 'scene/']],
    ['a file in a folder', () => zip([json('scene/venue.json')]), ['FOLDER', 'scene/venue.json']],
    ['a symbolic link', () => zip([{ ...json('venue.json', '/etc/passwd'), mode: 0o120777 }]), ['LINK', 'venue.json']],
    ['a device', () => zip([{ ...json('venue.json'), mode: 0o020666 }]), ['LINK', 'venue.json']],
    ['a file twice', () => zip([json('venue.json'), json('venue.json', '[]')]), ['DUPLICATE', 'venue.json']],
    ['a file twice but for the case', () => zip([json('venue.json'), json('Venue.json', '[]')]), ['DUPLICATE', 'Venue.json']],
    ['a hidden file', () => zip([json('.htaccess.json')]), ['NAME', '.htaccess.json']],
    ['a name that runs the other way', () => zip([json('scene\u202enosj.json')]), ['NAME', 'scene?nosj.json']],
    ['a page', () => zip([json('index.html', '<script>alert(1)</script>')]), ['KIND', 'index.html']],
    ['a script', () => zip([json('scene.js', 'alert(1)')]), ['KIND', 'scene.js']],
    ['a zip in the zip', () => zip([{ name: 'inner.zip', data: zip([json('a.json')]) }]), ['KIND', 'inner.zip']],
    ['a kind by its last ending only', () => zip([json('scene.glb.exe')]), ['KIND', 'scene.glb.exe']],
    ['an SVG', () => zip([json('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')]), ['SVG', 'logo.svg']],
    ['an SVG, shouted', () => zip([json('logo.SVG')]), ['SVG', 'logo.SVG']],
    ['a page that calls itself a picture', () => zip([json('poster.png', '<!doctype html><script>alert(1)</script>')]), ['CONTENT', 'poster.png']],
    ['a picture shorter than its signature', () => zip([json('poster.webp', 'RIFF')]), ['CONTENT', 'poster.webp']],
    ['too many files', () => zip(Array.from({ length: 21 }, (_, index) => json(`f${index}.json`))), ['TOO_MANY_FILES', '']],
    ['a bomb that says so', () => zip([{ ...webp('a.webp'), size: 2_000_000_000 }]), ['FILE_TOO_LARGE', 'a.webp']],
    ['a bomb in many files', () => zip([1, 2, 3, 4].map((number) => webp(`a${number}.webp`, 900_000))), ['UNPACKED_TOO_LARGE', '']],
    ['a bomb of zeros', () => zip([{ name: 'a.bin', data: Buffer.alloc(2_000_000) }]), ['RATIO', 'a.bin']],
    ['a bomb that lies about its size', () => zip([{ name: 'a.bin', data: Buffer.alloc(2_500_000), size: 50_000 }]), ['ZIP_DAMAGED', 'a.bin']],
    ['a file that is shorter than it says', () => zip([{ ...json('a.json'), size: 500 }]), ['ZIP_DAMAGED', 'a.json']],
    ['files that share their bytes', () => {
      const shared = webp('a0.webp', 100_000);
      return zip([shared, ...Array.from({ length: 5 }, (_, index) => ({ ...shared, name: `a${index + 1}.webp`, sharesBytes: true }))]);
    }, ['ZIP_OVERLAP', '']],
    ['a text as large as a picture may be', () => zip([json('layout.json', 'x'.repeat(30_000))]), ['FILE_TOO_LARGE', 'layout.json']],
  ];

  it.each(bad)('%s', async (_what, archive, fault) => {
    expect(await refusal(archive())).toEqual(fault);
  });

  it('and a bomb is left off where it goes beyond what it said, not at its end', async () => {
    await refusal(zip([{ name: 'a.bin', data: Buffer.alloc(2_500_000), size: 90_000 }]));
    const [file] = await readdir(join(folder, 'files'));
    expect((await readFile(join(folder, 'files', file ?? ''))).byteLength).toBeLessThanOrEqual(90_000);
  });
});

it('ends when it is told to', async () => {
  const control = new AbortController();
  control.abort(new Error('enough'));
  await expect(unpacked(zip([json('a.json')]), LIMITS, control.signal)).rejects.toThrow('enough');
});
