import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, ROLES } from '../../shared/protocol/vocabulary.ts';
import { checkCatalogue, checkCatalogues, pluralCategories } from '../../client/ui/locales/catalogues.ts';
import { readCatalogues, REQUIRED_KEYS } from './catalogues.ts';

const catalogues = readCatalogues();
const { en } = catalogues;

describe('the six catalogues', () => {
  it('have the same keys, placeholders and complete plural forms, and a text for every reason', () => {
    expect(checkCatalogues(catalogues, REQUIRED_KEYS)).toEqual([]);
  });

  it('have a text for every role', () => {
    expect(ROLES.filter((role) => !(`role.${role}` in en))).toEqual([]);
  });

  it('are translated: nearly no text is the English one', () => {
    for (const language of LANGUAGES.filter((each) => each !== 'en')) {
      const same = Object.entries(catalogues[language]).filter(([key, text]) => text === en[key]);
      // Words like "Chat", "Microphone" or "Avatar" are the same in some languages: one or two in a hundred.
      expect(same.length / Object.keys(en).length, `${language}: ${same.map(([key]) => key).join(', ')}`).toBeLessThan(0.015);
    }
  });
});

describe('checkCatalogue', () => {
  const english = { 'a.title': 'Hello {{name}}', 'a.count_one': '{{count}} seat', 'a.count_other': '{{count}} seats' };
  const russian = { 'a.title': 'Здравствуйте, {{name}}', 'a.count_one': '{{count}} место', 'a.count_few': '{{count}} места', 'a.count_many': '{{count}} мест', 'a.count_other': '{{count}} места' };
  const without = (key: string) => Object.fromEntries(Object.entries(russian).filter(([each]) => each !== key));

  it('accepts a complete one', () => {
    expect(checkCatalogue('ru', russian, english)).toEqual([]);
  });

  it('finds a missing and a superfluous key', () => {
    expect(checkCatalogue('ru', without('a.title'), english)).toEqual(['a.title: is missing']);
    expect(checkCatalogue('ru', { ...russian, 'a.more': 'ещё' }, english)).toEqual(['a.more: is not in English']);
  });

  it('finds missing and foreign plural forms by the rules of the language', () => {
    expect(checkCatalogue('ru', without('a.count_few'), english)).toEqual(['a.count_few: plural form is missing']);
    expect(checkCatalogue('ru', { ...russian, 'a.count_two': '2' }, english)).toEqual(['a.count_two: the language has no such plural form']);
    expect(pluralCategories('ar')).toHaveLength(6);
  });

  it('finds missing, misspelt and broken placeholders', () => {
    expect(checkCatalogue('ru', { ...russian, 'a.title': 'Здравствуйте' }, english)).toEqual(['a.title: the placeholder {{name}} is missing']);
    expect(checkCatalogue('ru', { ...russian, 'a.title': '{{name}} {{nmae}}' }, english)).toEqual(['a.title: English has no placeholder {{nmae}}']);
    expect(checkCatalogue('ru', { ...russian, 'a.title': '{{name}} {{' }, english)).toEqual(['a.title: has a broken placeholder']);
    expect(checkCatalogue('ru', { ...russian, 'a.count_many': 'много' }, english)).toEqual(['a.count_many: the placeholder {{count}} is missing']);
  });

  it('lets the forms for a single number do without the digits', () => {
    expect(checkCatalogue('ru', { ...russian, 'a.count_one': 'одно место' }, english)).toEqual([]);
  });

  it('finds an empty text', () => {
    expect(checkCatalogue('ru', { ...russian, 'a.title': ' ' }, english)).toContain('a.title: is empty or not a text');
  });
});

/** All sources of the client, in which a key must stand that the catalogues carry. */
function clientSources(): string {
  const root = join(import.meta.dirname, '../../client');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'));
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
}

describe('the keys', () => {
  it('are all used: a text that nobody shows is not translated six times', () => {
    const source = clientSources();
    // Composed in the code from a closed list that the type checker compares with the catalogue.
    const composed = ['headset.failed.', 'reason.', 'role.', 'colour.', 'problem.title.', 'mic.problem.', 'appearance.slot.', 'settings.quality.', 'settings.announcements.', 'announce.mic.', 'reconnect.', 'world.failed.', 'sight.open.', 'staff.fault.', 'privacy.', 'toast.talk.', 'staff.state.', 'staff.sponsors.kind.', 'sponsors.tier.',
      'panels.comfort.', 'panels.hand.', 'plenary.alert.', 'plenary.ask.', 'plenary.capacity.', 'plenary.captions.ground.', 'plenary.captions.size.', 'plenary.cause.', 'plenary.conclusion.', 'plenary.console.alert.', 'plenary.console.check.', 'plenary.console.grade.', 'plenary.console.key.', 'plenary.console.mic.', 'plenary.export.conclusion.', 'plenary.fact.conclusion.', 'plenary.fact.motion.', 'plenary.fact.status.', 'plenary.group.', 'plenary.groupHint.', 'plenary.itemStatus.', 'plenary.motion.', 'plenary.plate.', 'plenary.scope.', 'plenary.scopeHint.', 'plenary.stage.', 'plenary.status.', 'plenary.tab.'];
    const bases = new Set(Object.keys(en).map((key) => key.replace(/_(one|other)$/, '')));
    const unused = [...bases].filter((key) => !composed.some((start) => key.startsWith(start)) && !source.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it('exist for every toast that any part of the client raises', () => {
    const raised = [...clientSources().matchAll(/'(toast\.[a-zA-Z.]+)'/g)].map((match) => match[1] ?? '');
    expect(raised.length).toBeGreaterThan(0);
    expect(raised.filter((key) => !(key in en) && !(`${key}_other` in en))).toEqual([]);
  });
});
