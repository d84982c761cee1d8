// The error bounds that assembly/math.ts states, over numbers spread across the whole range of float32, against the double
// precision of the engine's Math; and the corners: zeros, denormal numbers, infinities, NaN.
import { describe, expect, it } from 'vitest';
import type { Backend } from '../src/backends/backend.js';
import { geluErfGradient, geluErfOf as geluErf } from '../src/backends/cpu/kernels/activations.js';
import type { KernelName } from '../src/backends/kernels.js';
import { createWasmBackend } from '../src/backends/wasm/backend.js';

const COUNT = 60_000;

function evaluate(backend: Backend, kernel: KernelName, x: Float32Array, dy?: Float32Array): Float32Array {
  const input = backend.allocate('float32', x.length);
  const second = backend.allocate('float32', x.length);
  backend.write(input, x);
  if (dy) backend.write(second, dy);
  const output = backend.allocate('float32', x.length);
  backend.run(kernel, dy ? [input, second, output] : [input, output], [x.length]);
  const result = backend.readSync(output) as Float32Array;
  for (const storage of [input, second, output]) backend.free(storage);
  return result;
}

/** Numbers from `low` to `high`, evenly spread, with a wobble so that they are not round. */
function spread(low: number, high: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, i) => low + ((high - low) * (i + 0.5 + 0.4 * Math.sin(i))) / COUNT);
}

/** Numbers whose bit patterns are evenly spread: as many in every binade. */
function spreadBits(low: number, high: number): Float32Array {
  const [first, last] = new Int32Array(new Float32Array([low, high]).buffer);
  const bits = Int32Array.from({ length: COUNT }, (_, i) => first + Math.floor(((last - first) * i) / (COUNT - 1)));
  return new Float32Array(bits.buffer);
}

/** The spacing of float32 numbers at x. */
function ulp(x: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  return 2 ** (Math.max(exponent, -126) - 23);
}

function worst(x: Float32Array, got: Float32Array, exact: (x: number) => number, unit: (y: number) => number): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const expected = exact(x[i]);
    const error = Math.abs(got[i] - expected) / unit(expected);
    if (!(error <= largest)) largest = error;
    if (Number.isNaN(largest)) throw new Error(`NaN at ${x[i]}`);
  }
  return largest;
}

const relative = (y: number): number => Math.abs(y);
const absolute = (): number => 1;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const inner = (x: number): number => 2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
const gelu = (x: number): number => x * sigmoid(inner(x));
function geluSlope(x: number): number {
  const s = sigmoid(inner(x));
  return s + x * s * (1 - s) * 2 * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
}
const silu = (x: number): number => x * sigmoid(x);
const siluSlope = (x: number): number => sigmoid(x) * (1 + x * (1 - sigmoid(x)));
/** The derivative from the cpu backend, which computes in double precision; its own tests compare it with PyTorch. */
function geluErfSlope(x: number): number {
  const slope = new Float64Array(1);
  geluErfGradient(Float64Array.of(x), Float64Array.of(1), slope, 1);
  return slope[0]!;
}

