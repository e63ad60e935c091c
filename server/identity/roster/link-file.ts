import { writeFile } from 'node:fs/promises';
import type { PrintableLink } from '../links.ts';

/** A spreadsheet would run these as formulas. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string): string {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Pass links as CSV for a mail merge: UTF-8 with a byte order mark, as spreadsheets want it. */
export function linkTable(links: readonly PrintableLink[]): string {
  const rows = links.map(({ person, link, expiresAt }) => [person.name, person.entity, person.role, person.language, person.email, link, new Date(expiresAt).toISOString()]);
  return `\uFEFF${[['name', 'entity', 'role', 'language', 'e-mail', 'link', 'expires'], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Writes the table for the owner's eyes only, since each link lets in whoever has it. Does not overwrite. */
export async function writeLinkFile(file: string, links: readonly PrintableLink[]): Promise<void> {
  await writeFile(file, linkTable(links), { mode: 0o600, flag: 'wx' });
}
