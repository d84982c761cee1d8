// The context of one run of `npm test` or `npm run demo`: the environment of its children, and whether their output is shown.
import { splitArguments } from './arguments.mjs';
import { childEnvironment, isContinuousIntegration, plainOutput } from './environment.mjs';
import { pnpmBinFolder } from './pnpm.mjs';

/**
 * @param {readonly string[]} args  what was typed after `--`
 * @returns {{ context: import('./child.mjs').Context, passed: string[] }} passed: the arguments for the command at the end
 */
export function startRun(args) {
  const { verbose, passed } = splitArguments(args);
  const env = { ...childEnvironment(process.env, [pnpmBinFolder]), ...plainOutput(process.env, process.stdout.isTTY) };
  return { context: { env, verbose: verbose || isContinuousIntegration(process.env) }, passed };
}
