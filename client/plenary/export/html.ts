/** The document as one HTML file that needs nothing else: no script, no address, its own style for screen and paper. */
import { isEmpty } from './model.ts';
import type { Body, RecordDocument, Section } from './model.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for between tags and for quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Lines of a text that somebody wrote stay lines. */
const lines = (text: string): string => escaped(text).split('\n').join('<br>');

const STYLE = `
:root { color-scheme: light; }
body { margin: 2rem auto; padding: 0 1.5rem; max-width: 60rem; background: #fff; color: #1b1f24; font: 1rem/1.5 "Noto Sans", "Noto Sans Arabic", "Noto Sans SC", system-ui, sans-serif; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; break-after: avoid; }
.kind { margin: 0; color: #48505a; }
.note { margin: .5rem 0; padding: .5rem .75rem; border-inline-start: .25rem solid #48505a; background: #f2f4f6; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { font-weight: 600; }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .6rem; border-block-end: 1px solid #c3c9d0; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
thead th { border-block-end-color: #48505a; white-space: nowrap; }
thead { display: table-header-group; }
tbody th { font-weight: 400; white-space: nowrap; }
ul { columns: 2 16rem; }
@page { margin: 20mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; } tr { break-inside: avoid; } }
`;

function bodyHtml(body: Body, id: string): string {
  if (body.kind === 'list') return `<ul>${body.items.map((item) => `<li dir="auto">${lines(item)}</li>`).join('\n')}</ul>`;
  const head = body.columns.map((column) => `<th scope="col">${lines(column)}</th>`).join('');
  const rows = body.rows.map(({ cells }) => `<tr>${cells.map((cell, at) => (at === 0 ? `<th scope="row">${lines(cell)}</th>` : `<td dir="auto">${lines(cell)}</td>`)).join('')}</tr>`);
  return `<table aria-labelledby="${id}"><thead><tr>${head}</tr></thead>\n<tbody>${rows.join('\n')}</tbody></table>`;
}

function sectionHtml(section: Section): string {
  const { id, title, empty, body } = section;
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${lines(title)}</h2>\n${isEmpty(section) ? `<p>${lines(empty)}</p>` : bodyHtml(body, id)}\n</section>`;
}

/** @returns the whole file, to be stored as UTF-8 */
export function recordHtml({ language, direction, kind, title, notes, facts, sections }: RecordDocument): string {
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)} – ${escaped(kind)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="kind">${lines(kind)}</p>
<h1 dir="auto">${lines(title)}</h1>
${notes.map((note) => `<p class="note">${lines(note)}</p>`).join('\n')}
<dl>${facts.map(({ label, value }) => `<dt>${lines(label)}</dt><dd>${lines(value)}</dd>`).join('\n')}</dl>
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`;
}
