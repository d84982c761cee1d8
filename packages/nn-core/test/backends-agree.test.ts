// Every kernel on the cpu backend in float32 and on the wasm backend with and without relaxed FMA: the same results to a
// stated tolerance, the same bits where nothing is rounded.
import { describe, expect, it } from 'vitest';
import type { Backend, Storage, TypedArray } from '../src/backends/backend.js';
import { createCpuBackend } from '../src/backends/cpu/backend.js';
import { type KernelName, kernels } from '../src/backends/kernels.js';
import { createWasmBackend } from '../src/backends/wasm/backend.js';
import { allCasesOf, type KernelCase } from './support/kernel-cases.js';

const kernelNames = Object.keys(kernels) as KernelName[];

/** Runs a case; what it wrote, by the names of the buffers. */
function run(backend: Backend, { kernel, numbers, buffers }: KernelCase): Map<string, TypedArray> {
  const storages = buffers.map((buffer): Storage | null => {
    if (buffer.absent) return null;
    const storage = backend.allocate(buffer.integer ? 'int32' : 'float32', buffer.length);
    // Outputs begin with numbers that no kernel writes.
    backend.write(storage, buffer.contents ?? new Array<number>(buffer.length).fill(12345));
    return storage;
  });
  backend.run(kernel, storages, numbers);
  const written = new Map<string, TypedArray>();
  buffers.forEach((buffer, i) => {
    const storage = storages[i];
    if (storage === null) return;
    if (buffer.role === 'input') expectClose(backend.readSync(storage), buffer.contents!, 0, `${kernel} changed its input ${buffer.name}`);
    else written.set(buffer.name, backend.readSync(storage));
    backend.free(storage);
  });
  return written;
}

function expectClose(actual: TypedArray, expected: TypedArray, tolerance: number, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(actual[i], expected[i])) continue; // NaN and infinities, too
    const difference = Math.abs(actual[i] - expected[i]);
    if (!(difference <= tolerance * Math.max(1, Math.abs(expected[i])))) expect.fail(`${what}, element ${i}: ${actual[i]} instead of ${expected[i]}`);
  }
}

describe.each([{ relaxed: false }, { relaxed: true }])('wasm with relaxed: $relaxed agrees with cpu', ({ relaxed }) => {
  it.each(kernelNames)('%s', async (kernel) => {
    const cpu = createCpuBackend({ precision: 'float32' });
    const wasm = await createWasmBackend({ relaxed, threads: 1 });
    for (const one of allCasesOf(kernel)) {
      const expected = run(cpu, one);
      const actual = run(wasm, one);
      for (const [name, values] of expected) expectClose(actual.get(name)!, values, one.tolerance, `${one.title}: ${name}`);
    }
    expect(wasm.memory().buffers).toBe(0);
    wasm.dispose();
  });
});
