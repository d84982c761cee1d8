// `pnpm kk` in the root of a clone runs the sources of all packages, so that an edit takes effect at once.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/kk.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

it('loads no built file: an error in a package below comes from its src', () => {
  const damaged = join(temporaryFolder(), 'tokenizer.json');
  writeFileSync(damaged, '{ "model": ');
  const { status, stdout, stderr } = spawnSync(`${scripts.kk} --debug tokenizer inspect ${JSON.stringify(damaged)}`, { cwd: root, shell: true, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^kk: .*tokenizer\.json/);
  expect(stderr).toMatch(/packages[\\/]tokenizer[\\/]src[\\/].*\.ts:\d+/);
  expect(stderr).toMatch(/packages[\\/]cli[\\/]src[\\/].*\.ts:\d+/);
  expect(stderr).not.toMatch(/packages[\\/][\w-]+[\\/]dist[\\/]/);
});
