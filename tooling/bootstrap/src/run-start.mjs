// The steps of `npm start`, then the server of the course on the same terminal.
import { join } from 'node:path';
import { runShown } from './child.mjs';
import { startRun } from './context.mjs';
import { ensureInstalled } from './install.mjs';
import { main } from './main.mjs';
import { ensurePnpm, wantedVersion } from './pnpm.mjs';
import { runSteps } from './steps.mjs';
import { turbo } from './turbo.mjs';
import { workspaceRoot } from './workspace.mjs';

/** @param {readonly string[]} args  the arguments after `npm start --` */
export function runStart(args) {
  return main(async () => {
    const { context, passed } = startRun(args);
    const script = join(workspaceRoot, 'apps', 'demo', 'scripts', 'serve.mjs');
    const display = ['node apps/demo/scripts/serve.mjs', ...passed].join(' ');
    const serve = () => runShown({ file: process.execPath, args: [script, ...passed], display }, context);
    // A wrong option is said before minutes of installing, and help needs none of it.
    const { check } = await import('../../../apps/demo/scripts/serve-options.mjs');
    const early = check(passed);
    if (early !== undefined) {
      (early.exitCode === 0 ? process.stdout : process.stderr).write(early.text);
      return early.exitCode;
    }
    await runSteps(
      [
        { title: `Getting pnpm ${wantedVersion()}`, run: () => ensurePnpm(context) },
        { title: 'Installing dependencies', run: () => ensureInstalled(context) },
        { title: 'Building the course', run: () => turbo(context, 'build', '--filter=demo') },
      ],
      context,
    );
    process.stdout.write('\n');
    return serve();
  });
}