describe.each([{ relaxed: false }, { relaxed: true }])('with relaxed: $relaxed', async ({ relaxed }) => {
  const backend = await createWasmBackend({ relaxed });

  const bounds: [KernelName, Float32Array, (x: number) => number, (y: number) => number, number][] = [
    ['exp', spread(-87.3, 88.7), Math.exp, ulp, 1.25],
    ['exp', spread(-1, 1), Math.exp, ulp, 1.25],
    ['exp', spread(-103.5, -87.3), Math.exp, ulp, 1.25],
    ['log', spreadBits(1e-45, 3.4e38), Math.log, ulp, 1],
    ['log', spread(0.5, 2), Math.log, ulp, 1],
    ['tanh', spread(-11, 11), Math.tanh, ulp, 3],
    ['tanh', spreadBits(1e-45, 1), Math.tanh, ulp, 3],
    ['sigmoid', spread(-87.33, 20), sigmoid, ulp, 3],
    ['gelu', spread(-1, 12), gelu, relative, 3e-7],
    ['gelu', spread(-3, -1), gelu, relative, 1.2e-6],
    ['gelu', spread(-8, -3), gelu, relative, 1e-5],
    ['gelu', spread(-30, -3), gelu, absolute, 1e-8],
    ['geluErf', spread(-3, 16), geluErf, relative, 7e-7],
    ['geluErf', spread(-8, -3), geluErf, relative, 1e-5],
    ['geluErf', spread(-30, -3), geluErf, absolute, 1e-8],
    ['silu', spread(-87.33, 100), silu, relative, 4e-7],
    ['silu', spread(-300, -87.33), silu, absolute, 2e-36],
  ];
  it.each(bounds)('%s stays within its bound', (kernel, x, exact, unit, bound) => {
    expect(worst(x, evaluate(backend, kernel, x), exact, unit)).toBeLessThanOrEqual(bound);
  });

  it.each<[KernelName, (x: number) => number, number]>([
    ['geluGradient', geluSlope, 5e-7],
    ['geluErfGradient', geluErfSlope, 5e-7],
    ['siluGradient', siluSlope, 3e-7],
  ])('%s stays within its bound', (kernel, exact, bound) => {
    const x = spread(-30, 30);
    expect(worst(x, evaluate(backend, kernel, x, new Float32Array(COUNT).fill(1)), exact, absolute)).toBeLessThanOrEqual(bound);
  });

  it('softmax is right far below the maximum, where its exponential stops at the smallest normal number', () => {
    const x = new Float32Array([0, -80, -87.3, -88, -100, -1e30, -Infinity, -1]);
    const y = backend.allocate('float32', 8);
    const input = backend.allocate('float32', 8);
    backend.write(input, x);
    backend.run('softmax', [input, y], [1, 8]);
    const total = 1 + Math.exp(-1);
    const got = backend.readSync(y);
    [...x].forEach((value, i) => expect(Math.abs(got[i] - Math.exp(value) / total)).toBeLessThanOrEqual(Math.max(3e-7 * (Math.exp(value) / total), 2 ** -126)));
    expect([...got.slice(3, 7)]).toEqual([0, 0, 0, 0]);
  });

  const corners = [NaN, Infinity, -Infinity, 0, -0, 1e-45, -1e-45, 3.4e38, -3.4e38];
  it.each<[KernelName, number[]]>([
    ['exp', [NaN, Infinity, 0, 1, 1, 1, 1, Infinity, 0]],
    ['log', [NaN, Infinity, NaN, -Infinity, -Infinity, Math.fround(Math.log(2 ** -149)), NaN, Math.fround(Math.log(3.4e38)), NaN]],
    ['sqrt', [NaN, Infinity, NaN, 0, -0, Math.fround(Math.sqrt(2 ** -149)), NaN, Math.fround(Math.sqrt(Math.fround(3.4e38))), NaN]],
    ['tanh', [NaN, 1, -1, 0, -0, 2 ** -149, -(2 ** -149), 1, -1]],
    ['relu', [NaN, Infinity, 0, 0, 0, 2 ** -149, 0, Math.fround(3.4e38), 0]],
  ])('%s at the corners', (kernel, expected) => {
    const got = [...evaluate(backend, kernel, new Float32Array(corners))];
    got.forEach((value, i) => expect(Math.abs(value) === 0 && kernel === 'relu' ? 0 : value, `${kernel}(${corners[i]})`).toEqual(expected[i]));
  });

  it.each<[KernelName, number[]]>([
    ['sigmoid', [NaN, 1, 0, 0.5, 0.5, 0.5, 0.5, 1, 0]],
    ['gelu', [NaN, Infinity, NaN, 0, 0, 0, 0, Math.fround(3.4e38), 0]],
    ['geluErf', [NaN, Infinity, NaN, 0, 0, 0, 0, Math.fround(3.4e38), 0]],
  ])('%s at the corners, but for numbers below 1e-36', (kernel, expected) => {
    const got = evaluate(backend, kernel, new Float32Array(corners));
    got.forEach((value, i) => {
      if (Number.isNaN(expected[i])) expect(value, `${kernel}(${corners[i]})`).toBeNaN();
      else if (expected[i] === 0) expect(Math.abs(value), `${kernel}(${corners[i]})`).toBeLessThan(1e-36);
      else expect(value, `${kernel}(${corners[i]})`).toBe(expected[i]);
    });
  });

  it('geluGradient at the corners', () => {
    const got = evaluate(backend, 'geluGradient', new Float32Array(corners), new Float32Array(corners.length).fill(2));
    [NaN, NaN, NaN, 1, 1, 1, 1, 2, 0].forEach((expected, i) => (Number.isNaN(expected) ? expect(got[i]).toBeNaN() : expect(got[i]).toBeCloseTo(expected, 12)));
  });
});
