// The build configuration of all packages: ESM and CJS with types, one bundle per public entry.
import { defineConfig } from 'tsup';

/**
 * @param {Record<string, string>} entry  public name -> source file, for example { index: 'src/index.ts', node: 'src/node.ts' }
 * @param {import('tsup').Options} [overrides]
 */
export function library(entry, overrides = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    // The demo does not need type declarations, which take most of a build's time. They are written without checking the types, which
    // `pnpm typecheck` does once for all packages; here each would check the sources of all that it builds on again. The path bundles the
    // types of @kk/random and @kk/options in.
    dts: process.env.KK_TYPES !== 'off' && { compilerOptions: { noCheck: true, baseUrl: '.', paths: { '@kk/random': ['../random/src/index.ts'], '@kk/options': ['../options/src/index.ts'] } } },
    clean: true,
    sourcemap: true,
    splitting: true,
    treeshake: true,
    external: [/^node:/],
    noExternal: ['@kk/options', '@kk/random', '@kk/whole-file'], // never published, so they must be bundled
    ...overrides,
  });
}
