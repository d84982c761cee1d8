// bin/kk.js in a clone that is not built: one sentence instead of a stack trace.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from './support/kk.js';

it('says how to build it', () => {
  const clone = temporaryFolder();
  cpSync(fileURLToPath(new URL('../bin', import.meta.url)), join(clone, 'bin'), { recursive: true });
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
  const kk = (): { status: number | null; stderr: string } => spawnSync(process.execPath, [join(clone, 'bin/kk.js'), '--help'], { encoding: 'utf8' });
  expect(kk()).toMatchObject({ status: 1, stdout: '', stderr: 'kk: This clone is not built yet.\n    Run npm run demo in its folder once, which builds kk, or pnpm build.\n' });

  // Other errors are shown as they are.
  mkdirSync(join(clone, 'dist'));
  writeFileSync(join(clone, 'dist/index.js'), "import 'no-such-package';\n");
  expect(kk().stderr).toContain("Cannot find package 'no-such-package'");
  writeFileSync(join(clone, 'dist/index.js'), 'export const main = (process) => void process.stdout.write("runs");\n');
  expect(kk()).toMatchObject({ status: 0, stdout: 'runs' });
});
