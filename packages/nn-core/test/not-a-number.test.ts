// NaN and infinities in maxima, absolute values and powers: cpu and wasm give what PyTorch gives (fixtures/not-a-number.torch.json).
// A gpu may assume that there are none, so nothing is promised there.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { abs, argmax, argmin, backward, init, max, maxPool2d, min, pow, sum, type Engine, type Tensor } from '../src/index.js';

interface Fixture {
  extremes: Record<string, string[]> & { shape: number[] };
  pooling: { image: string[]; shape: number[]; y: string[]; gradient: string[] };
  abs: { x: string[]; gradient: string[] };
  power: { base: string[]; exponent: string[]; y: string[] };
}
const torch = JSON.parse(readFileSync(new URL('./fixtures/not-a-number.torch.json', import.meta.url), 'utf8')) as Fixture;
const numbers = (text: readonly string[]): number[] => text.map(Number);
/** -0 and 0 are one number here: PyTorch's minimum knows no sign of zero. */
const valuesOf = (tensor: Tensor): number[] => Array.from(tensor.dataSync(), (value) => value + 0);

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm with relaxed multiply-add', () => init('wasm', { relaxed: true, threads: 1 })],
  ['wasm without', () => init('wasm', { relaxed: false, threads: 1 })],
];

describe.each(devices)('NaN on %s', async (_, make) => {
  const engine = await make();

  it.each([0, 1])('is the extreme along axis %i, at the place of the first', (axis) => {
    const x = engine.tensor(numbers(torch.extremes.rows!), torch.extremes.shape);
    for (const [name, operation] of Object.entries({ max, min, argmax, argmin })) {
      expect(valuesOf(operation(x, axis)), name).toEqual(numbers(torch.extremes[`${name}${axis}`]!));
    }
  });

  it('is the maximum of everything, wherever it stands among many', () => {
    for (const place of [0, 3, 4, 17, 36, 38]) {
      const values = Array.from({ length: 39 }, (_, i) => (i === place ? NaN : Math.sin(i)));
      const x = engine.tensor(values);
      expect(valuesOf(max(x)), `at ${place}`).toEqual([NaN]);
      expect(valuesOf(argmax(x)), `at ${place}`).toEqual([place]);
    }
  });

  it('takes the gradient of the maximum', () => {
    const x = engine.parameter(engine.tensor([1, NaN, 3, 9, 2, 5], [2, 3]));
    engine.scope(() => backward(sum(max(x, 1))));
    expect(valuesOf(x.gradient!)).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('is the maximum of its window', () => {
    const image = engine.parameter(engine.tensor(numbers(torch.pooling.image), torch.pooling.shape));
    const y = engine.scope(() => {
      const pooled = maxPool2d(image, { window: 2 });
      backward(sum(pooled));
      return pooled;
    });
    expect(valuesOf(y)).toEqual(numbers(torch.pooling.y));
    expect(valuesOf(image.gradient!)).toEqual(numbers(torch.pooling.gradient));
  });

  it('has an absolute value without slope', () => {
    const x = engine.parameter(engine.tensor(numbers(torch.abs.x)));
    engine.scope(() => backward(sum(abs(x))));
    expect(valuesOf(x.gradient!)).toEqual(numbers(torch.abs.gradient));
  });

  it('and infinity as exponents', () => {
    const [base, exponent] = [torch.power.base, torch.power.exponent].map((text) => engine.tensor(numbers(text)));
    expect(valuesOf(pow(base!, exponent!))).toEqual(numbers(torch.power.y));
  });
});
