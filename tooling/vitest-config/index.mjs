// The test configuration of all packages: from sources (no build), in Node, with the same random numbers in every run and long timeouts
// for a busy machine.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './patience.mjs';

/** Runs before each test file. */
const repeatable = fileURLToPath(new URL('repeatable.mjs', import.meta.url));

/**
 * @param {string} name  the package's name in the report
 * @param {import('vitest/node').InlineConfig} [test]
 */
export function unitTests(name, test = {}) {
  return defineConfig({
    resolve: { conditions: ['@kk/source', 'module', 'node', 'import', 'default'] },
    ssr: { resolve: { conditions: ['@kk/source', 'module', 'node', 'import', 'default'] } },
    test: { name, include: ['test/**/*.test.ts'], setupFiles: [repeatable], testTimeout: PATIENCE, hookTimeout: PATIENCE, ...test },
  });
}
