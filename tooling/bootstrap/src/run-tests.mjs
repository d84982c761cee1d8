// The steps of `npm test`: everything that a change must pass. The last line is `N passed, N failed`.
import { ensureBlas } from './blas.mjs';
import { ensureBrowser, needBrowser } from './browser.mjs';
import { run, runTogether } from './child.mjs';
import { startRun } from './context.mjs';
import { Problem } from './failures.mjs';
import { ensureInstalled } from './install.mjs';
import { main } from './main.mjs';
import { ensurePnpm, pnpm, wantedVersion } from './pnpm.mjs';
import { runSteps } from './steps.mjs';
import { summaryLine } from './test-report.mjs';
import { turboCommand } from './turbo.mjs';
import { runUnitTests } from './unit-tests.mjs';
import { listPackages } from './workspace.mjs';

/** @param {readonly string[]} args  the arguments after `npm test --` */
export function runTests(args) {
  return main(async () => {
    const { context, passed } = startRun(args);
    /** @type {Awaited<ReturnType<typeof runUnitTests>> | undefined} */
    let result;

    const findBrowser = {
      title: 'Finding a browser',
      run: async () => {
        context.env.CHROME_PATH = await ensureBrowser(context);
      },
    };
    await runSteps(
      [
        { title: `Getting pnpm ${wantedVersion()}`, run: () => ensurePnpm(context) },
        { title: 'Installing dependencies', run: () => ensureInstalled(context) },
        // Each package waits for those that it builds on; what needs the sources alone takes the processors that are idle then.
        { title: 'Building the packages, linting, and checking types', run: () => runTogether([turboCommand(context, 'build'), pnpm('lint'), pnpm('typecheck')], context) },
        { title: 'Checking the packages as their users install them', run: () => run(pnpm('check:packages'), context) },
        { title: 'Finding a BLAS library', run: () => ensureBlas(context) },
        ...(needBrowser(listPackages()).length > 0 ? [findBrowser] : []),
        {
          title: 'Running the tests',
          shown: true,
          run: async () => {
            result = await runUnitTests(context, passed);
            return result.exitCode === 0 ? undefined : 'failed';
          },
        },
      ],
      context,
    );
    if (!result?.counts) throw new Problem('vitest ended without a report, so nothing is known about the tests.');
    if (result.exitCode !== 0 && result.counts.failed === 0) {
      process.stdout.write('No test failed, yet vitest did: no file matched, or an error happened outside of any test (see above).\n');
    }
    process.stdout.write(`${summaryLine(result.counts)}\n`);
    return result.exitCode;
  });
}
