// Every package that is published carries the license itself: npm packs a LICENSE only from the package's own folder, pnpm also from the root.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const published = readdirSync(`${root}packages`).filter((name) => {
  const { private: isPrivate } = JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')) as { private?: boolean };
  return isPrivate !== true;
});

it('finds the packages', () => {
  expect(published).toEqual(expect.arrayContaining(['tokenizer', 'nn-core', 'cli']));
});

it.each(published)('%s has the license of the repository', (name) => {
  const file = `${root}packages/${name}/LICENSE`;
  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(readFileSync(`${root}LICENSE`, 'utf8'));
});
