// Installs all dependencies from the lockfile; skipped if nothing has changed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { pnpm } from './pnpm.mjs';
import { hashFiles, Stamp } from './stamp.mjs';
import { listPackages, readManifest, workspaceRoot } from './workspace.mjs';

/** Files at the root that determine the install. */
const ROOT_FILES = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];

/** It is under node_modules, so that deleting that folder deletes it too. */
const stampFile = join('node_modules', '.cache', 'bootstrap', 'install');

/**
 * @param {string} [root]
 * @returns {string} the hash of everything that determines an install
 */
export function installHash(root = workspaceRoot) {
  const manifests = listPackages(root).map(({ folder }) => `${folder}/package.json`);
  return hashFiles(root, [...ROOT_FILES, ...manifests], [process.version, process.platform, process.arch]);
}

/**
 * Packages with dependencies whose node_modules folder is missing.
 * @param {string} [root]
 * @returns {string[]} their folders; `.` is the root
 */
export function missingModules(root = workspaceRoot) {
  return [{ folder: '.', manifest: readManifest(root) }, ...listPackages(root)]
    .filter(({ manifest }) => Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0)
    .map(({ folder }) => folder)
    .filter((folder) => !existsSync(join(root, folder, 'node_modules')));
}

/**
 * @param {import('./child.mjs').Context} context
 * @returns {Promise<string | void>} `up to date` if there was nothing to do
 */
export async function ensureInstalled(context) {
  const stamp = new Stamp(join(workspaceRoot, stampFile));
  const hash = installHash();
  if (stamp.matches(hash) && missingModules().length === 0) return 'up to date';
  stamp.clear();
  // Without a terminal pnpm would refuse to replace a node_modules folder that another tool made.
  await run(pnpm('install', '--frozen-lockfile', '--config.confirm-modules-purge=false'), context);
  stamp.set(hash);
}
