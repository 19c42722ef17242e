/** Lints, and the arrows: app → shared → host, bindings; only host/tauri.ts names the window's library. */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const tauri = { group: ['@tauri-apps/*'], message: 'Only src/host/tauri.ts speaks to the window.' };
const app = { group: ['**/app/**'], message: 'Shared parts know nothing of the app.' };
const shared = {
  group: ['**/shared/**', '**/app/**'],
  message: 'The host knows nothing of what stands on it.',
};
const forbid = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default ts.config(
  { ignores: ['dist/', 'src/bindings/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  { files: ['*.{js,ts}', 'e2e/**'], languageOptions: { globals: { ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // the hash router has no base path to resolve
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['src/app/**'], rules: forbid(tauri) },
  { files: ['src/shared/**'], rules: forbid(tauri, app) },
  { files: ['src/host/**'], ignores: ['src/host/tauri.ts'], rules: forbid(tauri, shared) },
  { files: ['src/host/tauri.ts'], rules: forbid(shared) },
  {
    files: ['src/**/*.svelte'],
    rules: { 'max-lines': ['error', { max: 200, skipBlankLines: false, skipComments: false }] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', 400], 'max-lines-per-function': ['error', 70] },
  },
);
