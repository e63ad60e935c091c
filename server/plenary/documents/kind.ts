/** What a document is, by its content. Its name, and what the sender says of it, are not looked at. */
import { open } from 'node:fs/promises';
import { openPromise } from 'yauzl';
import { ReasonedError } from '../../../shared/protocol/reasons.ts';

export type DocumentKind = 'pdf' | 'docx';

const PDF_HEAD = Buffer.from('%PDF-');
/** Stands at the end of a PDF file; readers look for it in the last kilobyte (ISO 32000-1, annex H, implementation note 18). */
const PDF_END = Buffer.from('%%EOF');
const PDF_TAIL_BYTES = 1024;
const ZIP_HEAD = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** Parts of every word-processor document (ISO/IEC 29500-2 and -1). */
const DOCX_PARTS = ['[Content_Types].xml', 'word/document.xml'];
/** Programs of a document, which run at those who open it. */
const MACROS = /^word\/vba/i;
/** A document has some dozens of parts; pictures count. */
const MOST_PARTS = 5000;

/** @returns whether it has the parts of a document and no programs. @throws ReasonedError DOCUMENT_DAMAGED */
async function isWordDocument(path: string): Promise<boolean> {
  const missing = new Set(DOCX_PARTS);
  try {
    const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true });
    try {
      if (zip.entryCount > MOST_PARTS) return false;
      for await (const { fileName } of zip.eachEntry()) {
        if (MACROS.test(fileName)) return false;
        missing.delete(fileName);
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    throw new ReasonedError('DOCUMENT_DAMAGED', undefined, { cause });
  }
  return missing.size === 0;
}

/** Rejects with a `ReasonedError` DOCUMENT_KIND, or DOCUMENT_DAMAGED for what is cut off. */
export async function kindOf(path: string): Promise<DocumentKind> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(PDF_HEAD.length, size));
    await file.read(head, 0, head.length, 0);
    if (head.equals(PDF_HEAD)) {
      const tail = Buffer.alloc(Math.min(PDF_TAIL_BYTES, size));
      await file.read(tail, 0, tail.length, size - tail.length);
      if (!tail.includes(PDF_END)) throw new ReasonedError('DOCUMENT_DAMAGED');
      return 'pdf';
    }
    if (!head.subarray(0, ZIP_HEAD.length).equals(ZIP_HEAD)) throw new ReasonedError('DOCUMENT_KIND');
  } finally {
    await file.close();
  }
  if (!await isWordDocument(path)) throw new ReasonedError('DOCUMENT_KIND');
  return 'docx';
}
