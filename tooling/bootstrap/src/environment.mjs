// The environment of children: the pinned pnpm first on the PATH, and no telemetry or update messages of tools.
import { delimiter } from 'node:path';

/** Set for every child. */
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
  // Windows spells it Path, and a copy of the environment is case-sensitive.
  const pathKey = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [...binFolders, ...(env[pathKey] ? [env[pathKey]] : [])].join(delimiter);
  return { ...env, ...QUIET_TOOLS, [pathKey]: path };
}

/**
 * Whether this is a continuous integration run. Such a run shows the output of every step, because nobody can repeat it by hand there.
 * @param {NodeJS.ProcessEnv} env
 */
export function isContinuousIntegration(env) {
  return env.CI !== undefined && env.CI !== '' && env.CI !== 'false' && env.CI !== '0';
}

/**
 * Turns colours off if the output is not a terminal. Some tools otherwise use colours in every CI they detect.
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isTerminal  whether our own output goes to one
 * @returns {{ NO_COLOR?: string }} what to add to the environment of children
 */
export function plainOutput(env, isTerminal) {
  return isTerminal || env.FORCE_COLOR !== undefined ? {} : { NO_COLOR: '1' };
}
