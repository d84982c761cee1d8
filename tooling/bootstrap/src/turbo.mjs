// turbo builds the packages in the order of their dependencies and remembers what it built.
import { run } from './child.mjs';
import { tool } from './pnpm.mjs';

/**
 * @param {import('./child.mjs').Context} context
 * @param {string} task  a task of turbo.json, such as `build`
 * @param {string[]} options  of `turbo run`, such as `--filter=@kk/cli...`
 */
export async function turbo(context, task, ...options) {
  // What matters of a failed run is the failed task: the last lines should be its own.
  const logs = context.verbose ? [] : ['--output-logs=errors-only'];
  await run(tool('node_modules/turbo/bin/turbo', 'turbo', 'run', task, ...options, ...logs), context);
}
