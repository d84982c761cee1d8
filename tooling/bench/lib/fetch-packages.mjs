// Packages that are too large for everybody's `pnpm install`: each folder with a lockfile of its own is installed when somebody asks for it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Installs what the package.json in `folder` names, where something of it is missing, with the pnpm that runs this script, or the one on the PATH.
 * @param {string} folder  no part of the workspace
 * @param {readonly string[]} names  of the packages that must be there afterwards
 * @throws {Error} with the command to run, when they cannot be installed
 */
export function fetchPackages(folder, names) {
  const areThere = () => names.every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')));
  if (areThere()) return;
  const install = ['install', '--dir', folder, '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts', '--silent'];
  const pnpm = process.env['npm_execpath'];
  const [program, ...first] = pnpm === undefined ? ['pnpm'] : /\.[cm]?js$/.test(pnpm) ? [process.execPath, pnpm] : [pnpm];
  // On standard error, since standard output is for answers.
  const { status } = spawnSync(program, [...first, ...install], { stdio: ['ignore', 2, 2] });
  if (status !== 0 || !areThere()) throw new Error(`${names.join(', ')} could not be installed; run: pnpm ${install.join(' ')}`);
}
