// Compiles each file in assembly/, with its parts in the folder of the same name, into a WebAssembly binary of its own and writes it as base64
// into src/generated/<name>.ts, so that it works in Node, browsers and bundlers alike, with nothing to fetch, and a bundler keeps only those that
// are used. Does nothing when all are up to date.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { replaceFile } from '@kk/tsup-config/replace-file';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const assemblyFolder = join(packageFolder, 'assembly');
const outputFolder = join(packageFolder, 'src', 'generated');

/** Plain SIMD for all: relaxed instructions give other last bits on other processors. */
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--noExportMemory', '--use', 'abort=', '--enable', 'simd'];

/** The parts of a kernel: the files in its folder, if it has one. */
const partsOf = async (name) => (await readdir(join(assemblyFolder, name)).catch(() => [])).sort().map((part) => join(name, part));

/** Everything that a binary depends on: its sources, this script, and the compiler's version. */
async function fingerprint(name) {
  const hash = createHash('sha256');
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  hash.update(JSON.parse(await readFile(compiler, 'utf8')).version);
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  for (const file of [`${name}.ts`, ...(await partsOf(name))]) hash.update(await readFile(join(assemblyFolder, file)));
  return hash.digest('hex');
}

async function compile(name) {
  const { default: asc } = await import('assemblyscript/asc');
  const written = new Map();
  const { error, stderr } = await asc.main([`assembly/${name}.ts`, '--outFile', 'kernel.wasm', ...options], {
    // Paths are relative to the package, wherever this runs. The compiler asks for files that do not exist, too.
    readFile: (file) => readFile(join(packageFolder, file), 'utf8').catch((problem) => (problem.code === 'ENOENT' ? null : Promise.reject(problem))),
    writeFile: (file, contents) => void written.set(file, contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`assembly/${name}.ts does not compile.\n${stderr.toString()}`, { cause: error });
  return Buffer.from(written.get('kernel.wasm'));
}

/**
 * Writes src/generated/<name>.ts for each assembly/<name>.ts, where it is missing or older than its sources.
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function buildKernels({ log = () => {} } = {}) {
  const names = (await readdir(assemblyFolder)).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));
  for (const name of names.sort()) {
    const output = join(outputFolder, `${name}.ts`);
    const stamp = `/** Hash of the sources. */\nexport const contentHash = '${await fingerprint(name)}';\n`;
    if ((await readFile(output, 'utf8').catch(() => '')).includes(stamp)) continue;
    const binary = await compile(name);
    await replaceFile(output, `// Written by scripts/build-kernels.mjs from assembly/${name}.ts. Not kept in git.\n${stamp}/** The binary as base64. */\nexport const binary = '${binary.toString('base64')}';\n`);
    log(`${name}: ${binary.length} bytes of WebAssembly`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels({ log: console.log });
