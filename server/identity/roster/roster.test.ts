import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passFromFragment } from '../../../shared/protocol/links.ts';
import { openSqliteStore } from '../../store/sqlite/index.ts';
import type { Store } from '../../store/store.ts';
import { newSession } from '../../../shared/rules/plenary/initial.ts';
import { makeDemo } from '../demo.ts';
import { findPass } from '../passes.ts';
import * as commands from './commands.ts';
import { countryOf, isCountryCode } from './countries.ts';
import { RosterFileError, readRoster } from './file.ts';

const HEADER = 'name,entity,entity type,role,language,e-mail,country';
const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));
const problemsOf = (file: Uint8Array): string[] => {
  try {
    readRoster(file);
  } catch (error) {
    if (error instanceof RosterFileError) return error.message.split('\n');
    throw error;
  }
  return [];
};
const entries = (file: Uint8Array): unknown[] => readRoster(file).rows.map(({ entry }) => entry);

describe('a roster file', () => {
  it('is read as spreadsheets write it', () => {
    const jane = { name: 'Doe, Jane', entity: 'Ghana', entityType: 'member-state', role: 'delegate', language: 'fr', email: 'jane@example.org', country: 'gh' };
    const excel = '\uFEFFName;ENTITY;Entity_Type;Role;Language;E-Mail;Country\r\n"Doe, Jane";Ghana;Member State;DELEGATE;French;jane@example.org;GH\r\n\r\n;;;;;;\r\n';
    const tabs = 'Name\tEntity\tEntity Type\tRole\tLanguage\tEMAIL\n"Doe,  \nJane"\tGhana\tmember-state\tdelegate\tfr\tjane@example.org\n';
    const utf16 = Buffer.from(`\uFEFF${tabs}`, 'utf16le');
    for (const file of [new TextEncoder().encode(excel), new TextEncoder().encode(tabs), utf16, utf16.swap16()]) expect(entries(file)).toEqual([jane]);
  });

  it('needs neither e-mail nor country, and does not read other columns', () => {
    const file = bytes('Salary,name,entity,entity type,role,language', '100,Bo,Acme Ltd,sector-member,observer,en');
    expect(readRoster(file)).toMatchObject({ ignored: ['Salary'], rows: [{ line: 2, entry: { name: 'Bo', email: '', country: '' } }] });
    expect(JSON.stringify(readRoster(file))).not.toContain('100');
  });

  it('knows member states by their names in six languages and in the spelling of the UN', () => {
    const names = ['Switzerland', 'Suisse', 'Suiza', 'Швейцария', '瑞士', 'سويسرا', 'CÔTE D’IVOIRE', 'Cote d\'Ivoire', 'Republic of Korea', 'Korea (Republic of)', 'Iran (Islamic Republic of)', 'Türkiye', 'Viet Nam', 'Atlantis'];
    expect(names.map(countryOf)).toEqual(['ch', 'ch', 'ch', 'ch', 'ch', 'ch', 'ci', 'ci', 'kr', 'kr', 'ir', 'tr', 'vn', '']);
    expect(['ch', 'un', 'eu', 'qq', 'zz', 'xk', 'CH', ''].map(isCountryCode)).toEqual([true, true, true, false, false, false, false, false]);
    expect(entries(bytes(HEADER, 'A,Fiji,organisation,guest,en,,'))).toMatchObject([{ country: '' }]);
  });

  it('is refused with every problem, by line and column', () => {
    const file = bytes(HEADER, '"A\nB",X,planet,delegate,xx,,', 'C,Y,academia,boss,en,nomail,q1', ' ,Z,academia,guest,,,', 'D,Z,academia,guest,en,,,surplus', `${'n'.repeat(81)},Z,academia,guest,en,,`, 'E\u202Efdp,Z,academia,guest,en,,');
    expect(problemsOf(file)).toEqual([
      expect.stringMatching(/^line 2, column "entity type": "planet" is not allowed; allowed: member-state, /),
      expect.stringMatching(/^line 2, column "language": "xx" is not allowed; allowed: en, fr, /),
      expect.stringMatching(/^line 4, column "role": "boss" is not allowed; allowed: delegate, /),
      expect.stringMatching(/^line 4, column "e-mail": is not an e-mail address/),
      expect.stringMatching(/^line 4, column "country": must be a two-letter/),
      'line 5, column "name": must not be empty',
      expect.stringMatching(/^line 5, column "language": must not be empty; allowed: en, /),
      expect.stringMatching(/^line 6: has 8 cells, more than the header/),
      'line 7, column "name": must not be longer than 80 characters',
      'line 8, column "name": must not contain control characters',
    ]);
  });

  it('is refused when somebody stands in it twice', () => {
    const twice = bytes(HEADER, 'A,X,academia,guest,en,a@example.org,', 'B,X,academia,guest,en,A@EXAMPLE.org,', 'C,X,academia,guest,en,,', 'C,X,academia,guest,en,,');
    expect(problemsOf(twice)).toEqual([expect.stringMatching(/^line 3, column "e-mail": the same e-mail stands in line 2/), expect.stringMatching(/^line 5, column "name": the same name and entity stand in line 4/)]);
    expect(problemsOf(bytes(HEADER, 'C,X,academia,guest,en,c1@example.org,', 'C,X,academia,guest,en,c2@example.org,'))).toEqual([]);
  });

  it('is refused as a whole if it is no such file', () => {
    expect(problemsOf(bytes(''))).toEqual(['the file is empty']);
    expect(problemsOf(bytes(HEADER))).toEqual(['the file has a header and nobody in it']);
    expect(problemsOf(bytes('name,role,Role,language', 'A,guest,guest,en'))).toEqual([
      'line 1, column "Role": stands twice in the header', 'line 1, column "entity": is missing in the header', 'line 1, column "entity type": is missing in the header',
    ]);
    expect(problemsOf(Uint8Array.of(...bytes(HEADER, 'Jos'), 0xe9, ...bytes(',X,academia,guest,en,,')))[0]).toMatch(/not in UTF-8/);
    expect(problemsOf(bytes(HEADER, 'A,X,academia,guest,en,,', '"B,X,academia,guest,en,,', 'C,X,academia,guest,en,,'))).toEqual([expect.stringMatching(/^line 3: a quotation mark is missing/)]);
  });
});

