// @vitest-environment happy-dom
import mammoth from 'mammoth';
import { parse } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlenaryDeed } from '../../../shared/protocol/plenary/deeds.ts';
import type { PlenaryState, RecordEntry } from '../../../shared/protocol/plenary/state.ts';
import type { Language } from '../../../shared/protocol/vocabulary.ts';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { showLanguage, t } from '../../ui/i18n.ts';
import { fakePlenary, participant } from '../testing.ts';
import { recordText } from '../view/record/facts.ts';
import { recordDocx } from './docx.ts';
import { recordHtml } from './html.ts';
import { isEmpty, recordDocument } from './model.ts';
import type { RecordDocument } from './model.ts';

type Node = DefaultTreeAdapterMap['node'];

/** In Zurich it is an hour later than in UTC. */
const START = Date.UTC(2027, 1, 3, 9, 0);
const EVIL = '<script>alert(1)</script>"\'&';

const people = [
  participant('chair', 'Bureau', { role: 'chair', entityType: 'organisation' }),
  participant('Amina Diallo', 'Senegal', { country: 'sn' }), participant('Lena Frei', 'Switzerland', { country: 'ch' }), participant('Hans Berg', 'Germany', { country: 'de' }), participant(EVIL, 'Observers', { role: 'observer', entityType: 'organisation' }),
  participant('sec', 'Bureau', { role: 'secretariat', entityType: 'organisation' }),
];

function lastOf(state: PlenaryState, kind: RecordEntry['fact']['kind']): RecordEntry {
  const found = Object.values(state.record).sort((a, b) => a.position - b.position).filter(({ fact }) => fact.kind === kind).at(-1);
  if (found === undefined) throw new Error(`nothing of ${kind} is on record`);
  return found;
}

/** A session by the rules: floor, point of order, two conclusions, a comment, a closed part. */
function session(): PlenaryState {
  const fake = fakePlenary(people, newSession({ title: `Council ${EVIL}`, kind: 'plenary' }));
  fake.at = START;
  const state = (): PlenaryState => fake.store.state.peek() as PlenaryState;
  const by = (person: string, deed: PlenaryDeed): void => { fake.at += 60_000; fake.as(person, deed); };
  const item = (number: string, group: 'approved' | 'discussed'): string => {
    by('chair', { kind: 'putItem', item: null, number, title: `Title of ${number}`, group, minutes: 0, documents: [{ symbol: `DOC ${number}`, title: '', files: {} }] });
    return Object.values(state().items).find((each) => each.number === number)?.id ?? '';
  };
  by('chair', { kind: 'preside' });
  const [first, second] = [item('PL-1', 'approved'), item('PL-2', 'discussed')];
  by('chair', { kind: 'status', status: 'open' });
  by('chair', { kind: 'openItem', item: first });
  by('Amina Diallo', { kind: 'comment', item: first, text: 'A comment for the record.' });
  by('chair', { kind: 'giveTo', person: 'Amina Diallo', capacity: 'group', onBehalfOf: 'the African Group' });
  fake.at += 65_000;
  by('Hans Berg', { kind: 'move', motion: 'pointOfOrder', text: 'Rule 96' });
  by('chair', { kind: 'settle', motion: state().motions[0]?.id ?? '', outcome: 'upheld' });
  by('chair', { kind: 'withdraw' });
  by('chair', { kind: 'giveTo', person: EVIL, capacity: 'personal', onBehalfOf: '' });
  by('chair', { kind: 'withdraw' });
  by('chair', { kind: 'conclude', items: [first], text: 'The Council notes the report.', seconds: 15 });
  const objected = lastOf(state(), 'conclusion').fact;
  by('Lena Frei', { kind: 'object', conclusion: objected.kind === 'conclusion' ? objected.conclusion : '', reason: 'It is not clear.' });
  by('chair', { kind: 'conclude', items: [second], text: 'The Council approves the plan.', seconds: 15 });
  by('sec', { kind: 'write', after: null, text: 'Words of the secretariat.' });
  by('sec', { kind: 'write', after: null, text: 'A mistake.' });
  const mistake = Object.values(state().record).find(({ text }) => text === 'A mistake.');
  by('sec', { kind: 'strike', entry: mistake?.id ?? '', on: true });
  by('sec', { kind: 'word', entry: lastOf(state(), 'motion').id, text: 'The point of order was upheld, in other words.' });
  by('chair', { kind: 'closedPart', on: true });
  const secret = item('PL-3', 'discussed');
  by('chair', { kind: 'openItem', item: secret });
  by('chair', { kind: 'giveTo', person: 'Lena Frei', capacity: 'office', onBehalfOf: 'the secret office' });
  by('chair', { kind: 'conclude', items: [secret], text: 'A secret conclusion.', seconds: 15 });
  by('chair', { kind: 'closedPart', on: false });
  by('chair', { kind: 'status', status: 'closed' });
  return state();
}

