// Int8 weights: the bound of their error, the order of the bytes, and products with them against products with the numbers that
// they stand for, on every device.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantize, init, Linear, matmul, matmulInt8, quantize, QuantizedLinear, QuantizedMatrix, Random, type Engine, type Layer, type TypedArray } from '../src/index.js';

const matrix = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 9 }))
  .chain(([inner, columns]) => fc.record({
    inner: fc.constant(inner),
    columns: fc.constant(columns),
    values: fc.array(fc.float({ min: Math.fround(-1e30), max: Math.fround(1e30), noNaN: true }), { minLength: inner * columns, maxLength: inner * columns }),
  }));

describe('quantize', () => {
  it('is off by half a step of the column at most', () => {
    fc.assert(
      fc.property(matrix, ({ values, inner, columns }) => {
        const quantized = quantize(values, inner, columns);
        const back = dequantize(quantized);
        back.forEach((value, i) => {
          const scale = quantized.scales[i % columns]!;
          // Beside half a step: the rounding of the scale and of the product, to 24 bits each.
          expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(scale / 2 + 127 * scale * 2 ** -22 + 1e-43);
        });
      }),
    );
  });

  it('keeps zeros, and the greatest magnitude of each column', () => {
    const back = dequantize(quantize([0, 3, -127, 0, 0.2, 64, 0, -3, 0], 3, 3));
    expect([...back].map((value) => Number(value.toFixed(5)))).toEqual([0, 3, -127, 0, expect.closeTo(0.2, 1), 64, 0, -3, 0]);
  });

  it('puts bytes where the contract says', () => {
    // Row k, column j of 17 x 5 is 10 k + j - 80: each column's greatest magnitude is 80 + j, in row 16.
    const [inner, columns] = [17, 5];
    const { packed, scales } = quantize(Float64Array.from({ length: inner * columns }, (_, i) => 10 * Math.floor(i / columns) + (i % columns) - 80), inner, columns);
    const bytes = new Int8Array(packed.buffer);
    expect(bytes).toHaveLength(2 * 2 * 4 * 16);
    for (let k = 0; k < inner; k++) {
      for (let j = 0; j < columns; j++) {
        const at = ((Math.floor(j / 4) * 2 + Math.floor(k / 16)) * 4 + (j % 4)) * 16 + (k % 16);
        expect(bytes[at]).toBe(Math.round((10 * k + j - 80) / scales[j]!));
      }
    }
    expect(packed[0]! & 0xff).toBe(Math.round(-80 / scales[0]!) & 0xff);
    expect(bytes.filter((byte) => byte !== 0).length).toBeLessThanOrEqual(inner * columns);
  });

  it('reads a transposed matrix', () => {
    const values = Array.from({ length: 6 }, (_, i) => i + 1);
    expect(quantize(values, 3, 2, { transposed: true })).toEqual(quantize([1, 4, 2, 5, 3, 6], 3, 2));
  });

  it.each<[string, () => unknown, RegExp]>([
    ['another count', () => quantize([1, 2, 3], 2, 2), /got 3 numbers for a matrix of 2 x 2, which holds 4/],
    ['half a row', () => quantize([1], 0.5, 2), /inner is 0\.5; expected a whole number/],
    ['a negative size', () => quantize([], 0, -1), /columns is -1/],
    ['NaN', () => quantize([1, 2, NaN, 4], 2, 2), /the number at row 1, column 0 is NaN; expected finite ones/],
    ['infinity', () => quantize([1, -Infinity], 1, 2), /row 0, column 1 is -Infinity/],
    ['an inner axis beyond the limit', () => quantize([], 131_073, 0), /at most 131072 are possible/],
  ])('refuses %s', (_, run, message) => expect(run).toThrow(message));
});

const devices: [name: string, make: () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['cpu in double precision', () => init('cpu', { precision: 'float64' })],
  ['wasm with relaxed multiply-add', () => init('wasm', { relaxed: true, threads: 1 })],
  ['wasm without', () => init('wasm', { relaxed: false, threads: 1 })],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
];

const uniform = (random: Random, length: number, limit: number): Float32Array => Float32Array.from({ length }, () => limit * (2 * random.uniform() - 1));

function expectClose(actual: TypedArray, expected: TypedArray, what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const largest = Math.max(1e-30, ...Array.from(expected, Math.abs));
  const wrong = Array.from(expected).findIndex((value, i) => !(Math.abs(value - actual[i]!) <= 1e-4 * largest));
  if (wrong >= 0) expect.fail(`${what}, element ${wrong}: ${actual[wrong]} instead of ${expected[wrong]}`);
}

