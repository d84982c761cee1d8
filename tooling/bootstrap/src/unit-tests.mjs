// Runs the tests of all packages in one vitest on our own terminal, and counts them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runShown } from './child.mjs';
import { throwIfInterrupted } from './interrupt.mjs';
import { tool } from './pnpm.mjs';
import { countTests, readReport } from './test-report.mjs';
import { workspaceRoot } from './workspace.mjs';

/** vitest creates the folders above it. */
const REPORT = 'node_modules/.cache/bootstrap/tests.json';

/**
 * @param {import('./child.mjs').Context} context
 * @param {string[]} args  for vitest, such as `packages/sampler`
 * @returns {Promise<{ exitCode: number, counts: import('./test-report.mjs').TestCounts | null }>} no counts if vitest wrote no report
 */
export async function runUnitTests(context, args) {
  const file = join(workspaceRoot, REPORT);
  rmSync(file, { force: true }); // so that an old report is never taken for a new one
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const exitCode = await runShown(tool('node_modules/vitest/vitest.mjs', 'vitest', 'run', ...reporters, ...args), context);
  throwIfInterrupted();
  const report = readReport(file);
  return { exitCode, counts: report && countTests(report) };
}
