import tseslint from 'typescript-eslint';

/** One lint rule per boundary: which folders may not be imported from where, and what to do instead. */
type Forbidden = { group: string[]; message: string }[];
function boundary(files: string[], forbidden: Forbidden): { files: string[]; rules: Record<string, ['error', { patterns: Forbidden }]> } {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: forbidden }] } };
}

const fromShared = [
  { group: ['**/client/**', '**/server/**'], message: 'shared/ imports neither side: move what both need into shared/.' },
  { group: ['node:*', '@babylonjs/*', '@colyseus/core', '@colyseus/sdk', 'preact', 'express'], message: 'shared/ does no I/O and knows no engine: pass what it needs in as an argument.' },
];
const fromClient = [
  { group: ['**/server/**', 'node:*', '@colyseus/core'], message: 'client/ may import shared/ only: put what both sides need into shared/.' },
];
const fromServer = [
  { group: ['**/client/**', '@babylonjs/*', 'preact', '@colyseus/sdk'], message: 'server/ may import shared/ only: put what both sides need into shared/.' },
];
const noBabylon = {
  group: ['@babylonjs/*', '**/world/**', '**/xr/**'],
  message: 'Only client/world and client/xr (loaded lazily) may import Babylon.js or the world; reach them through import() in client/app.',
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'test-results/**', 'playwright-report/**', '**/build/**', '.tmp/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['tests/**', 'scripts/**', 'tools/**', 'server/roster.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.test.ts', '**/*.test.tsx', 'tests/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['**/*.mjs', '**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['client/**/*.tsx', 'client/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', {
        selector: 'CallExpression[callee.name="useEffect"] CallExpression[callee.property.name=/^(focus|showModal)$/], CallExpression[callee.name="useEffect"] CallExpression[callee.property.name="addEventListener"][arguments.0.value=/^key/]',
        message: 'useLayoutEffect: after the picture, somebody quick has pressed the next key already, and it is lost or goes elsewhere.',
      }],
    },
  },
  boundary(['shared/**'], fromShared),
  boundary(['shared/rules/**', 'shared/protocol/**'], [...fromShared, { group: ['@recast-navigation/*'], message: 'Rules are pure: take a Ground (shared/rules/ground.ts) as an argument.' }]),
  boundary(['client/app/**', 'client/net/**', 'client/audio/**', 'client/ui/**', 'client/staff/**', 'client/plenary/**'], [...fromClient, noBabylon]),
  boundary(['client/world/**'], fromClient),
  boundary(['client/xr/**'], fromClient),
  boundary(['client/xr/panels/**'], [...fromClient, { group: ['@babylonjs/*', '**/world/**'], message: 'Panels are pictures and know no engine: client/xr/ puts them into the scene.' }]),
  boundary(['server/**'], fromServer),
);
