// The test configuration of all packages: from sources (no build), in Node, with the same random numbers in every run and long timeouts
// for a busy machine.
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { PATIENCE } from './patience.mjs';

/** Run before each test file. */
const setup = ['repeatable.mjs', 'equality.mjs'].map((file) => fileURLToPath(new URL(file, import.meta.url)));

/** Files that need a process of their own, because they replace modules for all that is loaded after them. */
const ALONE = '**/*.alone.test.ts';

/**
 * The files of a project share a process and what it has loaded, because loading the sources anew for each file takes longer than most tests.
 * A file that replaces modules is named `*.alone.test.ts` and belongs to `aloneTests`; what else a test changes, it puts back itself.
 * @param {string} name  the package's name in the report
 * @param {import('vitest/node').InlineConfig} [test]  vitest's own options; `setupFiles` are added to ours
 */
export function unitTests(name, { setupFiles = [], ...test } = {}) {
  return defineConfig({
    resolve: { conditions: ['@kk/source', 'module', 'node', 'import', 'default'] },
    ssr: { resolve: { conditions: ['@kk/source', 'module', 'node', 'import', 'default'] } },
    test: {
      name,
      include: ['test/**/*.test.ts'],
      exclude: [...configDefaults.exclude, ALONE],
      isolate: false,
      setupFiles: [...setup, ...setupFiles],
      testTimeout: PATIENCE,
      hookTimeout: PATIENCE,
      ...test,
    },
  });
}

/**
 * The files of a package that each get a process of their own.
 * @param {string} name  the package's name; `-alone` is appended
 * @param {import('vitest/node').InlineConfig} [test]
 */
export const aloneTests = (name, test) => unitTests(`${name}-alone`, { include: [`test/${ALONE}`], exclude: configDefaults.exclude, isolate: true, ...test });
