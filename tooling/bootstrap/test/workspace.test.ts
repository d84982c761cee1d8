import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listPackages, packageGroups, readManifest, workspaceRoot } from '../src/workspace.mjs';

it('knows the same groups of packages as pnpm', () => {
  const lines = readFileSync(join(workspaceRoot, 'pnpm-workspace.yaml'), 'utf8').split('\n');
  const globs = lines.slice(lines.indexOf('packages:') + 1).map((line) => /^ {2}- (.*)$/.exec(line)?.[1]);
  expect(globs.slice(0, globs.indexOf(undefined))).toEqual(packageGroups.map((group) => `${group}/*`));
});

it('finds the root and its packages', () => {
  expect(readManifest(workspaceRoot).name).toBe('kk');
  const folders = listPackages().map(({ folder }) => folder);
  expect(folders).toContain('packages/sampler');
  expect(folders).toContain('tooling/bootstrap');
});
