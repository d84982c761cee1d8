// Every kernel that uses int32 numbers as places, with ids that are out of range: what `kernels.ts` says of them, for any backend.
import { expect } from 'vitest';
import type { Backend, Storage, TypedArray } from '../../src/backends/backend.js';
import { kernelBuffers, type KernelName } from '../../src/backends/kernels.js';

export interface GuardedCase {
  readonly kernel: KernelName;
  readonly numbers: readonly number[];
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

const far = [2 ** 31 - 1, -(2 ** 31)];
const none = [NaN, NaN];

export const guardedCases: readonly GuardedCase[] = [
  {
    kernel: 'embedding',
    numbers: [6, 2, 3],
    inputs: [[0, 3, -1, 2, ...far], [1, 2, 3, 4, 5, 6]],
    outputs: [[1, 2, ...none, ...none, 5, 6, ...none, ...none]],
  },
  {
    kernel: 'embeddingGradient',
    numbers: [6, 2, 3],
    inputs: [[0, 3, -1, 0, ...far], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    outputs: [[8, 10, 0, 0, 0, 0]],
  },
  // Rows of two equal logits: each loss is ln 2, each gradient (1/2 - 1, 1/2) times dLosses. A negative target is ignored.
  {
    kernel: 'crossEntropy',
    numbers: [5, 2],
    inputs: [[1, 1, 2, 2, 3, 3, 4, 4, 5, 5], [1, 2, -1, ...far]],
    outputs: [[Math.LN2, NaN, 0, NaN, 0], [1, 2, 3, 4, 5], [2, 2, 2, 2, 2]],
  },
  {
    kernel: 'crossEntropyGradient',
    numbers: [5, 2, 1],
    inputs: [[1, 1, 2, 2, 3, 3, 4, 4, 5, 5], [0, 2, -1, ...far], [1, 2, 3, 4, 5], [2, 2, 2, 2, 2], [4, 4, 4, 4, 4], [0.5]],
    outputs: [[-1, 1, ...none, 0, 0, ...none, 0, 0]],
  },
  { kernel: 'maxGradient', numbers: [4, 2, 1], inputs: [[1, 2, ...far], [5, 6, 7, 8]], outputs: [[0, 5, 0, 0, 0, 0, 0, 0]] },
  { kernel: 'maxGradient', numbers: [1, 2, 4], inputs: [[1, 2, ...far], [5, 6, 7, 8]], outputs: [[0, 0, 0, 0, 5, 0, 0, 0]] },
  {
    // The fourth of five positions turns by a quarter: (a, b) becomes (-b, a). The last column belongs to no head.
    kernel: 'rotary',
    numbers: [1, 5, 3, 1, 2, 2, 4, 0, 0, 0],
    inputs: [[1, 2, 9, 3, 4, 9, 5, 6, 9, 7, 8, 9, 1, 2, 9], [1, 0, 1, 0, 1, 0, 0, 1], [0, 4, -1, 3, far[0]!]],
    outputs: [[1, 2, 9, ...none, 9, ...none, 9, -8, 7, 9, ...none, 9]],
  },
  // A cache of two positions with equal keys: the second row sees both.
  {
    kernel: 'cachedAttention',
    numbers: [6, 2, 2, 1, 1, 1, 9],
    inputs: [[1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0], [0, 3, 0, 5], [0, 0, 0, 1, 2, 0, 0, 2, far[0]!, 0, 0, far[1]!], [0]],
    outputs: [[3, 4, ...none, ...none]],
  },
  // Ranges of keys and prefixes are cut to the keys that there are, segments are only compared.
  {
    kernel: 'selfAttention',
    numbers: [2, 1, 1, 1, 1, 9, 0, 1, 1, 0, 0],
    inputs: [[1, 2, 3, 1, 2, 5], [far[1]!, far[0]!, ...far], far, far, [0], [0], [0, 0, 0]],
    outputs: [[3, 0], [2, 0], [1, 0]],
  },
  // The whole sequence is the prefix, then there is none: of two equal keys the first query sees both, or its own.
  ...far.map((prefixLength, i): GuardedCase => ({
    kernel: 'attentionWeights',
    numbers: [1, 2, 2, 1, 1, 1, 9, 0, 1, 1],
    inputs: [[1, 2], [5, 5], [0, 2], [0, 0], [0, 0], [prefixLength], [0, 0, 0, 0], [0]],
    outputs: [[i === 0 ? 0.5 : 1, i === 0 ? 0.5 : 0, 0.5, 0.5]],
  })),
  {
    kernel: 'attentionWeights',
    numbers: [1, 2, 2, 1, 1, 1, 9, 9, 1, 1],
    inputs: [[1, 2], [5, 5], [far[1]!, far[0]!], far, far, [0], [0, 0, 0, 0], [0]],
    outputs: [[1, 0, 0, 1]],
  },
  { kernel: 'attentionWeights', numbers: [1, 2, 2, 1, 1, 1, 9, 9, 1, 1], inputs: [[1, 2], [5, 5], [1, far[1]!], far, far, [0], [0, 0, 0, 0], [0]], outputs: [[0, 0, 0, 0]] },
  { kernel: 'gather', numbers: [1, 2, 2, 3], inputs: [[1, 2, 3, 4], [1, 0, 2, -1, ...far]], outputs: [[3, 2, ...none, ...none]] },
  { kernel: 'gatherGradient', numbers: [1, 2, 2, 3], inputs: [[1, 1, 2, -1, ...far], [1, 2, 3, 4, 5, 6]], outputs: [[0, 0, 1, 2]] },
];

const BYSTANDER = Array.from({ length: 64 }, (_, i) => i + 0.5);

/** Runs a case at once, or as a captured step of one command, between buffers of others; checks what was written, and that the others are whole. */
export async function expectGuarded(backend: Backend, { kernel, numbers, inputs, outputs }: GuardedCase, captured: boolean): Promise<void> {
  const made: Storage[] = [];
  const place = (values: readonly number[], type: 'float32' | 'int32'): Storage => {
    const storage = backend.allocate(type, values.length);
    backend.write(storage, values);
    made.push(storage);
    return storage;
  };
  const before = place(BYSTANDER, 'float32');
  const types = kernelBuffers(kernel).map(({ type }) => (type === 'int32' ? 'int32' : 'float32'));
  const buffers = [...inputs, ...outputs.map((values) => values.map(() => 7))].map((values, i) => place(values, types[i]!));
  const after = place(BYSTANDER, 'float32');
  if (captured) {
    const plan = backend.prepare({ commands: [{ kernel, buffers, numbers }], transients: [] });
    plan.run();
    plan.run();
    await backend.read(before);
    plan.dispose();
  } else backend.run(kernel, buffers, numbers);
  for (const [i, expected] of outputs.entries()) expectSame(await backend.read(buffers[inputs.length + i]!), expected, `${kernel}, output ${i}`);
  for (const [i, given] of inputs.entries()) expectSame(await backend.read(buffers[i]!), given, `${kernel}, input ${i}`);
  for (const other of [before, after]) expectSame(await backend.read(other), BYSTANDER, `${kernel}, a buffer of somebody else`);
  for (const storage of made) backend.free(storage);
}

/** Equal to six digits, NaN where NaN is expected. */
function expectSame(actual: TypedArray, expected: readonly number[], what: string): void {
  expected.forEach((value, i) => {
    const close = Number.isNaN(value) ? Number.isNaN(actual[i]) : Math.abs(actual[i]! - value) <= 1e-6 * Math.max(1, Math.abs(value));
    if (!close) expect.fail(`${what}, element ${i}: ${actual[i]} instead of ${value}`);
  });
}
