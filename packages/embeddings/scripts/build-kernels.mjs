// Compiles assembly/ into the WebAssembly binary of the training kernels and writes it as base64 into one TypeScript file that works
// in Node, browsers and bundlers alike, with nothing to fetch. Does nothing when it is up to date. (nn-core has more variants, so its
// script, of the same form, does more.)
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const assemblyFolder = join(packageFolder, 'assembly');
const outputFile = join(packageFolder, 'src', 'training', 'generated', 'kernels.ts');

const options = [
  '-O3',
  '--noAssert',
  ...['--runtime', 'stub'],
  '--importMemory',
  '--noExportMemory',
  // Only plain SIMD: relaxed instructions give other bits on other processors.
  ...['--enable', 'simd'],
  // A trap is the only way out that kernels have; nothing is imported besides the memory.
  ...['--use', 'abort='],
];

/** Everything that the binary depends on: sources, this script, and the compiler's version. */
async function fingerprint() {
  const hash = createHash('sha256');
  const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  hash.update(JSON.parse(await readFile(compiler, 'utf8')).version);
  hash.update(await readFile(fileURLToPath(import.meta.url)));
  for (const name of (await readdir(assemblyFolder)).filter((file) => file.endsWith('.ts')).sort()) {
    hash.update(`\0${name}\0`);
    hash.update(await readFile(join(assemblyFolder, name)));
  }
  return hash.digest('hex');
}

async function compile() {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(['assembly/index.ts', '--outFile', 'kernels.wasm', ...options], {
    // Paths are relative to the package, wherever this runs. The compiler asks for files that do not exist, too.
    readFile: (name) => readFile(join(packageFolder, name), 'utf8').catch((problem) => (problem.code === 'ENOENT' ? null : Promise.reject(problem))),
    writeFile: (_name, contents) => void (binary = contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`The kernels in assembly/ do not compile.\n${stderr.toString()}`, { cause: error });
  return Buffer.from(binary);
}

/** Writes under a temporary name and renames, so that nobody ever reads half a file. */
async function replaceFile(path, text) {
  await mkdir(join(path, '..'), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Writes src/training/generated/kernels.ts if it is missing or older than its sources.
 * @param {{ log?: (line: string) => void }} [options]
 */
export async function buildKernels({ log = () => {} } = {}) {
  const stamp = `/** Hash of the sources. */\nexport const contentHash = '${await fingerprint()}';\n`;
  if ((await readFile(outputFile, 'utf8').catch(() => '')).includes(stamp)) return;
  const started = performance.now();
  const binary = await compile();
  const text = `/** The binary, in base64. */\nexport const binary =\n  '${binary.toString('base64')}';\n`;
  await replaceFile(outputFile, ['// Written by scripts/build-kernels.mjs from assembly/. Not kept in git.\n', stamp, text].join('\n'));
  log(`training kernels: ${(binary.length / 1024).toFixed(1)} KiB, in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildKernels({ log: console.log });
