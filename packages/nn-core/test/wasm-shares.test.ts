// The kernels are called directly, in one share and in several: the union of the shares must be the same bits. Around every
// buffer lie guards, so that a write beyond an end shows.
import { describe, expect, it } from 'vitest';
import { type KernelName, kernels } from '../src/backends/kernels.js';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { createKernelInstance, type KernelInstance } from '../src/backends/wasm/instance.js';
import { allCasesOf, type KernelCase } from './support/kernel-cases.js';

const kernelNames = Object.keys(kernels) as KernelName[];
// Only instances that share their memory have scratch memory in common, in which matrix products are packed.
const variants = [{ relaxed: false, shared: false }, { relaxed: false, shared: true }, ...(enableRelaxedSimd() ? [{ relaxed: true, shared: true }] : [])];

/** What surrounds the buffers, and what is in outputs before the call. */
const PATTERN = 0x5bd1e995;
const GUARD = 32;
const LINE = 16;

/** Runs a case in `parts` shares, the last first, and gives the bits of what it wrote. */
function runShares(instance: KernelInstance, one: KernelCase, parts: number): Map<string, Int32Array> {
  const words = one.buffers.reduce((sum, { length }) => sum + Math.ceil(length / LINE) * LINE + 2 * GUARD, 0);
  const bytes = instance.start + words * 4;
  if (instance.grow(bytes) < bytes) throw new Error(`No memory for ${one.title}.`);
  const memory = new Int32Array(instance.memory.buffer, instance.start, words).fill(PATTERN);

  let end = 0;
  const places = one.buffers.map((buffer) => {
    const start = end + GUARD;
    end = start + Math.ceil(buffer.length / LINE) * LINE + GUARD;
    if (buffer.contents) memory.set(new Int32Array(buffer.contents.buffer), start);
    return start;
  });
  const untouched = memory.slice();
  const addresses = one.buffers.map((buffer, i) => (buffer.absent ? 0 : instance.start + places[i] * 4));
  for (const step of ['', 'Finish']) {
    const kernel = instance.kernel(one.kernel + step);
    if (step === '' && !kernel) throw new Error(`There is no kernel ${one.kernel}.`);
    for (let part = parts - 1; part >= 0; part--) kernel?.(...addresses, ...one.numbers, part, parts);
  }

  const written = new Map<string, Int32Array>();
  one.buffers.forEach((buffer, i) => {
    if (buffer.role === 'input' || buffer.absent) return;
    written.set(buffer.name, memory.slice(places[i], places[i] + buffer.length));
    memory.set(untouched.subarray(places[i], places[i] + buffer.length), places[i]);
  });
  const changed = memory.findIndex((word, i) => word !== untouched[i]);
  expect(changed, `${one.title}: a word outside the outputs was written`).toBe(-1);
  return written;
}

describe.each(variants)('shares of kernels, relaxed: $relaxed, shared memory: $shared', async ({ relaxed, shared }) => {
  const instance = await createKernelInstance({ relaxed, shared });

  it.each(kernelNames)('%s writes the same bits in 1, 2, 3 and 7 shares', (kernel) => {
    for (const one of allCasesOf(kernel)) {
      const whole = runShares(instance, one, 1);
      for (const parts of [2, 3, 7]) {
        for (const [name, bits] of runShares(instance, one, parts)) {
          const wrong = bits.findIndex((word, i) => word !== whole.get(name)![i]);
          expect(wrong, `${one.title}, ${parts} shares: first element of ${name} that differs`).toBe(-1);
        }
      }
    }
  });
});
