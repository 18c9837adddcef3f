import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Who may import whom: docs/architecture.md. The message says what to do instead. */
const fence = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});
const runtimePackages = ['svelte*', 'comlink', '@tensorflow/*', '@cornerstonejs/*', '@kitware/*'];

export default ts.config(
  { ignores: ['dist', 'node_modules', 'training', 'public', 'coverage'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Voxel loops read typed arrays by computed index; `as number` there says "in range".
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], projectService: true },
    },
  },
  fence(
    ['src/core/**'],
    [
      '**/app/**',
      '**/adapters/**',
      '**/ui/**',
      '**/cli/**',
      '**/workers/**',
      'node:*',
      ...runtimePackages,
    ],
    'The core is pure. Take what you need as a parameter, or add a port in src/app/ports.ts.',
  ),
  fence(
    ['src/app/**'],
    ['**/adapters/**', '**/ui/**', '**/cli/**', '**/workers/**', 'node:*', ...runtimePackages],
    'Use cases see ports, not adapters: the shells (workers, cli) bring the adapter.',
  ),
  fence(
    ['src/ui/**'],
    [
      '**/adapters/tfjs/**',
      '**/adapters/node/**',
      '**/adapters/codecs/**',
      '**/cli/**',
      '@tensorflow/*',
      'node:*',
    ],
    'The page asks the worker (workers/api.ts); it never computes on voxels itself.',
  ),
  {
    files: ['tests/**', 'scripts/**', 'bench/**'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // A test that meets undefined fails, and says so.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.js'],
    ...ts.configs.disableTypeChecked,
  },
  {
    files: ['**/*.js'],
    languageOptions: { globals: globals.node },
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  prettier,
);
