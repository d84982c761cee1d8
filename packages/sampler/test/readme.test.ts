// The README's examples are the files in examples/, word for word, and they print what the README shows; its totals are those of the page with the
// official tests of JSON Schema.
import { readFileSync } from 'node:fs';
import { testReadme } from '@kk/vitest-config/readme';
import { expect, it } from 'vitest';

testReadme(new URL('../', import.meta.url), [
  ['examples/sample.ts', () => import('../examples/sample.js')],
  ['examples/chain.ts', () => import('../examples/chain.js')],
  ['examples/constrained.ts', () => import('../examples/constrained.js')],
]);

it('gives the totals of the page JSON-SCHEMA-SUITE.md', () => {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const rows = read('JSON-SCHEMA-SUITE.md').split('\n').filter((line) => line.startsWith('| `')).map((line) => Array.from(line.matchAll(/ (\d+) of (\d+) (?=\|)/g), ([, good, all]) => [Number(good), Number(all)] as const));
  expect(rows.length).toBeGreaterThan(40);
  const [schemas, valid, invalid] = [0, 1, 2].map((column) => [0, 1].map((place) => rows.reduce((sum, row) => sum + row[column][place], 0).toLocaleString('en')).join(' of '));
  expect(read('README.md')).toContain(`${schemas} schemas are built, ${valid} valid values can be written and ${invalid} invalid values are refused.`);
});
