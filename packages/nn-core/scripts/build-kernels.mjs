// Compiles assembly/ into the WebAssembly binaries of the wasm backend and writes them, compressed and as base64, into one TypeScript
// file that works in Node, browsers and bundlers alike, with nothing to fetch. Beside it, the worker thread's program as a
// string, for the same reason. Does nothing when both are up to date.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { replaceFile } from '@kk/tsup-config/replace-file';
import { assemblyEntry } from './build-lists.mjs';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const assemblyFolder = join(packageFolder, 'assembly');
const contractFolder = join(packageFolder, 'src', 'backends');
const wasmFolder = join(contractFolder, 'wasm');
const outputFile = join(wasmFolder, 'generated', 'kernels.ts');
const workerFile = join(wasmFolder, 'generated', 'worker.ts');
/** The worker's program and what it imports. */
const workerSources = ['threads/worker.ts', 'threads/control.ts', 'threads/command-list.ts', 'blas/bind.ts', 'blas/call.ts', 'blas/one-thread.ts', 'blas/product.ts'].map((name) => join(wasmFolder, name));

/**
 * The binaries: name in the generated file -> instructions that it may use, further options of the compiler. One row
 * is all that another variant needs (shared memory: enable threads; --sharedMemory --maximumMemory 65536).
 */
const variants = {
  simd: { enable: ['simd'], options: [] },
  relaxedSimd: { enable: ['simd', 'relaxed-simd'], options: [] },
};

/** What tests compare with: a binary of its own, so that nobody ships it. */
const referenceFile = join(packageFolder, 'test', 'generated', 'reference-kernels.ts');

const options = [
  '-O3',
  '--noAssert',
  ...['--runtime', 'stub'],
  '--importMemory',
  '--noExportMemory',
  // A trap is the only way out that kernels have; nothing is imported besides the memory.
  ...['--use', 'abort='],
];

/** Less than half of the 32 KiB that the compressor looks back, so that a block finds its twin. */
const BLOCK_BYTES = 15_000;

/** All binaries in one stream, block by block in turns, as `src/backends/wasm/unpack.ts` reads them. */
function packed(binaries) {
  const blocks = [];
  const longest = Math.max(...binaries.map(({ length }) => length));
  for (let at = 0; at < longest; at += BLOCK_BYTES) blocks.push(...binaries.map((binary) => binary.subarray(at, at + BLOCK_BYTES)));
  return deflateSync(Buffer.concat(blocks), { level: 9 }).toString('base64');
}

async function sourceFiles() {
  const entries = await readdir(assemblyFolder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(packageFolder, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
    .sort();
}

/** Everything that the binaries depend on: sources, the names of kernels, the scripts, and the compiler's version. */
async function fingerprint(files) {
  const hash = createHash('sha256');
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  hash.update(JSON.parse(await readFile(compiler, 'utf8')).version);
  for (const script of ['build-kernels.mjs', 'build-lists.mjs']) hash.update(await readFile(new URL(script, import.meta.url)));
  for (const file of files) {
    hash.update(`\0${file}\0`);
    hash.update(await readFile(join(packageFolder, file)));
  }
  const contract = (await readdir(contractFolder)).filter((name) => /^kernels.*\.ts$/.test(name)).map((name) => join(contractFolder, name));
  for (const file of [...contract, ...workerSources]) hash.update(await readFile(file));
  return hash.digest('hex');
}

/** The names of all kernels, from the contract. */
async function kernelNames() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ entryPoints: [join(contractFolder, 'kernels.ts')], bundle: true, write: false, format: 'esm' });
  const { kernels } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return new Set(Object.keys(kernels));
}

/** Stands for a file whose exports are those of the binary. */
const ENTRY = 'assembly/entry.ts';

/** @param {{ enable: string[], options: string[] }} variant */
async function compile(asc, variant, entry = ENTRY) {
  const binaries = new Map();
  const texts = await Promise.all((await sourceFiles()).map(async (name) => [name, await readFile(join(packageFolder, name), 'utf8')]));
  const entryText = assemblyEntry(new Map(texts), await kernelNames());
  const { error, stderr } = await asc.main(
    [entry, '--outFile', 'kernels.wasm', ...options, ...variant.options, ...variant.enable.flatMap((feature) => ['--enable', feature])],
    {
      // Paths are relative to the package, wherever this runs. The compiler asks for files that do not exist, too.
      readFile: (name) => (name === ENTRY ? entryText : readFile(join(packageFolder, name), 'utf8').catch((problem) => (problem.code === 'ENOENT' ? null : Promise.reject(problem)))),
      writeFile: (name, contents) => void binaries.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`The kernels in assembly/ do not compile.\n${stderr.toString()}`, { cause: error });
  return Buffer.from(binaries.get('kernels.wasm'));
}

/** The worker's program as one script without imports. */
async function bundleWorker() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({ entryPoints: [workerSources[0]], bundle: true, minify: true, write: false, format: 'cjs', external: ['node:worker_threads'], target: 'es2022' });
  return outputFiles[0].text;
}

/**
 * Writes src/backends/wasm/generated/kernels.ts and worker.ts if one is missing or older than its sources.
 * @param {{ log?: (line: string) => void, withReference?: boolean }} [options]  `withReference`: the file for tests as well
 */
export async function buildKernels({ log = () => {}, withReference = false } = {}) {
  const files = await sourceFiles();
  const wanted = await fingerprint(files);
  const stamp = `/** Hash of the sources. */\nexport const contentHash = '${wanted}';\n`;
  const isUpToDate = async (file) => (await readFile(file, 'utf8').catch(() => '')).includes(stamp);
  if (withReference && !(await isUpToDate(referenceFile))) await buildReference(stamp);
  if ((await isUpToDate(outputFile)) && (await isUpToDate(workerFile))) return;

  const started = performance.now();
  const { default: asc } = await import('assemblyscript/asc');
  const sections = ['// Written by scripts/build-kernels.mjs from assembly/. Not kept in git.\n', stamp];
  const binaries = new Map();
  for (const [name, variant] of Object.entries(variants)) {
    binaries.set(name, await compile(asc, variant));
  }
  const lengths = [...binaries].map(([name, { length }]) => `${name}: ${length}`).join(', ');
  sections.push(`/** All binaries, packed: see ../unpack.ts. */\nexport const binaries = {\n  lengths: { ${lengths} },\n  block: ${BLOCK_BYTES},\n  text: '${packed([...binaries.values()])}',\n};\n`);

  await replaceFile(workerFile, [sections[0], stamp, `export const workerSource =\n  ${JSON.stringify(await bundleWorker())};\n`].join('\n'));
  await replaceFile(outputFile, sections.join('\n'));
  log(`kernels: ${[...binaries].map(([name, { length }]) => `${name} ${(length / 1024).toFixed(1)} KiB`).join(', ')}, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function buildReference(stamp) {
  const { default: asc } = await import('assemblyscript/asc');
  const binary = await compile(asc, variants.simd, 'assembly/reference.ts');
  await replaceFile(referenceFile, `// Written by scripts/build-kernels.mjs from assembly/reference.ts. Not kept in git.\n${stamp}export const reference =\n  '${binary.toString('base64')}';\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels({ log: console.log, withReference: true });

/** The binary with relaxed SIMD and the names of its functions, which those that ship leave out; the functions are the same, in the same order. */
export async function compileWithNames() {
  const { default: asc } = await import('assemblyscript/asc');
  return compile(asc, { ...variants.relaxedSimd, options: [...variants.relaxedSimd.options, '--debug'] });
}
