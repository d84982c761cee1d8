// The compiled kernels: what they export and import, and that they are compiled when, and only when, it is needed.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kernels } from '../src/backends/kernels.js';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { unpack } from '../src/backends/wasm/unpack.js';
import { binaries } from '../src/backends/wasm/generated/kernels.js';

enableRelaxedSimd();

describe.each(Object.keys(binaries.lengths))('%s', async (name) => {
  const module = new WebAssembly.Module(await unpack(binaries, name));
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function').map(({ name }) => name);

  it('exports every kernel by its name', () => {
    expect(functions).toEqual(expect.arrayContaining(Object.keys(kernels)));
  });

  it('exports besides kernels only what serves them', () => {
    const others = functions.filter((name) => !(name.replace(/(Finish|ScratchBytes)$/, '') in kernels));
    expect(others.sort()).toEqual(['heapBase', 'multiplyAddPeak', 'readPeak', 'scratchAddress', 'scratchBytes', 'setCommonScratch', 'setScratch']);
  });

  it('finishes only kernels that there are', () => {
    const finished = functions.filter((name) => name.endsWith('Finish')).map((name) => name.slice(0, -'Finish'.length));
    expect(finished.sort()).toEqual(['addSumOfSquares', 'matmul']);
  });

  it('imports the memory and nothing else, and carries no names of its own', () => {
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    expect(WebAssembly.Module.customSections(module, 'name')).toHaveLength(0);
  });
});

it('an up-to-date file is left alone', () => {
  const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
  const file = path('../src/backends/wasm/generated/kernels.ts');
  const before = statSync(file).mtimeMs;
  expect(execFileSync(process.execPath, [path('../scripts/build-kernels.mjs')], { encoding: 'utf8' })).toBe('');
  expect(statSync(file).mtimeMs).toBe(before);
});
