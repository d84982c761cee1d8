// The test configuration of all packages: from sources (no build), in Node, with long timeouts for a busy machine.
import { defineConfig } from 'vitest/config';

/**
 * @param {string} name  the package's name in the report
 * @param {import('vitest/node').InlineConfig} [test]
 */
export function unitTests(name, test = {}) {
  return defineConfig({
    resolve: { conditions: ['@kk/source', 'module', 'node', 'import', 'default'] },
    ssr: { resolve: { conditions: ['@kk/source', 'module', 'node', 'import', 'default'] } },
    test: { name, include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, ...test },
  });
}
