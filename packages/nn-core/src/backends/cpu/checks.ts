// What a caller of `run` can get wrong, found before a kernel starts: too few buffers, the wrong element type, a buffer
// that is too short, memory shared where the contract forbids it. Values are not looked at: ids are the op's to check.
import type { TypedArray } from '../backend.js';
import { type KernelName, kernels, kernelSignature } from '../kernels.js';
import { INTEGER_BUFFERS } from './kernels.js';
import { bufferLengths } from './lengths.js';

/** The kernels that the contract calls elementwise: their output may be the same buffer as an input. */
const IN_PLACE: ReadonlySet<KernelName> = new Set<KernelName>([
  'copy', 'add', 'subtract', 'multiply', 'divide', 'accumulate', 'scale', 'scaleBy', 'exp', 'log', 'sqrt', 'tanh', 'sigmoid',
  'relu', 'gelu', 'tanhGradient', 'sigmoidGradient', 'reluGradient', 'geluGradient', 'dropout',
]);

/** The kernels that only move numbers: they take int32 buffers too, if all of theirs are. */
const MOVING: ReadonlySet<KernelName> = new Set<KernelName>(['copy', 'stridedCopy', 'slice', 'sliceGradient', 'concatenate']);

const INTEGER_NAMES: ReadonlySet<string> = new Set(INTEGER_BUFFERS);

/** Throws an Error that names the kernel, the buffer or number, what was given and what the contract wants. */
export function checkBuffers(kernel: KernelName, arrays: readonly (TypedArray | null)[], numbers: readonly number[]): void {
  if (!Object.hasOwn(kernels, kernel)) throw new Error(`cpu: no kernel is called ${JSON.stringify(kernel)}; kernels.ts lists them.`);
  const signature = kernelSignature(kernel);
  const names = [...signature.inputs, ...signature.updates, ...signature.outputs];
  const expected = `expected buffers (${names.join(', ')}) and numbers (${signature.numbers.join(', ')})`;
  if (arrays.length !== names.length || numbers.length !== signature.numbers.length) {
    throw new Error(`cpu: ${kernel} was given ${arrays.length} buffers and ${numbers.length} numbers; ${expected}.`);
  }
  checkNumbers(kernel, signature.numbers, numbers);
  const required = (bufferLengths[kernel] as (...values: number[]) => readonly number[])(...numbers);
  const movesIntegers = MOVING.has(kernel) && arrays[0] instanceof Int32Array;
  names.forEach((name, i) => checkBuffer(kernel, name, arrays[i], movesIntegers || INTEGER_NAMES.has(name), required[i]));
  checkSharing(kernel, names, arrays, signature.inputs.length);
}

/** Numbers that are constants and may be anything; the others are counts and flags. */
const CONSTANTS: ReadonlySet<string> = new Set(['value', 'factor', 'offset', 'probability', 'epsilon', 'maxNorm']);

function checkNumbers(kernel: KernelName, names: readonly string[], numbers: readonly number[]): void {
  const value = (name: string): number => numbers[names.indexOf(name)];
  const fail = (what: string): never => {
    throw new Error(`cpu: ${kernel} was given ${names.map((name, i) => `${name} ${numbers[i]}`).join(', ')}; ${what}.`);
  };
  for (const [i, name] of names.entries()) {
    if (!CONSTANTS.has(name) && (!Number.isSafeInteger(numbers[i]) || numbers[i] < 0)) fail(`${name} must be a whole number of 0 or more`);
  }
  if (kernel === 'maximum' && value('length') < 1) fail('length must be 1 or more');
  if ((kernel === 'matmul' || kernel === 'matmulInt8') && value('activation') > 2) fail('activation must be 0, 1 or 2');
  if (kernel.startsWith('slice') && value('start') + value('count') > value('length')) fail('start + count must not exceed length');
  if (kernel === 'cachedAttention' && value('past') + value('count') > value('capacity')) fail('past + count must not exceed capacity');
}

function checkBuffer(kernel: KernelName, name: string, array: TypedArray | null, wantsIntegers: boolean, required: number): void {
  if (array === null) {
    if (!name.endsWith('?')) throw new Error(`cpu: ${kernel} needs the buffer ${name}, which is null.`);
    return;
  }
  if (wantsIntegers !== array instanceof Int32Array) {
    const given = array instanceof Int32Array ? 'int32' : 'floating-point';
    throw new TypeError(`cpu: ${kernel} was given a ${given} buffer as ${name}; expected ${wantsIntegers ? 'int32' : 'floating-point'}.`);
  }
  if (array.length < required) {
    throw new RangeError(`cpu: ${kernel} needs ${required} elements in ${name}, which has ${array.length}.`);
  }
}

/** What is written must share no memory with anything else, except elementwise. */
function checkSharing(kernel: KernelName, names: readonly string[], arrays: readonly (TypedArray | null)[], inputs: number): void {
  if (IN_PLACE.has(kernel)) return;
  for (let written = inputs; written < names.length; written++) {
    const other = arrays.indexOf(arrays[written]);
    if (arrays[written] !== null && other !== written) {
      throw new Error(`cpu: ${kernel} was given one buffer as ${names[other]} and as ${names[written]}; expected two.`);
    }
  }
}
