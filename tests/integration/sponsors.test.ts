/** Sponsors and donors over HTTP: who may, what is refused, what becomes of pictures, and what people in the venue are told. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogoAccepted, SponsorFields, StaffSponsors } from '../../shared/protocol/sponsors.ts';
import { LANGUAGES } from '../../shared/protocol/vocabulary.ts';
import type { Language } from '../../shared/protocol/vocabulary.ts';
import { logo, pngBomb } from '../support/logos.ts';
import { soon } from '../support/soon.ts';
import { call, openDesk } from '../support/staff-desk.ts';
import type { Answer, Desk } from '../support/staff-desk.ts';

const PATIENCE = 60_000;
const six = (text: string): Record<Language, string> => Object.fromEntries(LANGUAGES.map((language) => [language, text === '' ? '' : `${text} (${language})`])) as Record<Language, string>;

function fields(change: Partial<SponsorFields> = {}): SponsorFields {
  return { kind: 'sponsor', tier: 'gold', name: 'Atlas Carpets', names: six(''), text: six('Carpets'), link: 'https://atlas.example/', logo: null, booth: null, ...change };
}

let desk: Desk;
let token: string;
beforeEach(async () => {
  desk = await openDesk();
  ({ token } = await desk.signIn());
});
afterEach(() => desk.close());

const logosThere = (): Promise<string[]> => readdir(join(desk.dataFolder, 'logos'));
const send = (bytes: Uint8Array): Promise<Answer> => call(desk, token, 'POST /sponsors/logos', bytes);
const listed = async (): Promise<StaffSponsors['sponsors']> => ((await call(desk, token, 'GET /sponsors')).body as StaffSponsors).sponsors;

async function add(change: Partial<SponsorFields> = {}): Promise<string> {
  const { status, body } = await call(desk, token, 'POST /sponsors', fields(change));
  expect([status, body]).toEqual([201, { id: expect.stringMatching(/^[\w-]{12}$/) as string }]);
  return (body as { id: string }).id;
}

async function accepted(bytes: Uint8Array): Promise<LogoAccepted> {
  const { status, body } = await send(bytes);
  expect([status, (body as { reason?: string }).reason]).toEqual([201, undefined]);
  return body as LogoAccepted;
}

async function reopen(): Promise<void> {
  const { dataFolder } = desk;
  await desk.close(true);
  desk = await openDesk({ dataFolder });
  ({ token } = await desk.signIn());
}

describe('who may', () => {
  it('only members of the secretariat, with a token in force', async () => {
    const id = await add();
    const picture = await logo('#0a7a3c');
    const routes = ['GET /sponsors', 'POST /sponsors', 'POST /sponsors/logos', 'PUT /sponsors/order', `PUT /sponsors/${id}`, `DELETE /sponsors/${id}`];
    const tries = async (held: string): Promise<unknown[]> => {
      const answers = [];
      for (const route of routes) answers.push(JSON.stringify(await call(desk, held, route, route.endsWith('logos') ? picture : route.startsWith('GET') ? undefined : { role: 'secretariat' })));
      return [...new Set(answers)].map((text) => JSON.parse(text) as unknown);
    };
    const { token: delegate } = await desk.signIn('delegate');
    // The same token with another role written into it: its signature does not fit any more.
    const [head = '', claims = '', signature = ''] = delegate.split('.');
    const forged = [head, Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()) as object, role: 'secretariat' })).toString('base64url'), signature].join('.');
    const unsigned = [Buffer.from('{"alg":"none"}').toString('base64url'), claims, ''].join('.');
    for (const held of ['', 'nonsense', forged, unsigned]) expect([held, await tries(held)]).toEqual([held, [{ status: 401, body: { reason: 'TOKEN_INVALID' } }]]);
    for (const held of [delegate, (await desk.signIn('chair')).token, (await desk.signIn('technician')).token]) expect(await tries(held)).toEqual([{ status: 403, body: { reason: 'STAFF_ONLY' } }]);
    expect(await listed()).toHaveLength(1);
    expect(await logosThere()).toEqual([]);
  });
});

describe('entries', () => {
  it('are added, changed by whoever saw them last, ordered within their tier, removed, and kept over a restart', async () => {
    const told: number[] = [];
    desk.sponsors.onChange(() => told.push(desk.sponsors.list().length));
    const atlas = await add({ names: { ...six(''), ar: 'سجاد الأطلس' }, text: { ...six(''), fr: 'Tapis', ru: 'Ковры' } });
    const [well, mint, host] = [await add({ name: 'Well', kind: 'donor', tier: null }), await add({ name: 'Mint' }), await add({ name: 'Host', tier: 'host', booth: 'booth-1' })];
    expect((await listed()).map(({ name }) => name)).toEqual(['Host', 'Atlas Carpets', 'Mint', 'Well']);
    expect(desk.sponsors.list()[1]).toEqual({
      id: atlas, kind: 'sponsor', tier: 'gold', logo: null, link: 'https://atlas.example/', booth: null, textIn: ['fr', 'ru'],
      name: { en: 'Atlas Carpets', fr: 'Atlas Carpets', es: 'Atlas Carpets', ru: 'Atlas Carpets', zh: 'Atlas Carpets', ar: 'سجاد الأطلس' },
      text: { en: 'Tapis', fr: 'Tapis', es: 'Tapis', ru: 'Ковры', zh: 'Tapis', ar: 'Tapis' },
    });
    expect(desk.sponsors.list()[2]?.name).toBe('Mint');

    expect((await call(desk, token, `PUT /sponsors/${atlas}`, { fields: fields({ name: 'Atlas' }), revision: 1 })).status).toBe(204);
    expect(await call(desk, token, `PUT /sponsors/${atlas}`, { fields: fields({ name: 'Stale' }), revision: 1 })).toEqual({ status: 409, body: { reason: 'SPONSOR_CHANGED' } });
    expect((await call(desk, token, 'PUT /sponsors/order', { ids: [mint, atlas, well, host] })).status).toBe(204);
    for (const ids of [[mint, atlas, well], [mint, mint, atlas, well], [mint, atlas, well, host, 'nobody'], [mint, atlas, well, 'nobody']]) {
      expect(await call(desk, token, 'PUT /sponsors/order', { ids })).toEqual({ status: 409, body: { reason: 'SPONSOR_CHANGED' } });
    }
    expect((await listed()).map(({ name }) => name)).toEqual(['Host', 'Mint', 'Atlas', 'Well']);
    expect(await call(desk, token, 'POST /sponsors', fields({ booth: 'booth-1' }))).toEqual({ status: 409, body: { reason: 'BOOTH_TAKEN' } });

    expect((await call(desk, token, `DELETE /sponsors/${host}`)).status).toBe(204);
    for (const what of [`DELETE /sponsors/${host}`, `PUT /sponsors/${host}`]) {
      expect(await call(desk, token, what, { fields: fields(), revision: 1 })).toEqual({ status: 404, body: { reason: 'SPONSOR_UNKNOWN' } });
    }
    expect(told).toEqual([1, 2, 3, 4, 4, 4, 3]);
    const before = await listed();
    await reopen();
    expect(await listed()).toEqual(before);
  });

  it('are refused whole if anything in them is not what it should be', async () => {
    const bad: readonly unknown[] = [
      null, [], {}, { ...fields(), kind: 'owner' }, { ...fields(), tier: 'diamond' }, { ...fields(), name: ' \n ' }, { ...fields(), name: '\u202e\u200e' }, { ...fields(), name: 'a'.repeat(121) },
      { ...fields(), text: { en: 'only' } }, { ...fields(), text: { ...six(''), en: 'a'.repeat(601) } }, { ...fields(), logo: '../../plenum.sqlite' }, { ...fields(), booth: '<script>' },
      ...['javascript:alert(1)', 'JAVASCRIPT:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'http://example.org', '//example.org', 'https://user:pass@example.org', ''].map((link) => ({ ...fields(), link })),
    ];
    for (const body of bad) expect([body, await call(desk, token, 'POST /sponsors', body)]).toEqual([body, { status: 400, body: { reason: 'MESSAGE_INVALID' } }]);
    expect(await call(desk, token, 'POST /sponsors', fields({ logo: 'a'.repeat(32) }))).toEqual({ status: 409, body: { reason: 'LOGO_UNKNOWN' } });
    expect((await call(desk, token, 'POST /sponsors', { ...fields(), name: 'x'.repeat(100_000) })).status).toBe(413);
    expect(await listed()).toEqual([]);
  });

  it('lose the invisible characters that come along when text is pasted', async () => {
    await add({ name: ' A\u202etlas\u0000  Carpets\u200f ', text: { ...six(''), en: 'One\r\n\r\nTwo\u2028Three\u0007 ' } });
    expect((await listed())[0]).toMatchObject({ name: 'Atlas Carpets', text: { en: 'One\n\nTwo\nThree' } });
  });

  it('can have the booths of the scenes that are open', async () => {
    const folder = join(desk.dataFolder, 'square');
    await mkdir(folder);
    const stand = { node: 'wall', aspect: 1, position: [0, 0, 0], yaw: 0 };
    const empty = Object.fromEntries(['seats', 'places', 'spaces', 'zones', 'doors', 'links', 'screens', 'nameplates', 'exhibits', 'panoramas', 'activities', 'docks', 'sounds'].map((key) => [key, []]));
    await writeFile(join(folder, 'layout.json'), JSON.stringify({ version: 1, ...empty, spawnPoints: [{ id: 'door', position: [0, 0, 0], yaw: 0 }], booths: [{ id: 'left', ...stand }, { id: 'right', ...stand }] }));
    await writeFile(join(folder, 'venue.json'), JSON.stringify({ version: 1, id: 'square', names: { scene: six('Square'), left: six('Left') }, credits: [], budgets: { drawCalls: 1, triangles: 1, textureMegabytes: 1, wireMegabytes: 1 } }));
    desk.library.publish({ id: 'square', revision: 'r1', names: six('Square') }, folder);
    expect((await call(desk, token, 'GET /sponsors')).body).toMatchObject({ booths: [
      { id: 'left', scene: 'square', sceneNames: { en: 'Square (en)' }, names: { ar: 'Left (ar)' } }, { id: 'right', scene: 'square', names: null },
    ] });
    desk.library.withdraw('square');
    expect((await call(desk, token, 'GET /sponsors')).body).toEqual({ sponsors: [], booths: [] });
  });
});

describe('logos', () => {
  it('are made anew as WebP of bounded size, served by our own host for ever, and removed when nobody uses them', async () => {
    const source = await sharp(await logo('#0a7a3c', { width: 3000, height: 1333 })).withExif({ IFD0: { Copyright: 'Zuleika Quartermain' } }).png().toBuffer();
    const made = await accepted(source);
    expect(made).toMatchObject({ address: `/logos/${made.logo}.webp`, width: 640, height: 268 });
    const response = await fetch(desk.url + made.address);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control'), response.headers.get('x-content-type-options')])
      .toEqual([200, 'image/webp', 'public, max-age=31536000, immutable', 'nosniff']);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.includes('Zuleika')).toBe(false);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 640, height: 268, hasAlpha: true });
    // Without its see-through margin, 20 of 900 on each side.
    const alpha = await sharp(bytes).extractChannel('alpha').raw().toBuffer();
    expect(alpha.subarray(0, 640 * 2).some((value) => value > 128)).toBe(true);
    // The same picture is the same file.
    expect((await accepted(source)).logo).toBe(made.logo);

    const [one, two] = [await add({ logo: made.logo }), await add({ name: 'Two', logo: made.logo })];
    expect(desk.sponsors.list().map((sponsor) => sponsor.logo)).toEqual([made.address, made.address]);
    const other = await accepted(await logo('#a01020', { ground: '#ffffff' }));
    await call(desk, token, `PUT /sponsors/${one}`, { fields: fields({ logo: other.logo }), revision: 1 });
    await soon(logosThere, 'a logo that is used was removed').toEqual([`${made.logo}.webp`, `${other.logo}.webp`].sort());
    await call(desk, token, `DELETE /sponsors/${two}`);
    await soon(logosThere, 'the logo of nobody is still there').toEqual([`${other.logo}.webp`]);
    expect((await fetch(desk.url + made.address)).status).toBe(404);
  }, PATIENCE);

  it('that nobody saved are gone after a restart, with what a crash left', async () => {
    const [used, unused] = [await accepted(await logo('#0a7a3c')), await accepted(await logo('#a01020'))];
    await add({ logo: used.logo });
    expect((await logosThere()).sort()).toEqual([`${used.logo}.webp`, `${unused.logo}.webp`].sort());
    await mkdir(join(desk.dataFolder, 'logos/.work-crashed'));
    await writeFile(join(desk.dataFolder, 'logos/.half-written'), 'x');
    await reopen();
    expect(await logosThere()).toEqual([`${used.logo}.webp`]);
    expect((await fetch(desk.url + used.address)).status).toBe(200);
  }, PATIENCE);

  it('made for dark paper get a dark ground, others keep theirs', async () => {
    const corner = async (bytes: Uint8Array): Promise<number[]> => {
      const picture = Buffer.from(await (await fetch(desk.url + (await accepted(bytes)).address)).arrayBuffer());
      return [...(await sharp(picture).ensureAlpha().raw().toBuffer()).subarray(0, 4)];
    };
    expect(await corner(await logo('#ffffff'))).toEqual([0x12, 0x26, 0x3f, 255]);
    expect((await corner(await logo('#0a7a3c')))[3]).toBe(0);
    expect(await corner(await logo('#a01020', { ground: '#ffffff' }))).toEqual([255, 255, 255, 255]);
  }, PATIENCE);

  it('that are no sound PNG, JPEG or WebP are refused in words, quickly, and nothing of them is left', async () => {
    const png = await logo('#0a7a3c');
    const jpeg = await sharp(png).flatten({ background: '#ffffff' }).jpeg().toBuffer();
    const webp = await sharp(png).webp().toBuffer();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const bad: readonly (readonly [string, Uint8Array, string])[] = [
      ['SVG', Buffer.from(svg), 'LOGO_SVG'], ['SVG behind a declaration', Buffer.from(`\ufeff<?xml version="1.0"?><!-- ${'x'.repeat(500)} -->\n${svg}`), 'LOGO_SVG'],
      ['SVG in UTF-16', Buffer.from(`\ufeff${svg}`, 'utf16le'), 'LOGO_SVG'], ['compressed SVG', gzipSync(svg), 'LOGO_SVG'], ['SVG with a prefix', Buffer.from('<a:svg xmlns:a="http://www.w3.org/2000/svg"/>'), 'LOGO_SVG'],
      ['GIF', await sharp(png).gif().toBuffer(), 'LOGO_KIND'], ['TIFF', await sharp(png).tiff().toBuffer(), 'LOGO_KIND'], ['AVIF', await sharp({ create: { width: 16, height: 16, channels: 3, background: 'red' } }).avif().toBuffer(), 'LOGO_KIND'],
      ['PDF', Buffer.from('%PDF-1.7 ...'), 'LOGO_KIND'], ['page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'LOGO_KIND'], ['nothing', new Uint8Array(), 'LOGO_KIND'], ['RIFF sound', Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'LOGO_KIND'],
      ['SVG that calls itself PNG', Buffer.concat([png.subarray(0, 8), Buffer.from(svg)]), 'LOGO_DAMAGED'],
      ['half a PNG', png.subarray(0, png.length >> 1), 'LOGO_DAMAGED'], ['half a JPEG', jpeg.subarray(0, jpeg.length >> 1), 'LOGO_DAMAGED'], ['half a WebP', webp.subarray(0, webp.length >> 1), 'LOGO_DAMAGED'],
      ['nothing to be seen', await sharp({ create: { width: 64, height: 64, channels: 4, background: '#ff000000' } }).png().toBuffer(), 'LOGO_DAMAGED'],
      ['bomb that claims 4 gigapixels', pngBomb(65_535, 65_535, 100_000), 'LOGO_TOO_LARGE'], ['bomb with all its pixels', pngBomb(20_000, 6_000, 60_000_000), 'LOGO_TOO_LARGE'],
      ['too many bytes', Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)]), 'LOGO_TOO_LARGE'],
    ];
    for (const [name, bytes, reason] of bad) expect([name, (await send(bytes)).body]).toEqual([name, { reason }]);
    expect(await logosThere()).toEqual([]);
    expect((await call(desk, token, 'GET /sponsors')).status).toBe(200);
  }, PATIENCE);

  it('of which more comes than was announced are cut off', async () => {
    const status = await new Promise<number | string>((resolve) => {
      const out = request(`${desk.url}/api/staff/sponsors/logos`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'transfer-encoding': 'chunked' } }, (response) => resolve(response.statusCode ?? 0));
      out.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      for (let megabyte = 0; megabyte < 3; megabyte += 1) out.write(Buffer.alloc(1024 * 1024, 0xff));
      out.end();
    });
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(status);
    expect(await logosThere()).toEqual([]);
  });

  it('are all that is served from their folder', async () => {
    await writeFile(join(desk.dataFolder, 'logos/secret.txt'), 'x');
    for (const path of ['secret.txt', '', '..%2fplenum.sqlite', '%2e%2e/plenum.sqlite', '.work-1/picture']) {
      expect([path, (await fetch(`${desk.url}/logos/${path}`)).status]).toEqual([path, 404]);
    }
    expect(existsSync(join(desk.dataFolder, 'plenum.sqlite'))).toBe(true);
  });
});
