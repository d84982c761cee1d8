// Lists the files of kernels, so that a kernel is found because its file is there: no list of files is written by hand.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { replaceFile } from '@kk/tsup-config/replace-file';

const cpuFolder = fileURLToPath(new URL('../src/backends/cpu/', import.meta.url));

/** Writes src/backends/cpu/generated/kernels.ts, which exports all of src/backends/cpu/kernels/, if that is not what stands there. */
export async function buildLists() {
  const names = (await readdir(join(cpuFolder, 'kernels'))).filter((name) => name.endsWith('.ts')).sort();
  const text = `// Written by scripts/build-lists.mjs from the files in ../kernels/. Not kept in git.\n${names.map((name) => `export * from '../kernels/${name.replace(/ts$/, 'js')}';\n`).join('')}`;
  const outputFile = join(cpuFolder, 'generated', 'kernels.ts');
  if ((await readFile(outputFile, 'utf8').catch(() => '')) !== text) await replaceFile(outputFile, text);
}

/**
 * The kernels of one file of assembly/, each as `export` spells it: its exported functions that have a kernel's name, `...Finish` and
 * `...ScratchBytes` of one included.
 * @param {string} text  of the file
 * @param {ReadonlySet<string>} names  of all kernels
 */
function kernelsIn(text, names) {
  const functions = [...text.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => name);
  const renamed = [...text.matchAll(/^export \{ \w+ as (\w+) \};/gm)].map(([, name]) => name);
  return [...functions, ...renamed].filter((name) => names.has(name.replace(/(Finish|ScratchBytes)$/, '')));
}

/**
 * The text of the module whose exports are those of the binary: what assembly/index.ts exports, and the kernels of all other files.
 * @param {ReadonlyMap<string, string>} files  name, such as assembly/softmax.ts -> text
 * @param {ReadonlySet<string>} names  of all kernels
 */
export function assemblyEntry(files, names) {
  const lines = [...files].map(([file, text]) => ({ file: file.replace(/^assembly\/|\.ts$/g, ''), kernels: kernelsIn(text, names) })).filter(({ kernels }) => kernels.length > 0);
  // Folders last: in this order the binaries compress better.
  lines.sort((a, b) => a.file.split('/').length - b.file.split('/').length);
  return ["export * from './index';", ...lines.map(({ file, kernels }) => `export { ${kernels.join(', ')} } from './${file}';`), ''].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildLists();
