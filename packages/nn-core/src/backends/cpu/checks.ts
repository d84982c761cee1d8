// Finds what a caller of `run` got wrong before a kernel starts: too few buffers, the wrong element type, a buffer that is too
// short, memory shared where the contract forbids it. Values are not looked at: kernels stand any id.
import type { TypedArray } from '../backend.js';
import { kernelBuffers, kernelLengths, kernels, type KernelBuffer, type KernelName, type KernelSignature } from '../kernels.js';

/** Throws an Error that names the kernel, the buffer or number, what was given and what the contract wants. */
export function checkBuffers(kernel: KernelName, arrays: readonly (TypedArray | null)[], numbers: readonly number[]): void {
  if (!Object.hasOwn(kernels, kernel)) throw new Error(`cpu: no kernel is called ${JSON.stringify(kernel)}; kernels.ts lists them.`);
  const signature: KernelSignature = kernels[kernel];
  const buffers = kernelBuffers(kernel);
  if (arrays.length !== buffers.length || numbers.length !== signature.numbers.length) {
    const expected = `expected buffers (${buffers.map(({ name, optional }) => name + (optional ? '?' : '')).join(', ')}) and numbers (${signature.numbers.map(plainName).join(', ')})`;
    throw new Error(`cpu: ${kernel} was given ${arrays.length} buffers and ${numbers.length} numbers; ${expected}.`);
  }
  checkNumbers(kernel, signature, numbers);
  const required = kernelLengths(kernel, numbers);
  const movesIntegers = arrays[0] instanceof Int32Array;
  buffers.forEach((buffer, i) => checkBuffer(kernel, buffer, arrays[i]!, buffer.type === 'int32' || (buffer.type === 'any' && movesIntegers), required[i]!));
  if (!signature.elementwise) checkSharing(kernel, buffers, arrays);
}

const CONSTANT = ': float';
const plainName = (name: string): string => name.replace(CONSTANT, '');

function checkNumbers(kernel: KernelName, { numbers: names, requires }: KernelSignature, numbers: readonly number[]): void {
  const fail = (what: string): never => {
    throw new Error(`cpu: ${kernel} was given ${names.map((name, i) => `${plainName(name)} ${numbers[i]}`).join(', ')}; ${what}.`);
  };
  for (const [i, name] of names.entries()) {
    if (!name.endsWith(CONSTANT) && (!Number.isSafeInteger(numbers[i]) || numbers[i]! < 0)) fail(`${name} must be a whole number of 0 or more`);
  }
  const problem = requires?.(...numbers) ?? true;
  if (problem !== true) fail(problem);
}

function checkBuffer(kernel: KernelName, { name, optional }: KernelBuffer, array: TypedArray | null, wantsIntegers: boolean, required: number): void {
  if (array === null) {
    if (!optional) throw new Error(`cpu: ${kernel} needs the buffer ${name}, which is null.`);
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

/** What is written must share no memory with anything else. */
function checkSharing(kernel: KernelName, buffers: readonly KernelBuffer[], arrays: readonly (TypedArray | null)[]): void {
  for (const [written, { name, role }] of buffers.entries()) {
    const array = arrays[written]!;
    const other = arrays.indexOf(array);
    if (role !== 'input' && array !== null && other !== written) {
      throw new Error(`cpu: ${kernel} was given one buffer as ${buffers[other]!.name} and as ${name}; expected two.`);
    }
  }
}
