// Runs turbo, which builds the packages in the order of their dependencies and caches the results.
import { run } from './child.mjs';
import { tool } from './pnpm.mjs';

/**
 * @param {import('./child.mjs').Context} context
 * @param {string} task  a task of turbo.json, such as `build`
 * @param {string[]} options  of `turbo run`, such as `--filter=@kk/cli...`
 */
export function turboCommand(context, task, ...options) {
  // After a failure, the last lines should be those of the failed task.
  const logs = context.verbose ? [] : ['--output-logs=errors-only'];
  return tool('node_modules/turbo/bin/turbo', 'turbo', 'run', task, ...options, ...logs);
}

/** Runs a task; see `turboCommand`. @type {(...given: Parameters<typeof turboCommand>) => Promise<void>} */
export const turbo = (context, ...given) => run(turboCommand(context, ...given), context);
