// What operations compute, against their formulas in plain numbers: in double precision to the last digits, in float32 to its own.
import { describe, expect, it } from 'vitest';
import { init, lowRankSum, writeCache } from '../src/index.js';
import { opCases } from './support/op-cases.js';
import { caseInputs, runCase } from './support/run-case.js';

describe.each([
  { precision: 'float64', tolerance: 1e-13 },
  { precision: 'float32', tolerance: 1e-5 },
] as const)('in $precision, within $tolerance of the formula', async ({ precision, tolerance }) => {
  const engine = await init('cpu', { precision });

  it.each(opCases.filter(({ formula }) => formula))('$name', async (opCase) => {
    const values = caseInputs(opCase);
    const expected = opCase.formula!(...values.map((input) => [...input]));
    const { output } = await runCase(engine, opCase, values);
    expect(output.length).toBe(expected.length);
    expected.forEach((value, i) => expect(Math.abs(output[i]! - value), `element ${i}: ${output[i]} instead of ${value}`).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value))));
  });
});

it('lowRankSum is the weight and scale * down up', async () => {
  const engine = await init('cpu');
  const [weight, down, up] = [engine.tensor([1, 2, 3, 4, 5, 6], [2, 3]), engine.tensor([1, -1], [2, 1]), engine.tensor([1, 10, 100], [1, 3])];
  expect([...lowRankSum(weight, [{ down, up, scale: 0.5 }]).dataSync()]).toEqual([1.5, 7, 53, 3.5, 0, -44]);
});

it('writeCache overwrites positions of one sequence', async () => {
  const engine = await init('cpu');
  const cache = engine.zeros([2, 3, 1]);
  writeCache(engine.tensor([7, 8], [1, 2, 1]), cache, 1, 1);
  expect([...cache.dataSync()]).toEqual([0, 0, 0, 0, 7, 8]);
});
