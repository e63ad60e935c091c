/** Reads a roster file: CSV as spreadsheets write it. Nothing is stored here. */
import { CsvError, parse } from 'csv-parse/sync';
import type { RosterEntry } from '../../store/store.ts';
import type { Column } from './columns.ts';
import { COLUMNS, columnOf } from './columns.ts';
import { countryOf } from './countries.ts';

export interface Problem {
  /** From 1, the header's line; 0 if it is about the whole file. */
  readonly line: number;
  /** As the header says, or null if it is about the whole line. */
  readonly column: string | null;
  readonly message: string;
}

/** The file cannot be imported; nothing has been changed. All problems at once. */
export class RosterFileError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describe).join('\n'), options);
    this.name = 'RosterFileError';
    this.problems = problems;
  }
}

function describe({ line, column, message }: Problem): string {
  const where = [...(line > 0 ? [`line ${line}`] : []), ...(column === null ? [] : [`column "${column}"`])].join(', ');
  return where === '' ? message : `${where}: ${message}`;
}

export interface RosterRow {
  /** Where it begins in the file. */
  readonly line: number;
  readonly entry: RosterEntry;
}

export interface RosterFile {
  readonly rows: readonly RosterRow[];
  /** Headers that mean nothing here; their cells were not read. */
  readonly ignored: readonly string[];
}

interface Record {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new RosterFileError([{ line: 0, column: null, message: 'the file is not in UTF-8; save it as "CSV UTF-8" (names would be garbled otherwise)' }], { cause });
  }
}

/** Excel writes semicolons where the comma is the decimal sign. The header line decides. */
function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Line breaks inside quoted cells count: a record begins where the one before it ended. */
function split(text: string): Record[] {
  const records: Record[] = [];
  let ended = 0;
  try {
    parse(text, {
      delimiter: delimiterOf(text), relax_column_count: true, skip_empty_lines: false,
      on_record: (cells: string[], { lines }) => {
        const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
        records.push({ line: lines - breaks, cells });
        ended = lines;
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new RosterFileError([{ line: ended + 1, column: null, message: 'a quotation mark is missing, or one stands inside a cell and must be doubled' }], { cause });
  }
  return records;
}

interface Header {
  /** Number of cells. */
  readonly width: number;
  readonly at: ReadonlyMap<Column, { index: number; header: string }>;
  readonly ignored: readonly string[];
}

function readHeader({ line, cells }: Record): Header {
  const problems: Problem[] = [];
  const at = new Map<Column, { index: number; header: string }>();
  const ignored: string[] = [];
  cells.forEach((cell, index) => {
    const header = cell.trim();
    const column = columnOf(header);
    if (column === null) {
      if (header !== '') ignored.push(header);
    } else if (at.has(column)) problems.push({ line, column: header, message: 'stands twice in the header' });
    else at.set(column, { index, header });
  });
  for (const [column, { label, required }] of Object.entries(COLUMNS) as [Column, (typeof COLUMNS)[Column]][]) {
    if (required && !at.has(column)) problems.push({ line, column: label, message: 'is missing in the header' });
  }
  if (problems.length > 0) throw new RosterFileError(problems);
  return { width: cells.length, at, ignored };
}

type Read = { -readonly [K in Column]?: unknown };

function readRow({ line, cells }: Record, header: Header, problems: Problem[]): RosterRow | null {
  const before = problems.length;
  if (cells.slice(header.width).some((cell) => cell.trim() !== '')) {
    problems.push({ line, column: null, message: `has ${cells.length} cells, more than the header; a cell that contains the separator must stand in quotation marks` });
    return null;
  }
  const read: Read = {};
  for (const column of Object.keys(COLUMNS) as Column[]) {
    const place = header.at.get(column);
    const result = COLUMNS[column].read.safeParse(place === undefined ? '' : cells[place.index] ?? '');
    if (result.success) read[column] = result.data;
    else problems.push({ line, column: place?.header ?? COLUMNS[column].label, message: result.error.issues[0]?.message ?? 'is not valid' });
  }
  if (problems.length > before) return null;
  const entry = read as RosterEntry;
  const derived = entry.country === '' && entry.entityType === 'member-state' ? countryOf(entry.entity) : entry.country;
  return { line, entry: { ...entry, country: derived } };
}

/** The same person twice in one file: by e-mail, or by name and entity where no two e-mails tell them apart. */
function findDoubles(rows: readonly RosterRow[], problems: Problem[]): void {
  const byEmail = new Map<string, RosterRow>();
  const byName = new Map<string, RosterRow>();
  for (const row of rows) {
    const { line, entry: { email, name, entity } } = row;
    const mail = email.toLowerCase();
    const nameKey = JSON.stringify([name, entity]);
    const sameMail = mail === '' ? undefined : byEmail.get(mail);
    const sameName = byName.get(nameKey);
    if (sameMail !== undefined) problems.push({ line, column: 'e-mail', message: `the same e-mail stands in line ${sameMail.line}` });
    else if (sameName !== undefined && (mail === '' || sameName.entry.email === '')) {
      problems.push({ line, column: 'name', message: `the same name and entity stand in line ${sameName.line}; if they are two people, give an e-mail for each` });
    }
    if (mail !== '') byEmail.set(mail, row);
    byName.set(nameKey, row);
  }
}

/**
 * Reads and checks a whole file.
 * @throws RosterFileError with all problems, by line.
 */
export function readRoster(bytes: Uint8Array): RosterFile {
  const records = split(decode(bytes)).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [first, ...rest] = records;
  if (first === undefined) throw new RosterFileError([{ line: 0, column: null, message: 'the file is empty' }]);
  const header = readHeader(first);
  const problems: Problem[] = [];
  const rows = rest.map((record) => readRow(record, header, problems)).filter((row) => row !== null);
  findDoubles(rows, problems);
  if (problems.length === 0 && rows.length === 0) problems.push({ line: 0, column: null, message: 'the file has a header and nobody in it' });
  if (problems.length > 0) throw new RosterFileError(problems.sort((a, b) => a.line - b.line));
  return { rows, ignored: header.ignored };
}
