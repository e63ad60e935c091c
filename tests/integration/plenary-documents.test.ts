/** Documents of the agenda over HTTP: who may upload and read them, and what is refused. */
import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zipSync, strToU8 } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSession } from '../../shared/rules/plenary/initial.ts';
import { DOCUMENT_MAX_BYTES } from '../../shared/protocol/plenary/vocabulary.ts';
import type { AgendaItem } from '../../shared/protocol/plenary/state.ts';
import { DocumentShelf } from '../../server/plenary/documents/shelf.ts';
import { startTestServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { createSession } from '../support/plenary-client.ts';
import { soon } from '../support/soon.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

function docx(extra: Record<string, Uint8Array> = {}): Buffer {
  return Buffer.from(zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w:document/>'), ...extra }));
}

let server: TestServer;
let session: string;
let staff: string;
let delegate: string;
let observer: string;
let folder: string;

async function tokenOf(role: 'secretariat' | 'delegate' | 'observer' | 'technician'): Promise<string> {
  const { pass } = await server.invite({ role, ...(role === 'observer' || role === 'technician' ? { entity: 'Someone Ltd', entityType: 'sector-member' as const, country: '' } : {}) });
  return (await server.openSession(pass)).token;
}

async function upload(body: Uint8Array, token = staff, id = session): Promise<{ readonly status: number; readonly reason?: string; readonly address?: string }> {
  const response = await fetch(`${server.url}/api/sessions/${id}/documents`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: new Uint8Array(body) });
  return { status: response.status, ...(await response.json() as object) };
}

const read = (address: string, token?: string): Promise<Response> => fetch(`${server.url}${address}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

const statusOf = async (address: string, token?: string): Promise<number> => {
  const response = await read(address, token);
  await response.arrayBuffer();
  return response.status;
};

function item(closed: boolean, address: string): AgendaItem {
  return { id: 'x', position: 1, number: '1', title: 'T', group: 'discussed', status: 'pending', minutes: 0, documents: [{ symbol: 'S', title: '', files: { fr: address } }], comments: [], contributions: [], returns: [], closed };
}

/** A session whose only item names the document. */
async function sessionWith(closed: boolean, address: string): Promise<void> {
  await server.sessions.add({ ...newSession({ title: 'Another one', kind: 'plenary' }), items: { x: item(closed, address) } });
}

beforeAll(async () => {
  server = await startTestServer({});
  folder = join(server.config.dataFolder, 'documents');
  [staff, delegate, observer] = await Promise.all([tokenOf('secretariat'), tokenOf('delegate'), tokenOf('observer')]);
  session = await createSession(server.url, staff);
});
afterAll(() => server.stop());

describe('uploading', () => {
  beforeEach(async () => { expect((await readdir(folder)).filter((name) => name.startsWith('receiving'))).toEqual([]); });

  it('keeps a PDF and a DOCX by the hash of their content', async () => {
    expect(await upload(PDF)).toEqual({ status: 201, address: `/documents/${createHash('sha256').update(PDF).digest('hex')}.pdf` });
    const word = await upload(docx());
    expect(word.status).toBe(201);
    expect(word.address).toMatch(/^\/documents\/[0-9a-f]{64}\.docx$/);
    expect(await upload(PDF)).toMatchObject({ status: 201 });
  });

  it.each([
    ['a page with a script', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', Buffer.alloc(0)],
    ['a page that says it is a PDF further down', Buffer.from(`<script></script>${PDF.toString()}`)],
    ['a zip of something else', Buffer.from(zipSync({ 'index.html': strToU8('<script>') }))],
    ['a document with macros', docx({ 'word/vbaProject.bin': strToU8('x') })],
  ])('refuses %s', async (_name, body) => {
    expect(await upload(body)).toEqual({ status: 415, reason: 'DOCUMENT_KIND' });
  });

  it('refuses what is cut off', async () => {
    const word = docx();
    expect(await upload(PDF.subarray(0, PDF.length - 10))).toEqual({ status: 422, reason: 'DOCUMENT_DAMAGED' });
    expect(await upload(word.subarray(0, word.length - 30))).toEqual({ status: 422, reason: 'DOCUMENT_DAMAGED' });
  });

  it('refuses what is too large, announced or not, and keeps nothing of it', async () => {
    const large = Buffer.alloc(DOCUMENT_MAX_BYTES + 1, '%PDF-');
    expect(await upload(large)).toEqual({ status: 413, reason: 'DOCUMENT_TOO_LARGE' });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${server.url}/api/sessions/${session}/documents`, { method: 'POST', headers: { authorization: `Bearer ${staff}` } }, (response) => { resolve(response.statusCode); response.resume(); });
      request.on('error', reject);
      // In pieces, so that no length is announced.
      for (let at = 0; at < large.length; at += 1 << 20) request.write(large.subarray(at, at + (1 << 20)));
      request.end();
    });
    expect(status).toBe(413);
    await soon(async () => (await readdir(folder)).filter((name) => name.startsWith('receiving')), 'nothing is left').toEqual([]);
  });

  it('keeps nothing of an upload that ends in the middle', async () => {
    const request = httpRequest(`${server.url}/api/sessions/${session}/documents`, { method: 'POST', headers: { authorization: `Bearer ${staff}`, 'content-length': '5000' } });
    request.on('error', () => undefined);
    request.write(PDF);
    await soon(async () => (await readdir(folder)).filter((name) => name.startsWith('receiving')).length, 'it arrives').toBe(1);
    request.destroy();
    await soon(async () => (await readdir(folder)).filter((name) => name.startsWith('receiving')), 'nothing is left').toEqual([]);
  });

  it('is for the secretariat, and for sessions that there are', async () => {
    expect(await upload(PDF, delegate)).toEqual({ status: 403, reason: 'STAFF_ONLY' });
    expect(await upload(PDF, 'nobody')).toEqual({ status: 401, reason: 'TOKEN_INVALID' });
    expect(await upload(PDF, staff, '0000000000000000')).toEqual({ status: 404, reason: 'SESSION_UNKNOWN' });
  });
});

