// Builds, packs and installs packages into an empty project, as their users get them. A copy is packed, so that nothing else is disturbed;
// npm makes the tarball, and the project is outside of any workspace.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsup';

const run = promisify(execFile);

/**
 * @param {string[]} args
 * @param {string} cwd
 */
const npm = (args, cwd) => run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd });

/**
 * Packs the package's own build where that is up to date, as after `pnpm build`, and else a new one.
 * @param {string} packageFolder  the folder of a package with a tsup.config.ts
 * @param {string} folder  the folder for the tarball and the files that it is made of
 * @param {{ types?: boolean }} [options]  `types`: whether type declarations must be in it
 * @returns {Promise<string>} the tarball's path
 */
export async function packPackage(packageFolder, folder, { types = false } = {}) {
  const copy = await mkdtemp(join(folder, 'package-'));
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const pages = manifest.files.filter((/** @type {string} */ name) => name.endsWith('.md'));
  for (const page of ['README.md', ...pages]) await cp(join(packageFolder, page), join(copy, page));
  await writeFile(join(copy, 'package.json'), JSON.stringify(published(manifest), null, 2));
  const dist = join(copy, 'dist');
  if (await isBuilt(packageFolder, types)) await cp(join(packageFolder, 'dist'), dist, { recursive: true });
  else await buildInto(dist, packageFolder, Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }), types);
  const { stdout } = await npm(['pack', '--ignore-scripts', '--json'], copy);
  const [{ filename }] = JSON.parse(stdout);
  await rename(join(copy, filename), join(folder, filename));
  return join(folder, filename);
}

/**
 * Creates an empty project in a folder and installs packages into it.
 * @param {string} folder  an existing folder
 * @param {readonly string[]} tarballs  tarballs in this folder
 * @param {readonly string[]} [others]  further packages, from the registry
 */
export async function installPacked(folder, tarballs, others = []) {
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  await npm(['install', '--prefer-offline', '--ignore-scripts', ...tarballs.map((path) => `./${basename(path)}`), ...others], folder);
}

/** Builds as in the package's folder, where tsup itself finds the dependencies that stay imports. */
async function buildInto(outDir, packageFolder, dependencies, types) {
  const { default: configs } = await import(pathToFileURL(join(packageFolder, 'tsup.config.ts')).href);
  const inPackage = (path) => join(packageFolder, path);
  for (const config of [configs].flat()) {
    const entry = Array.isArray(config.entry) ? config.entry.map(inPackage) : Object.fromEntries(Object.entries(config.entry).map(([name, path]) => [name, inPackage(path)]));
    const external = [...(config.external ?? []), ...dependencies.map((name) => new RegExp(`^${name}($|/)`))];
    // The paths of the types that are bundled in begin in the package's folder, too.
    const dts = types && config.dts ? { compilerOptions: { ...config.dts.compilerOptions, baseUrl: packageFolder } } : false;
    await build({ ...config, entry, external, outDir: join(outDir, relative('dist', config.outDir ?? 'dist')), tsconfig: inPackage('tsconfig.json'), dts, config: false, silent: true });
  }
}

/** Whether the package's own dist is newer than all that it is made of, and has type declarations where they are needed. */
async function isBuilt(packageFolder, types) {
  const built = ['dist/index.js', 'dist/index.cjs', ...(types ? ['dist/index.d.ts', 'dist/index.d.cts'] : [])].map((path) => join(packageFolder, path));
  if (!built.every((path) => existsSync(path))) return false;
  const folders = ['src', 'assembly', '../options/src', '../random/src', '../whole-file/src'].map((path) => join(packageFolder, path)).filter((path) => existsSync(path));
  const sources = (await Promise.all(folders.map(async (folder) => (await readdir(folder, { recursive: true })).map((path) => join(folder, path))))).flat();
  const changed = (paths) => Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs));
  const settings = ['package.json', 'tsup.config.ts'].map((path) => join(packageFolder, path));
  return Math.max(...(await changed([...sources, ...settings]))) < Math.min(...(await changed(built)));
}

/** The manifest as published: `workspace:^` becomes a range, as pnpm writes it. All packages of the workspace have one version. */
function published({ devDependencies: _, ...manifest }) {
  const range = (wanted) => (wanted.startsWith('workspace:') ? `^${manifest.version}` : wanted);
  const dependencies = Object.entries(manifest.dependencies ?? {}).map(([name, wanted]) => [name, range(wanted)]);
  return { ...manifest, dependencies: Object.fromEntries(dependencies) };
}
