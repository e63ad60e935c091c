import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licences } from './licences.ts';

const { list, texts } = licences();
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { dependencies: Record<string, string>; devDependencies: Record<string, string> };

describe('the list of open-source software', () => {
  it('names every production dependency in the version that is used, each with a licence and none twice', () => {
    for (const [name, version] of Object.entries(manifest.dependencies)) expect(list).toContainEqual(expect.objectContaining({ name, version }));
    expect(list.filter(({ licence }) => licence === '')).toEqual([]);
    expect(new Set(list.map(({ name, version }) => `${name} ${version}`)).size).toBe(list.length);
  });

  it('leaves out what is only used to develop', () => {
    const names = new Set(list.map(({ name }) => name));
    expect(['eslint', 'vitest', '@playwright/test'].filter((name) => name in manifest.devDependencies && names.has(name))).toEqual([]);
  });

  it('has their texts', () => {
    expect(texts).toContain('@babylonjs/core');
    expect(texts).toMatch(/Permission is hereby granted, free of charge/);
    expect(texts).toContain('Apache License');
  });
});
