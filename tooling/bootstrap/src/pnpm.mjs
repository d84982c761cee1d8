// The pinned pnpm in a folder of this clone, installed with npm if it is missing or has another version. Corepack is not used: it is no
// longer part of Node 25, and it downloads in the middle of a command.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './child.mjs';
import { Problem } from './failures.mjs';
import { readManifest, workspaceRoot } from './workspace.mjs';

/** @typedef {import('./child.mjs').Command} Command */
/** @typedef {import('./child.mjs').Context} Context */

const FOLDER = '.bootstrap/pnpm';

/** The folder of the `pnpm` command; turbo looks for it on the PATH. */
export const pnpmBinFolder = join(workspaceRoot, FOLDER, 'node_modules', '.bin');

/**
 * The version in a `packageManager` field.
 * @param {string | undefined} field  such as `pnpm@10.34.0`, with or without `+sha512.…`
 */
export function pinnedVersion(field) {
  const match = /^pnpm@(\d+\.\d+\.\d+(?:-[\w.]+)?)(?:\+.*)?$/.exec(field ?? '');
  if (!match) throw new Problem(`Expected "packageManager": "pnpm@X.Y.Z" in the root package.json, got ${JSON.stringify(field)}.`);
  return match[1];
}

/**
 * The installed version, or null if pnpm is missing or incomplete.
 * @param {string} [root]
 * @returns {string | null}
 */
export function installedVersion(root = workspaceRoot) {
  const modules = join(root, FOLDER, 'node_modules');
  // npm links the command last, so a broken installation lacks it.
  if (!existsSync(join(modules, '.bin', 'pnpm')) || !existsSync(join(modules, 'pnpm', 'package.json'))) return null;
  return JSON.parse(readFileSync(join(modules, 'pnpm', 'package.json'), 'utf8')).version;
}

/** @returns {string} the version that the root package.json pins */
export function wantedVersion() {
  return pinnedVersion(readManifest(workspaceRoot).packageManager);
}

/**
 * @param {Context} context
 * @returns {Promise<string | void>} `up to date` if there was nothing to do
 */
export async function ensurePnpm(context) {
  const wanted = wantedVersion();
  if (installedVersion() === wanted) return 'up to date';
  const args = ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', `pnpm@${wanted}`];
  const npm = npmCommand(process.env, process.execPath, existsSync);
  await run({ file: npm[0], args: [...npm.slice(1), ...args], display: `npm ${args.join(' ')}` }, context);
}

/**
 * The command that starts npm without a shell, as a script for the running Node, so that Windows needs no special case.
 * @param {NodeJS.ProcessEnv} env  contains the path of npm's script if npm started us
 * @param {string} node  the running Node
 * @param {(path: string) => boolean} exists
 * @returns {[string, ...string[]]} the file to start and its first arguments
 */
export function npmCommand(env, node, exists) {
  const named = env.npm_execpath;
  // Under `pnpm test` it is the path of pnpm, which does not help here.
  if (named !== undefined && /[\\/]npm-cli\.js$/.test(named) && exists(named)) return [node, named];
  const script = ['npm', 'bin', 'npm-cli.js'];
  const beside = [join(dirname(node), '..', 'lib', 'node_modules', ...script), join(dirname(node), 'node_modules', ...script)].find(exists);
  return beside === undefined ? ['npm'] : [node, beside];
}

/**
 * @param {string[]} args
 * @returns {Command} the pinned pnpm with these arguments
 */
export function pnpm(...args) {
  const script = join(workspaceRoot, FOLDER, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  return { file: process.execPath, args: [script, ...args], display: `pnpm ${args.join(' ')}` };
}

/**
 * A command of a root devDependency, started as a script for the running Node, which is half a second faster than through pnpm.
 * @param {string} script  path from the root, such as `node_modules/turbo/bin/turbo`
 * @param {string} name  its name as a command
 * @param {string[]} args
 * @returns {Command}
 */
export function tool(script, name, ...args) {
  return { file: process.execPath, args: [join(workspaceRoot, script), ...args], display: `pnpm exec ${[name, ...args].join(' ')}` };
}
