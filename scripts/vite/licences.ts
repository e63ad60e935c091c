import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** A package that Plenum is built with or runs on. */
export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, or what the package says instead. */
  readonly licence: string;
}

interface LockEntry {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

const ROOT = join(import.meta.dirname, '../..');
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

function licenceOf(manifest: { readonly license?: unknown; readonly licenses?: unknown }): string {
  const { license, licenses } = manifest;
  if (typeof license === 'string') return license;
  if (typeof license === 'object' && license !== null && 'type' in license) return String(license.type);
  if (Array.isArray(licenses)) return licenses.map((each: unknown) => String((each as { type?: unknown }).type)).join(' OR ');
  return 'see its licence text';
}

interface Found extends LicensedPackage {
  readonly text: string;
}

/** Everything that package-lock.json installs for production and that is there on this machine (packages for other systems are not). */
function installed(root: string): readonly Found[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockEntry> };
  const found = new Map<string, Found>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    const folder = join(root, path);
    if (path === '' || entry.dev === true || entry.devOptional === true || entry.link === true || !existsSync(join(folder, 'package.json'))) continue;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: unknown; licenses?: unknown };
    const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile() && LICENCE_FILE.test(each.name)).map(({ name }) => name).sort();
    const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
    found.set(`${manifest.name} ${manifest.version}`, { name: manifest.name, version: manifest.version, licence: licenceOf(manifest), text });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

/** @returns the list for the page, and all licence texts in one */
export function licences(root = ROOT): { readonly list: readonly LicensedPackage[]; readonly texts: string } {
  const packages = installed(root);
  const rule = '='.repeat(80);
  return {
    list: packages.map(({ name, version, licence }) => ({ name, version, licence })),
    texts: packages.map(({ name, version, licence, text }) => `${rule}\n${name} ${version}\nLicence: ${licence}\n\n${text === '' ? '(The package has no licence file of its own.)' : text}\n`).join('\n'),
  };
}

/** Emits and serves `/licences.json`, which the credits show, and `/licences.txt`, all licence texts. */
export function licenceFiles(): Plugin {
  return {
    name: 'plenum-licences',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url !== '/licences.json' && request.url !== '/licences.txt') {
          next();
          return;
        }
        const { list, texts } = licences();
        response.setHeader('Content-Type', request.url.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8');
        response.end(request.url.endsWith('.json') ? JSON.stringify(list) : texts);
      });
    },
    generateBundle() {
      const { list, texts } = licences();
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(list) });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts });
    },
  };
}
