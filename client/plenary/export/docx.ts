/** The document as a word-processor file (Office Open XML): headings, tables whose heads repeat, page numbers, the language set, Arabic from right to left. */
import {
  AlignmentType, BorderStyle, Document, Footer, HeadingLevel, LevelFormat, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, TextRun, WidthType,
} from 'docx';
import type { IRunOptions } from 'docx';
import { isEmpty } from './model.ts';
import type { Body, RecordDocument, Row, Section } from './model.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';

/** Languages as word processors know them, for spelling and hyphenation. */
const TAGS: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', ru: 'ru-RU', zh: 'zh-CN', ar: 'ar-SA' };

/** Between isolates stands what runs against the direction of the text (`isolate` in `ui/format.ts`). */
const ISOLATED = /\u2068([^\u2068\u2069]*)\u2069/;
/** What no XML document may hold (XML 1.0, 2.2), and isolates that are not a pair. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LETTER = /\p{Letter}/u;

/** The direction of a run: that of the document, but for text that is all of the other one. */
function runsFromRight(text: string, rtl: boolean): boolean {
  if (!LETTER.test(text)) return rtl;
  return RIGHT_TO_LEFT.test(text) && (rtl || ![...text].some((character) => LETTER.test(character) && !RIGHT_TO_LEFT.test(character)));
}

interface Style {
  readonly rtl: boolean;
  readonly language: Language;
  readonly bold?: boolean;
}

function languageOf(language: Language): NonNullable<IRunOptions['language']> {
  const tag = TAGS[language];
  return language === 'ar' ? { value: 'en-GB', bidirectional: tag } : language === 'zh' ? { value: 'en-GB', eastAsia: tag } : { value: tag };
}

/**
 * Isolates become runs with a direction of their own: word processors draw the characters as boxes. Lines stay lines.
 * @param text with isolates around what runs against the direction
 */
function runs(text: string, { rtl, language, bold = false }: Style): readonly TextRun[] {
  return text.split('\n').flatMap((line, number) => line.split(ISOLATED).flatMap((part, index) => {
    const clean = part.replace(UNWRITABLE, '');
    const first = number > 0 && index === 0;
    if (clean === '' && !first) return [];
    return [new TextRun({ text: clean, bold, rightToLeft: runsFromRight(clean, rtl), language: languageOf(language), ...(first ? { break: 1 } : {}) })];
  }));
}

function paragraph(text: string, style: Style, options: { readonly heading?: 'Title' | 'Heading1' | 'Heading2'; readonly keepNext?: boolean } = {}): Paragraph {
  const headings = { Title: HeadingLevel.TITLE, Heading1: HeadingLevel.HEADING_1, Heading2: HeadingLevel.HEADING_2 } as const;
  const { heading, keepNext = heading !== undefined } = options;
  return new Paragraph({ children: runs(text, style), bidirectional: style.rtl, keepNext, ...(heading === undefined ? {} : { heading: headings[heading] }) });
}

/** In twentieths of a point: an A4 page less margins of two centimetres. */
const TEXT_WIDTH = 9638;
/** Shares of the width that columns take, by how many there are. */
const SHARES: Readonly<Record<number, readonly number[]>> = { 2: [0.3, 0.7], 3: [0.15, 0.68, 0.17], 4: [0.14, 0.42, 0.2, 0.24], 5: [0.12, 0.3, 0.2, 0.18, 0.2] };

function columnWidths(count: number): readonly number[] {
  return (SHARES[count] ?? Array.from({ length: count }, () => 1 / count)).map((share) => Math.round(share * TEXT_WIDTH));
}

function tableRow({ cells }: Row, widths: readonly number[], { head, style }: { readonly head: boolean; readonly style: Style }): TableRow {
  const children = cells.map((cell, index) => new TableCell({
    children: [paragraph(cell, { ...style, bold: head })], width: { size: widths[index] ?? 0, type: WidthType.DXA }, margins: { top: 60, bottom: 60, left: 90, right: 90 },
  }));
  // A contribution may be longer than a page: only heads are kept in one piece.
  return new TableRow({ children, tableHeader: head, cantSplit: head });
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'C3C9D0' } as const;
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;

function table(columns: readonly string[], rows: readonly Row[], style: Style): Table {
  const widths = columnWidths(columns.length === 0 ? 2 : columns.length);
  return new Table({
    rows: [...(columns.length === 0 ? [] : [tableRow({ cells: columns }, widths, { head: true, style })]), ...rows.map((row) => tableRow(row, widths, { head: false, style }))],
    width: { size: TEXT_WIDTH, type: WidthType.DXA }, columnWidths: widths, visuallyRightToLeft: style.rtl,
    borders: { top: LINE, bottom: LINE, left: NO_LINE, right: NO_LINE, insideHorizontal: LINE, insideVertical: NO_LINE },
  });
}

const BULLETS = 'bullets';

function bodyBlocks(body: Body, style: Style): readonly (Paragraph | Table)[] {
  if (body.kind === 'table') return [table(body.columns, body.rows, style)];
  return body.items.map((item) => new Paragraph({ children: runs(item, style), bidirectional: style.rtl, numbering: { reference: BULLETS, level: 0 } }));
}

function sectionBlocks(section: Section, style: Style): readonly (Paragraph | Table)[] {
  return [paragraph(section.title, style, { heading: 'Heading1' }), ...(isEmpty(section) ? [paragraph(section.empty, style)] : bodyBlocks(section.body, style))];
}

function footer({ page, title }: RecordDocument, style: Style): Footer {
  const number = new TextRun({ children: [`${page} `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], rightToLeft: style.rtl, language: languageOf(style.language) });
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, bidirectional: style.rtl, children: [...runs(`${title} – `, style), number] })] });
}

/** @returns the file */
export function recordDocx(record: RecordDocument): Promise<Blob> {
  const { language, direction, kind, title, notes, facts, sections } = record;
  const style: Style = { rtl: direction === 'rtl', language };
  const heading = (size: number): object => ({ run: { size, bold: true, color: '1B1F24', font: FONTS }, paragraph: { spacing: { before: 360, after: 120 } } });
  const document = new Document({
    title, description: kind, creator: 'Plenum',
    styles: { default: { document: { run: { font: FONTS, size: 21, language: languageOf(language) }, paragraph: { spacing: { after: 80 } } }, title: heading(36), heading1: heading(26) } },
    numbering: { config: [{ reference: BULLETS, levels: [{ level: 0, format: LevelFormat.BULLET, text: '•', alignment: AlignmentType.START, style: { paragraph: { indent: { start: 360, hanging: 240 } } } }] }] },
    sections: [{
      properties: { page: { size: { width: 11906, height: 16838 }, margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } } },
      footers: { default: footer(record, style) },
      children: [
        paragraph(kind, style), paragraph(title, style, { heading: 'Title' }), ...notes.map((note) => paragraph(note, style)),
        table([], facts.map(({ label, value }) => ({ cells: [label, value] })), style), ...sections.flatMap((section) => sectionBlocks(section, style)),
      ],
    }],
  });
  return Packer.toBlob(document);
}

const FONTS = { ascii: 'Arial', hAnsi: 'Arial', cs: 'Arial', eastAsia: 'SimSun' } as const;
