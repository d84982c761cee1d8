// The steps of `npm run demo`, then the demo itself on the same terminal.
import { join } from 'node:path';
import { runShown } from './child.mjs';
import { startRun } from './context.mjs';
import { ensureInstalled } from './install.mjs';
import { main } from './main.mjs';
import { ensurePnpm, wantedVersion } from './pnpm.mjs';
import { runSteps } from './steps.mjs';
import { turbo } from './turbo.mjs';
import { workspaceRoot } from './workspace.mjs';

/** @param {readonly string[]} args  the arguments after `npm run demo --` */
export function runDemo(args) {
  return main(async () => {
    const { context, passed } = startRun(args);
    // Type declarations take most of a build's time and are not needed here (tooling/tsup-config).
    const withoutTypes = { ...context, env: { ...context.env, KK_TYPES: 'off' } };
    await runSteps(
      [
        { title: `Getting pnpm ${wantedVersion()}`, run: () => ensurePnpm(context) },
        { title: 'Installing dependencies', run: () => ensureInstalled(context) },
        { title: 'Building the kk command', run: () => turbo(withoutTypes, 'build', '--filter=@kk/cli...') },
      ],
      context,
    );
    process.stdout.write('\n');
    const script = join(workspaceRoot, 'packages', 'cli', 'bin', 'kk.js');
    const display = ['node packages/cli/bin/kk.js demo', ...passed].join(' ');
    return runShown({ file: process.execPath, args: [script, 'demo', ...passed], display }, context);
  });
}