describe('reading', () => {
  it('hands the file over to be stored, never to be kept by others or run', async () => {
    const { address = '' } = await upload(PDF);
    await sessionWith(false, address);
    const response = await read(address, delegate);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true);
    expect(Object.fromEntries(['content-type', 'cache-control', 'content-disposition', 'content-security-policy', 'x-content-type-options'].map((name) => [name, response.headers.get(name)]))).toEqual({
      'content-type': 'application/pdf', 'cache-control': 'private, no-store', 'content-disposition': expect.stringMatching(/^attachment; filename="[0-9a-f]{12}\.pdf"$/) as string,
      'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff',
    });
    expect(await statusOf(address, observer)).toBe(200);
  });

  it('needs a token that is valid', async () => {
    const { address = '' } = await upload(PDF);
    expect(await statusOf(address)).toBe(401);
    expect(await statusOf(`${address}?token=${delegate}`)).toBe(401);
    expect(await statusOf(address, 'x')).toBe(401);
  });

  it('does not tell others of what no item names', async () => {
    const { address = '' } = await upload(Buffer.concat([PDF, Buffer.from('% unnamed\n%%EOF')]));
    expect(await statusOf(address, delegate)).toBe(404);
    expect(await statusOf(address, staff)).toBe(200);
  });

  it('of what belongs to closed parts is for those who may be there', async () => {
    const { address = '' } = await upload(Buffer.concat([PDF, Buffer.from('% closed\n%%EOF')]));
    await sessionWith(true, address);
    expect(await statusOf(address, observer)).toBe(404);
    expect(await statusOf(address, await tokenOf('technician'))).toBe(404);
    expect(await statusOf(address, delegate)).toBe(200);
    // The same document in an open item is everybody's.
    await sessionWith(false, address);
    expect(await statusOf(address, observer)).toBe(200);
  });

  it.each(['/documents/..%2fplenum.db', '/documents/%2e%2e/plenum.db', '/documents/', `/documents/${'0'.repeat(64)}.pdf`, `/documents/${'0'.repeat(64)}.html`, '/documents/%00.pdf'])('finds nothing at %s', async (address) => {
    expect(await statusOf(address, staff)).toBe(404);
  });
});

describe('the folder', () => {
  it('is cleared of what a crash left and of what no item has named for a day', async () => {
    const shelf = new DocumentShelf(folder);
    const { address = '' } = await upload(docx());
    const { address: waits = '' } = await upload(Buffer.concat([PDF, Buffer.from('% waits\n%%EOF')]));
    await writeFile(join(folder, 'receiving-abc'), 'x');
    await shelf.open(new Set([address]));
    expect(await readdir(folder)).not.toContain('receiving-abc');
    expect(await readdir(folder)).toContain(waits.slice('/documents/'.length));
    await shelf.open(new Set([address]), Date.now() + 25 * 3_600_000);
    expect(await readdir(folder)).toEqual([address.slice('/documents/'.length)]);
  });

  it('takes nothing when the disk is full', async () => {
    const shelf = new DocumentShelf(folder, () => Promise.resolve(1000));
    await expect(shelf.take({ bytes: null, content: Readable.from([PDF]) })).rejects.toMatchObject({ reason: 'DISK_FULL' });
  });
});
