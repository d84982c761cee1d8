// Issues the passes of elementwise kernels that are more than one pass of the shader with their name.
import { floatsPerNumber, vector, type Program } from './pass.js';

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
