// Activations at infinities, NaN and numbers whose exponential overflows: cpu and wasm give what PyTorch gives
// (fixtures/activation-corners.torch.json). A gpu may assume that there are no infinities, so nothing is promised there.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCpuBackend, createWasmBackend, type Backend } from '../src/index.js';

const { x, ...expected } = JSON.parse(readFileSync(new URL('./fixtures/activation-corners.torch.json', import.meta.url), 'utf8')) as Record<string, string[]>;

function evaluate(backend: Backend, kernel: 'gelu' | 'geluGradient', inputs: readonly number[]): number[] {
  const [input, dy, output] = [inputs, inputs.map(() => 1), inputs].map((numbers) => {
    const storage = backend.allocate('float32', numbers.length);
    backend.write(storage, numbers);
    return storage;
  });
  backend.run(kernel, kernel.endsWith('Gradient') ? [input!, dy!, output!] : [input!, output!], [inputs.length]);
  return [...backend.readSync(output!)];
}

describe.each([
  ['cpu', () => createCpuBackend()],
  ['wasm with relaxed multiply-add', () => createWasmBackend({ relaxed: true, threads: 1 })],
  ['wasm without', () => createWasmBackend({ relaxed: false, threads: 1 })],
] as const)('on %s', async (_, make) => {
  const backend = await make();

  it.each(Object.entries(expected))('%s', (kernel, values) => {
    const got = evaluate(backend, kernel as 'gelu', x!.map(Number));
    values.map(Number).forEach((value, i) => {
      if (Number.isFinite(value)) expect(got[i], `${kernel}(${x![i]})`).toBeCloseTo(value, 6); // on wasm 0.5000001, and -1e-37 for 0
      else expect(got[i], `${kernel}(${x![i]})`).toBe(value);
    });
  });
});