describe.each(devices)('matmulInt8 on %s', async (_, make) => {
  const engine = await make();

  it.each([[1, 1, 1], [1, 17, 129], [3, 129, 17], [4, 3, 16], [9, 65, 33], [67, 20, 48], [2, 33, 3000], [1, 1000, 768], [0, 4, 4], [2, 0, 4], [2, 4, 0]])(
    'is the product with the numbers that the bytes stand for: %i rows, %i columns, inner %i',
    async (rows, columns, inner) => {
      const random = new Random(rows + 10 * columns + 1000 * inner);
      const values = quantize(uniform(random, inner * columns, 0.3), inner, columns);
      const weight = new QuantizedMatrix(engine, values);
      const a = engine.tensor(uniform(random, rows * inner, 2), [rows, inner]);
      const w = engine.tensor(dequantize(values), [inner, columns]);
      const bias = engine.tensor(uniform(random, columns, 1), [columns]);
      for (const options of [{}, { bias }, { bias, activation: 'gelu' }, { activation: 'relu' }] as const) {
        const [actual, expected] = [matmulInt8(a, weight, options), matmul(a, w, options)];
        expect(actual.shape).toEqual(expected.shape);
        expectClose(await actual.data(), await expected.data(), JSON.stringify(Object.keys(options)));
      }
    },
  );

  it('is exact for whole numbers, each row on its own', async () => {
    // The first row's greatest number makes its step 1, the second's makes it 1/1024; all products fit into float32.
    const inner = 40;
    const weights = Float32Array.from({ length: inner * 3 }, (_, i) => (i < 3 ? 127 : ((i * 37) % 255) - 127));
    const values = quantize(weights, inner, 3);
    expect([...dequantize(values)]).toEqual([...weights]);
    const integers = Float32Array.from({ length: 2 * inner }, (_, i) => (i % inner === 0 ? 32767 : ((i * 91) % 401) - 200));
    const scaled = integers.map((value, i) => (i < inner ? value : value / 1024));
    const y = await matmulInt8(engine.tensor(scaled, [2, inner]), new QuantizedMatrix(engine, values)).data();
    for (let i = 0; i < 6; i++) {
      const [row, column] = [Math.floor(i / 3), i % 3];
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += integers[row * inner + k]! * weights[k * 3 + column]!;
      expect(y[i]).toBe(row === 0 ? sum : sum / 1024);
    }
  });

  it('lets NaN and infinities come through in their rows, and zeros stay zero', async () => {
    const weight = new QuantizedMatrix(engine, quantize(new Float32Array(20).fill(1), 20, 1));
    const a = new Float32Array(4 * 20).fill(1);
    a[3] = NaN;
    a[25] = Infinity;
    a.fill(0, 40, 60);
    const y = await matmulInt8(engine.tensor(a, [4, 20]), weight).data();
    expect(Number.isFinite(y[0])).toBe(false);
    expect(Number.isFinite(y[1])).toBe(false);
    expect(y[2]).toBe(0);
    expect(y[3]).toBeCloseTo(20, 4);
  });

  it('serves a QuantizedLinear, which computes what its Linear does', async () => {
    const layer = new Linear(engine, { inputs: 33, outputs: 20, activation: 'gelu' }, new Random(5));
    layer.bias!.set(uniform(new Random(6), 20, 1));
    const x = engine.tensor(uniform(new Random(7), 66, 1), [2, 33]);
    const run = (one: Layer): Promise<TypedArray> => engine.noGradient(() => one.forward(x)).data();
    const [exact, rounded] = [await run(layer), await run(await QuantizedLinear.of(layer))];
    expect(rounded).not.toEqual(exact);
    rounded.forEach((value, i) => expect(Math.abs(value - exact[i]!)).toBeLessThan(0.02));
  });

  it('refuses what does not fit', async () => {
    const weight = new QuantizedMatrix(engine, quantize(new Float32Array(12), 4, 3));
    const x = engine.zeros([2, 4]);
    expect(() => matmulInt8(engine.zeros([2, 5]), weight)).toThrow(/a is \(2, 5\) and the weights are \(4, 3\)/);
    expect(() => matmulInt8(engine.zeros([4]), weight)).toThrow(/at least two axes/);
    expect(() => matmulInt8(x, weight, { bias: engine.zeros([4]) })).toThrow(/bias has shape \(4\); expected \(3\)/);
    expect(() => matmulInt8(engine.tensor([1, 2, 3, 4], [1, 4], 'int32'), weight)).toThrow(/floating-point tensors; got int32/);
    expect(() => matmulInt8(engine.parameter(engine.zeros([2, 4])), weight)).toThrow(/no gradient: run it inside engine\.noGradient\(\)/);
    expect(() => matmulInt8(x, weight, { bias: engine.parameter(engine.zeros([3])) })).toThrow(/no gradient/);
    await expect(QuantizedMatrix.of(engine.zeros([2, 3, 4]))).rejects.toThrow(/two axes; got shape \(2, 3, 4\)/);
    weight.dispose();
    expect(() => matmulInt8(x, weight)).toThrow(/already freed/);
  });

  it('is not freed by the scope that made it, but by dispose', () => {
    const before = engine.memory().buffers;
    const weight = engine.scope(() => {
      const made = new QuantizedMatrix(engine, quantize(new Float32Array(12), 4, 3));
      return { made };
    });
    expect(engine.memory().buffers).toBe(before + 2);
    expect(weight.made.bytes).toBe(4 * 16 + 4 * 3);
    weight.made.dispose();
    expect(engine.memory().buffers).toBe(before);
  });
});

it('gives the same bits for any number of threads, in a product that goes to the workers', async () => {
  const values = quantize(uniform(new Random(1), 768 * 3000, 0.1), 768, 3000);
  const results = [];
  for (const threads of [1, 2, 3]) {
    const engine = await init('wasm', { threads });
    results.push(await matmulInt8(engine.tensor(uniform(new Random(2), 3 * 768, 1), [3, 768]), new QuantizedMatrix(engine, values)).data());
    engine.dispose();
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});
