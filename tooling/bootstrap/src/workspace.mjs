// The location of the workspace and its packages. It reads package.json files and does not depend on pnpm.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the root package.json. */
export const workspaceRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** The folders whose children are packages: the same list as in pnpm-workspace.yaml (a test compares them). */
export const packageGroups = ['packages', 'apps', 'tooling'];

/**
 * What this code reads of a package.json.
 * @typedef {object} Manifest
 * @property {string} name
 * @property {boolean} [private]
 * @property {string} [packageManager]
 * @property {string[]} [files]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, unknown>} [exports]
 * @property {{ browserTests?: boolean }} [kk]
 */

/**
 * @typedef {object} WorkspacePackage
 * @property {string} folder  relative to the root, with forward slashes, such as `packages/sampler`
 * @property {Manifest} manifest
 */

/**
 * @param {string} folder
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * Every folder of the groups that has a package.json, sorted by name.
 * @param {string} [root]
 * @param {string[]} [groups]
 * @returns {WorkspacePackage[]}
 */
export function listPackages(root = workspaceRoot, groups = packageGroups) {
  return groups.flatMap((group) => {
    if (!existsSync(join(root, group))) return [];
    return readdirSync(join(root, group))
      .sort()
      .filter((name) => existsSync(join(root, group, name, 'package.json')))
      .map((name) => ({ folder: `${group}/${name}`, manifest: readManifest(join(root, group, name)) }));
  });
}
