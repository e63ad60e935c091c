import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { docxParagraphs, isReadable, readDocument } from './document-text.ts';

const plenary = { identify: () => Promise.resolve({ token: 'secret' }) } as unknown as Parameters<typeof readDocument>[0];

afterEach(() => { vi.unstubAllGlobals(); });

// What is read of a document is proven in a browser (tests/e2e/panels.spec.ts), whose parser knows the names of XML.
describe('the text of a document', () => {
  it('is not made of a file that is none', async () => {
    await expect(docxParagraphs(zipSync({ 'other.xml': strToU8('<a/>') }))).rejects.toThrow('without a body');
  });

  it('is fetched with the token, and refused in words', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', (address: string, options: unknown) => {
      asked.push(address, options);
      return Promise.resolve(new Response('no', { status: address.endsWith('a.docx') ? 200 : 404 }));
    });
    await expect(readDocument(plenary, '/documents/b.docx')).rejects.toMatchObject({ reason: 'DOCUMENT_UNKNOWN' });
    expect(asked).toEqual(['/documents/b.docx', { headers: { authorization: 'Bearer secret' } }]);
    const damaged = readDocument(plenary, '/documents/a.docx');
    await expect(damaged).rejects.toThrow(ReasonedError);
    await expect(damaged).rejects.toMatchObject({ reason: 'DOCUMENT_DAMAGED' });
  });

  it('is there of DOCX files only', () => {
    expect([isReadable('/documents/a.docx'), isReadable('/documents/a.pdf')]).toEqual([true, false]);
  });
});
