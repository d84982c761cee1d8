// Packs every publishable package and checks the tarball as its users will install it: publint for package.json, attw for the types under
// every module resolution, and Node itself for loading each entry as ESM and CommonJS. A package that passed and has not changed is
// skipped. The packages must have been built.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.mjs';
import { childEnvironment } from './environment.mjs';
import { CommandFailure, Problem } from './failures.mjs';
import { pnpm, pnpmBinFolder, tool } from './pnpm.mjs';
import { hashFiles, Stamp } from './stamp.mjs';
import { listPackages, workspaceRoot } from './workspace.mjs';

/** @typedef {import('./workspace.mjs').WorkspacePackage} WorkspacePackage */
/** @typedef {import('./child.mjs').Context} Context */

/** The files that npm packs besides the `files` of a package.json. */
const ALWAYS_PACKED = ['package.json', 'README.md', 'LICENSE'];

/**
 * Checks all packages, two or more at a time, and reports every failure.
 * @throws {Problem} if a package has a mistake
 */
export async function checkPackages() {
  const context = { env: childEnvironment(process.env, [pnpmBinFolder]), verbose: false };
  const waiting = listPackages(workspaceRoot, ['packages']).filter(({ manifest }) => !manifest.private);
  /** @type {string[]} */
  const failures = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        console.log(`${next.manifest.name}: ${await checkPackage(next, context)}`);
      } catch (error) {
        if (!(error instanceof CommandFailure)) throw error;
        failures.push(`${next.manifest.name}:\n${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  if (failures.length > 0) throw new Problem(failures.join('\n\n'));
}

/**
 * @param {WorkspacePackage} subject
 * @param {Context} context
 * @returns {Promise<string>} a short result
 * @throws {CommandFailure} if a tool finds a mistake
 */
async function checkPackage(subject, context) {
  const { folder } = subject;
  const stamp = new Stamp(join(workspaceRoot, 'node_modules', '.cache', 'bootstrap', `check-${folder.replace('/', '-')}`));
  const hash = packageHash(subject);
  if (stamp.matches(hash)) return 'unchanged since it passed';
  stamp.clear();
  const cwd = join(workspaceRoot, folder);
  const temporary = mkdtempSync(join(tmpdir(), 'kk-pack-'));
  try {
    // The packages are already built; scripts that run before packing would build them again.
    const packing = pnpm('pack', '--pack-destination', temporary, '--config.ignore-scripts=true');
    await run({ ...packing, display: `pnpm --dir ${folder} pack` }, context, cwd);
    const tarball = join(temporary, readdirSync(temporary)[0]);
    const publint = tool('node_modules/publint/src/cli.js', 'publint', 'run', tarball, '--strict');
    await run({ ...publint, display: `pnpm exec publint ${folder} --strict` }, context);
    // node10 does not support "exports"; with Node >= 20.19 nobody needs it.
    const attw = tool('node_modules/@arethetypeswrong/cli/dist/index.js', 'attw', tarball, '--profile', 'node16');
    await run({ ...attw, display: `pnpm exec attw --pack ${folder} --profile node16` }, context);
    for (const command of loadCommands(subject)) await run(command, context, cwd);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  stamp.set(hash);
  return 'passed';
}

/**
 * Commands that load every public entry by its name, as an ES module and as CommonJS. They run in the package's folder, where its own name
 * resolves to its exports; without the source condition these are the built files.
 * @param {WorkspacePackage} subject
 * @returns {import('./child.mjs').Command[]}
 */
export function loadCommands({ folder, manifest }) {
  const entries = Object.keys(manifest.exports ?? {})
    .filter((entry) => !entry.endsWith('.json') && !entry.includes('*'))
    .map((entry) => JSON.stringify(manifest.name + entry.slice(1)));
  if (entries.length === 0) return [];
  const scripts = [
    ['--input-type=module', entries.map((entry) => `await import(${entry});`).join(' ')],
    ['--input-type=commonjs', entries.map((entry) => `require(${entry});`).join(' ')],
  ];
  return scripts.map(([type, code]) => ({
    file: process.execPath,
    args: [type, '--eval', code],
    display: `cd ${folder} && node ${type} --eval '${code}'`,
  }));
}

/**
 * @param {WorkspacePackage} subject
 * @returns {string} the hash of the files to pack and of the tools' versions
 */
function packageHash({ folder, manifest }) {
  const files = [...ALWAYS_PACKED, ...(manifest.files ?? [])].flatMap((path) => filesUnder(`${folder}/${path}`));
  // The root manifest pins publint and attw; this file contains their options.
  return hashFiles(workspaceRoot, [...files, 'package.json', 'tooling/bootstrap/src/check-packages.mjs'], [process.version]);
}

/**
 * @param {string} path  a file or folder, from the root
 * @returns {string[]} the files in it; none if it does not exist
 */
function filesUnder(path) {
  const found = statSync(join(workspaceRoot, path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  return readdirSync(join(workspaceRoot, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(workspaceRoot, '/').length));
}
