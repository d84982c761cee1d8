// The environment that children get: the pinned pnpm first on the PATH, and no tool that phones home or advertises its updates.
import { delimiter } from 'node:path';

/** Said to every child. */
const QUIET_TOOLS = {
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NO_UPDATE_NOTIFIER: '1',
  npm_config_update_notifier: 'false',
};

/**
 * @param {NodeJS.ProcessEnv} env  our own environment; not changed
 * @param {string[]} binFolders  folders to search first for commands
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnvironment(env, binFolders) {
  // Windows spells it Path, and a copy of the environment is no longer blind to case.
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [...binFolders, ...(env[pathKey] ? [env[pathKey]] : [])].join(delimiter);
  return { ...env, ...QUIET_TOOLS, [pathKey]: path };
}

/**
 * Is this a continuous integration run? Those show the output of every step: nobody can repeat it there by hand.
 * @param {NodeJS.ProcessEnv} env
 */
export function isContinuousIntegration(env) {
  return env.CI !== undefined && env.CI !== '' && env.CI !== 'false' && env.CI !== '0';
}

/**
 * Colours belong on a terminal: in a file or a pipe they are noise. Some tools colour whatever CI they think they are in.
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isTerminal  whether our own output goes to one
 * @returns {{ NO_COLOR?: string }} what to add to the environment of children
 */
export function plainOutput(env, isTerminal) {
  return isTerminal || env.FORCE_COLOR !== undefined ? {} : { NO_COLOR: '1' };
}
