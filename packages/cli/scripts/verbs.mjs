// Rewrites the tables of verbs in the README and on the page VERBS.md from the verbs themselves, and the names of the statistics: pnpm --filter @kk/cli run verbs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// The packages of this repository are read from their sources, so that no build is needed.
const environments = { inline: { resolve: { noExternal: [/^@kk\//], conditions: ['@kk/source', 'module', 'import', 'default'] } } };
const { module } = await runnerImport(fileURLToPath(new URL('../src/grammar/verbs-table.ts', import.meta.url)), { logLevel: 'error', environments });

for (const [name, withTables] of [['README.md', module.withTables], ['VERBS.md', module.withWholeTable]]) {
  const page = new URL(`../${name}`, import.meta.url);
  writeFileSync(page, withTables(readFileSync(page, 'utf8')));
}
