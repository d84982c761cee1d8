// Elementwise kernels of the contract. Where a shader has the kernel's name, one pass of it is the whole program.
import { kernelBuffers, type kernels, type KernelName } from '../../kernels.js';
import { shaderSources } from '../generated/shaders.js';
import { floatsPerNumber, vector, type Program, type ShaderName } from './pass.js';

/** Elementwise kernels that take nothing but buffers of the full size, and have a shader of their name. */
export type PlainKernel = { [Name in KernelName]: (typeof kernels)[Name] extends { readonly elementwise: true } ? Name : never }[KernelName] & ShaderName;

/** The program of such a kernel: its inputs, then the numbers behind `size`. Undefined where no shader has the name. */
export function plainProgram(kernel: KernelName): Program | undefined {
  if (!Object.hasOwn(shaderSources, kernel)) return undefined;
  const inputs = kernelBuffers(kernel).length - 1;
  return (passes, buffers, [size, ...numbers]) =>
    passes.run(kernel as PlainKernel, buffers[inputs]!, [size!], buffers.slice(0, inputs).map((buffer) => vector(buffer, size!)), numbers);
}

export const copy: Program = (passes, [x, y], [size]) => {
  const floats = size * floatsPerNumber(x);
  passes.run('copy', y, [floats], [vector(x, floats)]);
};

export const accumulate: Program = (passes, [x, y], [size]) => passes.run('add', y, [size], [vector(y, size), vector(x, size)]);

export const scaleBy: Program = (passes, [x, factor, y], [size]) => passes.run('scaleBy', y, [size], [vector(x, size), vector(factor, 1)]);

export const swigluGradient: Program = (passes, [gate, value, dy, dGate, dValue], [size]) => {
  const [gates, values, dys] = [vector(gate, size), vector(value, size), vector(dy, size)];
  passes.run('swigluGateGradient', dGate, [size], [gates, values, dys]);
  passes.run('swiglu', dValue, [size], [gates, dys]);
};

export const dropout: Program = (passes, [x, state, y], [size, probability, stream]) => {
  // Uniform numbers are multiples of 2^-24, so comparing with the next multiple is comparing with the probability itself.
  const threshold = Math.ceil(probability * 2 ** 24);
  const numbers = [Math.floor(stream / 65536), stream % 65536, threshold, 1 / (1 - probability)];
  passes.run('dropout', y, [size], [vector(x, size), { storage: state, size: [2, 3, 1] }], numbers);
};

export const power: Program = (passes, [a, b, y], [size]) => passes.run('power', y, [size], [vector(a, size), vector(b, size)], [NaN]);