function documentOf(state: PlenaryState, language: Language): RecordDocument {
  return recordDocument({ state, present: people.filter(({ role }) => role === 'delegate'), zone: 'Europe/Zurich', now: START + 3_600_000 }, { language, text: t, tell: recordText });
}

function section(document: RecordDocument, id: string): readonly (readonly string[])[] {
  const found = document.sections.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no section ${id}`);
  return found.body.kind === 'table' ? found.body.rows.map(({ cells }) => cells) : found.body.items.map((item) => [item]);
}

const cellsOf = (document: RecordDocument): readonly string[] => document.sections.flatMap(({ id }) => section(document, id).flat());

function elements(node: Node, found: DefaultTreeAdapterMap['element'][] = []): DefaultTreeAdapterMap['element'][] {
  if ('tagName' in node) found.push(node);
  if ('childNodes' in node) for (const child of node.childNodes) elements(child, found);
  return found;
}

function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (node.nodeName === 'br') return '\n';
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

async function docxParts(document: RecordDocument): Promise<{ readonly buffer: Buffer; readonly xml: string; readonly footer: string }> {
  const buffer = Buffer.from(await (await recordDocx(document)).arrayBuffer());
  const files = unzipSync(new Uint8Array(buffer));
  const footer = Object.keys(files).find((name) => name.startsWith('word/footer'));
  return { buffer, xml: strFromU8(files['word/document.xml'] ?? new Uint8Array()), footer: strFromU8(files[footer ?? ''] ?? new Uint8Array()) };
}

/** What a reader of DOCX that shares nothing with its writer finds. */
const readDocx = async (buffer: Buffer): Promise<string> => (await mammoth.extractRawText({ buffer })).value.replace(/\s+/g, ' ');

const flat = (text: string): string => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();

let state: PlenaryState;
beforeAll(async () => {
  await showLanguage('en');
  state = session();
});

describe('the document', () => {
  it('has date and time in the zone of the event and in UTC, and the chair', () => {
    const values = documentOf(state, 'en').facts.map(({ value }) => value);
    expect(values[0]).toMatch(/February 3, 2027, 10:0\d\s–\s10:\d\d/);
    expect(values[0]).toContain('Central European Standard Time');
    expect(values[1]).toMatch(/09:0\d\s–\s09:\d\d.*Coordinated Universal Time/);
    expect(values).toContain('chair, Bureau');
  });

  it('lists the delegations by the French alphabet, those that only spoke too', () => {
    // Allemagne, Sénégal, Suisse; then who is no state.
    expect(section(documentOf(state, 'en'), 'delegations').flat()).toEqual(['Germany', 'Senegal', 'Switzerland', 'Observers']);
  });

  it('tells who had the floor, in which capacity and for how long', () => {
    const row = section(documentOf(state, 'en'), 'record').find((cells) => cells[1]?.includes('the African Group'));
    expect(row?.[1]).toContain('Amina Diallo, Senegal');
    expect(row?.[2]).toMatch(/^\d+:\d\d$/);
  });

  it('tells points of order once, with what became of them', () => {
    expect(section(documentOf(state, 'en'), 'motions')).toEqual([[expect.any(String), 'Point of order', 'Hans Berg, Germany', 'Rule 96', 'The point of order was upheld, in other words.']]);
  });

  it('tells conclusions with their status, and who objected', () => {
    const rows = section(documentOf(state, 'en'), 'conclusions');
    expect(rows[0]).toEqual(['PL-1', 'The Council notes the report.', 'Objected to: deferred to the physical session', 'By: Lena Frei, Switzerland.\nIt is not clear.']);
    expect(rows[1]?.slice(0, 2)).toEqual(['PL-2', 'The Council approves the plan.']);
    expect(section(documentOf(state, 'en'), 'deferred').flat()).toEqual(['PL-1 Title of PL-1']);
    expect(section(documentOf(state, 'en'), 'comments').flat()).toContain('A comment for the record.');
  });

  it('leaves out what is struck and what belongs to closed parts, but names these', () => {
    const document = documentOf(state, 'en');
    const all = cellsOf(document).join('\n');
    expect(all).not.toContain('A mistake.');
    expect(all).not.toMatch(/secret (office|conclusion)/i);
    expect(all).not.toContain('PL-3');
    expect(all).toContain('A closed part began.');
    expect(all).toContain('Words of the secretariat.');
  });

  it('says nothing of a conclusion whose end is struck', () => {
    const end = Object.values(state.record).find(({ fact }) => fact.kind === 'conclusion' && fact.status === 'objected');
    if (end === undefined) throw new Error('nothing was objected to');
    const without = { ...state, record: { ...state.record, [end.id]: { ...end, hidden: true } } };
    expect(section(documentOf(without, 'en'), 'conclusions').flat()).not.toContain('The Council notes the report.');
  });
});

describe('the web page', () => {
  it('is read by another library with its headings, every entry and the conclusions', () => {
    const document = documentOf(state, 'en');
    const tree = parse(recordHtml(document));
    const all = elements(tree);
    const [html] = all;
    expect(html?.attrs).toEqual([{ name: 'lang', value: 'en' }, { name: 'dir', value: 'ltr' }]);
    expect(textOf(all.find(({ tagName }) => tagName === 'h1') as Node)).toBe(`Council ${EVIL}`);
    expect(all.filter(({ tagName }) => tagName === 'h2').map(textOf)).toEqual(document.sections.map(({ title }) => title));
    const cells = new Set(all.filter(({ tagName }) => ['td', 'th', 'li'].includes(tagName)).map(textOf));
    for (const cell of cellsOf(document)) expect(cells).toContain(cell);
  });

  it('holds no script and no address, whatever people are called', () => {
    const page = recordHtml(documentOf(state, 'en'));
    const all = elements(parse(page));
    expect(all.filter(({ tagName }) => ['script', 'a', 'img', 'link', 'iframe'].includes(tagName))).toEqual([]);
    expect(all.flatMap(({ attrs }) => attrs).filter(({ name }) => name.startsWith('on') || name === 'src' || name === 'href')).toEqual([]);
    expect(textOf(all.find(({ tagName }) => tagName === 'body') as Node)).toContain(EVIL);
  });
});

describe('the word-processor file', () => {
  it('is read by another library with its title, every entry and the conclusions', async () => {
    const document = documentOf(state, 'en');
    const text = await readDocx((await docxParts(document)).buffer);
    expect(text).toContain(flat(document.title));
    for (const line of cellsOf(document).flatMap((cell) => cell.split('\n'))) expect(text).toContain(flat(line));
    for (const each of document.sections) expect(text).toContain(flat(isEmpty(each) ? each.empty : each.title));
  });

  it('has headings, tables and page numbers', async () => {
    const document = documentOf(state, 'en');
    const { buffer, footer, xml } = await docxParts(document);
    const { value } = await mammoth.convertToHtml({ buffer });
    expect(elements(parse(value)).filter(({ tagName }) => tagName === 'h1').map((each) => flat(textOf(each)))).toEqual(expect.arrayContaining(document.sections.map(({ title }) => title)));
    expect(value.match(/<table>/g)?.length).toBe(1 + document.sections.filter((each) => each.body.kind === 'table' && !isEmpty(each)).length);
    expect(footer).toContain('PAGE');
    expect(footer).toContain('NUMPAGES');
    expect(xml).toContain('w:lang w:val="en-GB"');
    expect(xml).toContain('w:tblHeader');
  });

  it('takes characters that no XML can hold', async () => {
    const document = { ...documentOf(state, 'en'), title: 'A\u0000B\u000bC\ud800D\u2068E' };
    expect(await readDocx((await docxParts(document)).buffer)).toContain('ABCDE');
  });
});

describe('in Arabic', () => {
  it('both run from right to left, and names stay in their place', async () => {
    await showLanguage('ar');
    const document = documentOf(state, 'ar');
    await showLanguage('en');
    expect(elements(parse(recordHtml(document)))[0]?.attrs).toEqual([{ name: 'lang', value: 'ar' }, { name: 'dir', value: 'rtl' }]);
    const { buffer, xml } = await docxParts(document);
    expect(xml).toContain('<w:bidi/>');
    expect(xml).toContain('<w:bidiVisual/>');
    expect(xml).toContain('w:bidi="ar-SA"');
    expect(xml).not.toMatch(/[\u2066-\u2069]/);
    // A name in Latin letters is a run of its own that runs from left to right.
    const name = [...xml.matchAll(/<w:r>(?:(?!<\/w:r>).)*Amina Diallo<\/w:t><\/w:r>/gs)].map(([run]) => run);
    expect(name.length).toBeGreaterThan(0);
    for (const run of name) expect(run).not.toMatch(/<w:rtl\/>/);
    expect(await readDocx(buffer)).toContain('محضر موجز');
  });
});

describe('a long record', () => {
  it('of two thousand entries is written whole', async () => {
    const base = lastOf(state, 'text');
    const record = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x${index}`, { ...base, id: `x${index}`, position: index, text: `Entry number ${index}.`, hidden: false }]));
    const document = documentOf({ ...state, record }, 'en');
    expect(recordHtml(document)).toContain('Entry number 1999.');
    const text = await readDocx((await docxParts(document)).buffer);
    for (const number of [0, 999, 1999]) expect(text).toContain(`Entry number ${number}.`);
  });
});
