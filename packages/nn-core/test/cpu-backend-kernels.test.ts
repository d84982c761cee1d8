// Kernels of the cpu backend against PyTorch (fixtures/*.torch.json, made by the scripts beside them), in both precisions, and the
// corners that PyTorch does not have. Kernels without a fixture are compared with a formula (ops-formulas.test.ts).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Backend, Storage } from '../src/backends/backend.js';
import { createCpuBackend } from '../src/backends/cpu/backend.js';
import { type KernelBuffer, kernelBuffers, kernelLengths, type KernelName, kernels } from '../src/backends/kernels.js';

interface Case {
  readonly kernel: KernelName;
  readonly numbers: number[];
  readonly inputs: (number[] | null)[];
  readonly updates: { readonly before: number[]; readonly after: number[] }[];
  readonly outputs: (number[] | null)[];
}

const cases = ['cpu-backend', 'activations', 'images'].flatMap((name) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.torch.json`, import.meta.url), 'utf8')) as Case[]);

function bufferOf(backend: Backend, { type }: KernelBuffer, numbers: number[] | null): Storage | null {
  if (numbers === null) return null;
  const storage = backend.allocate(type === 'int32' ? 'int32' : 'float32', numbers.length);
  backend.write(storage, numbers);
  return storage;
}

/** Runs a case; what it wrote, beside what was expected, by the buffers' names. */
function written(backend: Backend, { kernel, numbers, inputs, updates, outputs }: Case): Map<string, { got: number[]; expected: number[] }> {
  const [inputNames, updateNames, outputNames] = (['input', 'update', 'output'] as const).map((role) => kernelBuffers(kernel).filter((buffer) => buffer.role === role));
  const inputBuffers = inputs.map((data, i) => bufferOf(backend, inputNames[i], data));
  const updateBuffers = updates.map(({ before }, i) => bufferOf(backend, updateNames[i], before));
  // Outputs stay unwritten (NaN), so that a place which the kernel forgets shows.
  const outputBuffers = outputs.map((data, i) => data && backend.allocate(outputNames[i].type === 'int32' ? 'int32' : 'float32', data.length));
  backend.run(kernel, [...inputBuffers, ...updateBuffers, ...outputBuffers], numbers);

  const results = new Map<string, { got: number[]; expected: number[] }>();
  const add = (name: string, storage: Storage | null, expected: number[] | null): void => {
    if (storage && expected) results.set(name, { got: [...backend.readSync(storage)], expected });
  };
  updateNames.forEach(({ name }, i) => add(name, updateBuffers[i], updates[i].after));
  outputNames.forEach(({ name }, i) => add(name, outputBuffers[i], outputs[i]));
  return results;
}

/** The largest difference, relative where the expected number is above 1; NaN when one of them is NaN. */
function worst(got: number[], expected: number[]): number {
  if (got.length !== expected.length) return NaN;
  return expected.reduce((largest, value, i) => Math.max(largest, Math.abs(got[i] - value) / Math.max(1, Math.abs(value))), 0);
}

describe.each([
  { precision: 'float64', tolerance: 1e-13 },
  // The inputs are rounded to float32 here and not in PyTorch; some are large.
  { precision: 'float32', tolerance: 1e-5 },
] as const)('in $precision, within $tolerance of PyTorch', ({ precision, tolerance }) => {
  it.each(cases.map((one, i) => [`${one.kernel} (case ${i}: ${one.numbers.join(', ')})`, one] as const))('%s', (_, one) => {
    const results = written(createCpuBackend({ precision }), one);
    expect(results.size).toBeGreaterThan(0);
    for (const [name, { got, expected }] of results) expect(worst(got, expected), name).toBeLessThanOrEqual(tolerance);
  });
});

describe('corners', () => {
  const backend = createCpuBackend();
  const run = (one: Partial<Case> & Pick<Case, 'kernel' | 'numbers' | 'outputs'>): Record<string, number[]> =>
    Object.fromEntries([...written(backend, { inputs: [], updates: [], ...one })].map(([name, { got }]) => [name, got]));

  it('crossEntropy of a hopeless prediction is large, not infinite', () => {
    expect(run({ kernel: 'crossEntropy', numbers: [1, 2], inputs: [[0, 5000], [0]], outputs: [[0], [0], [0]] })).toMatchObject({ losses: [5000] });
  });

  it('dropout with probability 0 keeps everything, and in a stream of its own draws another mask', () => {
    const x = Array.from({ length: 64 }, () => 1);
    const drop = (probability: number, stream: number, step: number): number[] =>
      run({ kernel: 'dropout', numbers: [64, probability, stream], inputs: [x, [1, 2, step]], outputs: [x] }).y;
    expect(drop(0, 0, 0)).toEqual(x);
    const masks = [drop(0.5, 0, 0), drop(0.5, 1, 0), drop(0.5, 0, 1)].map(String);
    expect(new Set(masks).size).toBe(3);
    expect(new Set(drop(0.5, 0, 0))).toEqual(new Set([0, 2]));
  });

  it('clipFactor of gradients that are all 0 is 1', () => {
    expect(run({ kernel: 'clipFactor', numbers: [1, 10], inputs: [[0], null], outputs: [[0]] })).toEqual({ factor: [1] });
  });

  it('relu hands NaN on', () => {
    expect(run({ kernel: 'relu', numbers: [1], inputs: [[NaN]], outputs: [[0]] })).toEqual({ y: [NaN] });
  });

  it('sums in double precision also in float32', () => {
    // 1 is lost beside 2^24 in float32, so a float32 sum would not move.
    const x = [2 ** 24, ...Array.from({ length: 64 }, () => 1)];
    expect(run({ kernel: 'sum', numbers: [1, 65, 1], inputs: [x], outputs: [[0]] })).toEqual({ y: [2 ** 24 + 64] });
  });

  it.each(Object.keys(kernels) as KernelName[])('%s with sizes of 0 writes nothing beyond its totals', (kernel) => {
    const described = kernelBuffers(kernel);
    // Totals and settings have a fixed length of their own, whatever the sizes are.
    const buffers = described.map(({ type }) => {
      const storage = backend.allocate(type === 'int32' ? 'int32' : 'float32', 9);
      backend.write(storage, [3, 3, 3, 3, 3, 3, 3, 3, 3]);
      return storage;
    });
    const numbers = kernels[kernel].numbers.map((name: string) => (name === 'length' && kernel === 'max' ? 1 : 0));
    backend.run(kernel, buffers, numbers);
    const required = kernelLengths(kernel, numbers);
    const changed = described.filter((_, i) => required[i] === 0 && [...backend.readSync(buffers[i])].some((value) => value !== 3));
    expect(changed.map(({ name }) => name)).toEqual([]);
  });
});
