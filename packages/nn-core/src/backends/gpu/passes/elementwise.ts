// Elementwise kernels of the contract: one pass each.
import { floatsPerNumber, vector, type GpuKernelName, type Program } from './pass.js';

const unary = (kernel: GpuKernelName): Program => (passes, [x, y], [size, ...numbers]) => passes.run(kernel, y, [size], [vector(x, size)], numbers);
const binary = (kernel: GpuKernelName): Program => (passes, [a, b, y], [size]) => passes.run(kernel, y, [size], [vector(a, size), vector(b, size)]);

export const fill: Program = (passes, [y], [size, value]) => passes.run('fill', y, [size], [], [value]);

export const copy: Program = (passes, [x, y], [size]) => {
  const floats = size * floatsPerNumber(x);
  passes.run('copy', y, [floats], [vector(x, floats)]);
};

export const add = binary('add');
export const subtract = binary('subtract');
export const multiply = binary('multiply');
export const divide = binary('divide');
export const accumulate: Program = (passes, [x, y], [size]) => passes.run('add', y, [size], [vector(y, size), vector(x, size)]);
export const scale = unary('scale');
export const scaleBy: Program = (passes, [x, factor, y], [size]) => passes.run('scaleBy', y, [size], [vector(x, size), vector(factor, 1)]);
export const exp = unary('exp');
export const log = unary('log');
export const sqrt = unary('sqrt');
export const tanh = unary('tanh');
export const sigmoid = unary('sigmoid');
export const relu = unary('relu');
export const gelu = unary('gelu');
export const tanhGradient = binary('tanhGradient');
export const sigmoidGradient = binary('sigmoidGradient');
export const reluGradient = binary('reluGradient');
export const geluGradient = binary('geluGradient');

export const dropout: Program = (passes, [x, state, y], [size, probability, stream]) => {
  // Uniform numbers are multiples of 2^-24, so comparing with the next multiple is comparing with the probability itself.
  const threshold = Math.ceil(probability * 2 ** 24);
  const numbers = [Math.floor(stream / 65536), stream % 65536, threshold, 1 / (1 - probability)];
  passes.run('dropout', y, [size], [vector(x, size), { storage: state, size: [2, 3, 1] }], numbers);
};
