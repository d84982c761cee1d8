// The eslint configuration for all folders of the workspace.
import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { houseStyle } from './house-style.mjs';
import { importRule } from './import-rule.mjs';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.turbo/**', '.bootstrap/**', 'packages/*/assembly/**', '**/generated/**', '**/.vitepress/cache/**', 'apps/demo/dev-dist/**', '**/*.bundled_*.mjs'] }, // the last are tsup's, which it writes beside its configuration for a moment
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // An import of nothing but types would stay as an import of nothing, and load the file: in tests that is a cycle where two files name each other's types.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always'],
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: config.files ?? ['**/*.vue'] })),
  {
    name: 'kk/vue',
    files: ['**/*.vue'],
    languageOptions: { globals: { ...globals.browser }, parserOptions: { parser: tseslint.parser } },
    rules: {
      // Long lines and one line per element are a matter of taste; the rest of the recommended rules is not.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'any' } }],
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off', // TypeScript says which ones may be missing
      'vue/no-v-html': 'error',
    },
  },
  {
    name: 'kk/demo',
    files: ['apps/demo/src/**/*.ts', 'apps/demo/scripts/**/*.mjs', 'apps/demo/journeys/**/*.ts'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    name: 'kk/bench-pages', // functions that run in a page, and pages of their own
    files: ['tooling/bench/lib/demo*.mjs', 'tooling/bench/pages/**/*.mjs'],
    languageOptions: { globals: { ...globals.browser } },
  },
  ...houseStyle,
  ...importRule(),
);