describe('the roster commands', () => {
  let folder: string;
  let store: Store;
  let context: commands.RosterContext;
  const file = (name: string, ...lines: string[]): string => {
    writeFileSync(join(folder, name), lines.join('\n'));
    return join(folder, name);
  };
  const names = async (): Promise<string[]> => (await store.people.list()).map(({ name }) => name);
  const passIn = (line: string | undefined): string => passFromFragment(new URL((line ?? '').trim()).hash) ?? '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plenum-roster-'));
    store = openSqliteStore(folder);
    context = { store, base: 'https://venue.example.org', passDays: 2, now: 1_000_000 };
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('update people by e-mail or by name and entity, and leave their passes in force', async () => {
    await commands.importFile(context, file('a.csv', HEADER, 'Ana,Fiji,member-state,delegate,en,ana@example.org,', 'Ben,Fiji,member-state,delegate,en,,'), null);
    const before = new Map((await store.people.list()).map((person) => [person.name, person]));
    const link = (await commands.issueLinks(context, [before.get('Ana')?.id ?? ''], { file: null, replace: false }))[1];
    const again = file('b.csv', HEADER, 'Ana Maria,Fiji,member-state,chair,es,ANA@example.org,', 'Ben,Fiji,member-state,delegate,en,ben@example.org,', 'Cy,Fiji,member-state,delegate,en,,');
    expect((await commands.importFile(context, again, null))[0]).toBe('1 added, 2 updated, 0 unchanged.');
    const after = new Map((await store.people.list()).map((person) => [person.name, person]));
    expect(after.get('Ana Maria')).toMatchObject({ id: before.get('Ana')?.id, role: 'chair', language: 'es' });
    expect(after.get('Ben')).toMatchObject({ id: before.get('Ben')?.id, email: 'ben@example.org' });
    expect((await findPass(store.passes, passIn(link), context.now)).person).toBe(before.get('Ana')?.id);
    // The file that does not mention the e-mail does not take it away.
    expect((await commands.importFile(context, file('c.csv', HEADER, 'Ben,Fiji,member-state,delegate,en,,'), null))[0]).toBe('0 added, 0 updated, 1 unchanged.');
    expect((await store.people.get(before.get('Ben')?.id ?? ''))?.email).toBe('ben@example.org');
  });

  it('change nothing for a bad file', async () => {
    await commands.importFile(context, file('a.csv', HEADER, 'Ana,Fiji,member-state,delegate,en,,'), null);
    const bad = file('b.csv', HEADER, 'New,Fiji,member-state,delegate,en,,', 'Ana,Fiji,member-state,emperor,en,,');
    await expect(commands.importFile(context, bad, join(folder, 'links.csv'))).rejects.toThrow(RosterFileError);
    expect(await names()).toEqual(['Ana']);
    expect(() => statSync(join(folder, 'links.csv'))).toThrow();
  });

  it('refuse a row that fits two people, or two rows that fit one', async () => {
    await commands.importFile(context, file('a.csv', HEADER, 'Kim,Fiji,member-state,delegate,en,k1@example.org,', 'Kim,Fiji,member-state,delegate,en,k2@example.org,', 'Lu,Fiji,member-state,delegate,en,lu@example.org,'), null);
    await expect(commands.importFile(context, file('b.csv', HEADER, 'Kim,Fiji,member-state,chair,en,,'), null)).rejects.toThrow(/line 2, column "e-mail": several people/);
    const two = file('c.csv', HEADER, 'Lu,Fiji,member-state,chair,en,,', 'Lu Li,Fiji,member-state,chair,en,lu@example.org,');
    await expect(commands.importFile(context, two, null)).rejects.toThrow(/line 3: is the same person in the roster as line 2/);
    expect((await store.people.list()).map(({ role }) => role)).toEqual(['delegate', 'delegate', 'delegate']);
  });

  it('write pass links that work, for the owner\'s eyes, harmless in a spreadsheet', async () => {
    const out = join(folder, 'links.csv');
    await commands.importFile(context, file('a.csv', HEADER, '"=HYPERLINK(""x"")","A, B",academia,guest,en,,'), out);
    const text = readFileSync(out, 'utf8');
    const [, row] = text.split('\r\n');
    expect(row).toMatch(/^"'=HYPERLINK\(""x""\)","A, B",guest,en,,https:\/\/venue\.example\.org\/#pass=[0-9a-f]{40},/);
    expect(statSync(out).mode & 0o077).toBe(0);
    const pass = passIn(/https:[^,]+/.exec(row ?? '')?.[0]);
    expect((await findPass(store.passes, pass, context.now)).expiresAt).toBe(context.now + 2 * 86_400_000);
    // Neither overwritten, nor are passes issued that nobody gets to see.
    await expect(commands.issueLinks(context, [], { file: out, replace: true })).rejects.toThrow(/exists already/);
    expect((await findPass(store.passes, pass, context.now)).revokedAt).toBeNull();
  });

  it('leave earlier passes in force, or revoke them if asked', async () => {
    await commands.importFile(context, file('a.csv', HEADER, 'Ana,Fiji,member-state,delegate,en,,'), null);
    const first = passIn((await commands.issueLinks(context, [], { file: null, replace: false }))[1]);
    const second = passIn((await commands.issueLinks(context, [], { file: null, replace: false }))[1]);
    await expect(findPass(store.passes, first, context.now)).resolves.toBeDefined();
    const third = passIn((await commands.issueLinks(context, [], { file: null, replace: true }))[1]);
    for (const old of [first, second]) await expect(findPass(store.passes, old, context.now)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
    await expect(findPass(store.passes, third, context.now)).resolves.toBeDefined();
  });

  it('revoke, export and erase a person by id, and say so if there is none', async () => {
    await commands.importFile(context, file('a.csv', HEADER, 'Ana,Fiji,member-state,delegate,en,ana@example.org,'), null);
    const [person] = await store.people.list();
    const id = person?.id ?? '';
    const pass = passIn((await commands.issueLinks(context, [id], { file: null, replace: false }))[1]);
    expect(await commands.list(context)).toEqual([`${id}  Ana (Fiji, delegate)`]);
    expect((await commands.revoke(context, id))[0]).toContain('1 pass revoked');
    await expect(findPass(store.passes, pass, context.now)).rejects.toMatchObject({ reason: 'PASS_REVOKED' });
    expect(JSON.parse((await commands.exportPerson(context, id)).join('\n'))).toMatchObject({ person: { email: 'ana@example.org' }, passes: [{ person: id }], place: null, blocks: [] });
    await commands.erase(context, id);
    expect(await names()).toEqual([]);
    for (const command of [commands.revoke, commands.exportPerson, commands.erase]) await expect(command(context, id)).rejects.toThrow(`Nobody has the id ${id}`);
  });

  it('end a demonstration by naming the event, keeping those who were imported', async () => {
    expect(await makeDemo(store, context.now)).toBe(true);
    expect(await makeDemo(store, context.now)).toBe(false);
    await store.plenary.create('demo1234', newSession({ title: 'First', kind: 'plenary' }), context.now);
    const demo = await store.people.list();
    expect(demo).toHaveLength(15);
    expect(new Set(demo.map(({ language }) => language)).size).toBe(6);
    expect((await commands.importFile(context, file('a.csv', HEADER, 'Ana,Fiji,member-state,delegate,en,,'), null)).join()).toContain('demonstration people are still there');
    await commands.nameEvent(context, 'Council 2027');
    expect(await store.plenary.list()).toEqual([]);
    expect([await names(), await store.event.get()]).toEqual([['Ana'], { name: 'Council 2027', demo: false }]);
    await commands.nameEvent(context, 'Council 2028');
    expect(await names()).toEqual(['Ana']);
    expect(await makeDemo(store, context.now)).toBe(false);
  });
});
