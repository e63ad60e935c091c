import { ReasonedError } from '../../../shared/protocol/reasons.ts';
import { kindOf } from '../../plenary/documents.ts';
import type { Plenary } from '../../plenary/contract.ts';

const BODY = 'word/document.xml';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** The text of a paragraph of Word's markup (ECMA-376, part 1, 17.3): runs, tabs and breaks in their order. */
function paragraphText(paragraph: Element): string {
  let text = '';
  for (const part of paragraph.getElementsByTagNameNS(WORD, '*')) {
    if (part.localName === 't') text += part.textContent;
    else if (part.localName === 'tab') text += ' ';
    else if (part.localName === 'br') text += '\n';
  }
  return text.trim();
}

/** Paragraphs of a DOCX file; those without text are left out. Throws an Error for a file that is none. */
export async function docxParagraphs(bytes: Uint8Array): Promise<readonly string[]> {
  const { strFromU8, unzipSync } = await import('fflate');
  const body = unzipSync(bytes, { filter: ({ name }) => name === BODY })[BODY];
  if (body === undefined) throw new Error('a document without a body');
  const xml = new DOMParser().parseFromString(strFromU8(body), 'application/xml');
  return [...xml.getElementsByTagNameNS(WORD, 'p')].map(paragraphText).filter((text) => text !== '');
}

/** Whether {@link readDocument} has a text of it: the pages of a PDF are pictures, which no panel can break into lines. */
export function isReadable(address: string): boolean {
  return kindOf(address) === 'docx';
}

/** Fetches a document of the agenda as text. Rejects with a `ReasonedError`. */
export async function readDocument(plenary: Pick<Plenary, 'identify'>, address: string): Promise<readonly string[]> {
  const { token } = await plenary.identify();
  try {
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new ReasonedError('DOCUMENT_UNKNOWN');
    return await docxParagraphs(new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    throw cause instanceof ReasonedError ? cause : new ReasonedError('DOCUMENT_DAMAGED', 'the text of a document could not be read', { cause });
  }
}
