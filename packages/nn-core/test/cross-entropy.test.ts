// What is made of the loss per row: means over what counts, batches in parts, log-probabilities. That the numbers themselves
// are right is for the tables of kernels and operations.
import { describe, expect, it } from 'vitest';
import { backward, compileStep, countTargets, crossEntropy, crossEntropyRows, init, logProbabilities, logSoftmax, matmul, slice, sum, type Engine, type Tensor } from '../src/index.js';

/** Four rows, of which three count: one in the first half, two in the second. */
const INPUTS = [0.5, -1, 2, 0.25, -0.75, 1, 1.5, -2];
const TARGETS = [1, -1, 2, 0];
const WEIGHTS = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6];

const targetsOf = (engine: Engine, targets: readonly number[]): Tensor => engine.tensor(targets, [targets.length], 'int32');

/** The gradient of a linear classifier's weights after `addGradients` was run on inputs (4, 2). */
function gradientAfter(engine: Engine, addGradients: (logitsOf: (row: number, count: number) => Tensor) => void): number[] {
  const weights = engine.parameter(engine.tensor(WEIGHTS, [2, 3]));
  engine.scope(() => {
    const inputs = engine.tensor(INPUTS, [4, 2]);
    addGradients((row, count) => matmul(slice(inputs, 0, row, count), weights));
  });
  return [...weights.gradient!.dataSync()];
}

describe.each(['cpu', 'wasm'] as const)('on %s', async (name) => {
  const engine = await init(name);
  const wholeBatch = gradientAfter(engine, (logitsOf) => backward(crossEntropy(logitsOf(0, 4), targetsOf(engine, TARGETS))));

  it.each([
    ['a number', (): number => 3],
    ['a tensor', (): Tensor => countTargets(targetsOf(engine, TARGETS))],
  ] as const)('parts with uneven masks add up to the gradient of the whole batch, with %s as total', (_, total) => {
    const inParts = gradientAfter(engine, (logitsOf) => {
      for (const row of [0, 2]) backward(crossEntropy(logitsOf(row, 2), targetsOf(engine, TARGETS.slice(row, row + 2)), total()));
    });
    inParts.forEach((value, i) => expect(value).toBeCloseTo(wholeBatch[i]!, 6));
  });

  it('parts that are averaged each for itself do not: the rows of the smaller part weigh more', () => {
    const averaged = gradientAfter(engine, (logitsOf) => {
      for (const row of [0, 2]) backward(crossEntropy(logitsOf(row, 2), targetsOf(engine, TARGETS.slice(row, row + 2))));
    });
    expect(averaged.some((value, i) => Math.abs(value / 2 - wholeBatch[i]!) > 0.05)).toBe(true);
  });

  it('a captured step counts what each replay holds, and takes another total', () => {
    const logits = engine.tensor([0, 0, 0, 0, 0, 0], [3, 2]);
    const targets = targetsOf(engine, [0, 1, 0]);
    const total = engine.tensor([3], []);
    const plan = compileStep(engine, () => ({ mean: crossEntropy(logits, targets), part: crossEntropy(logits, targets, total), count: countTargets(targets) }));
    const replay = (): number[] => Object.values(plan.replay()).map((tensor) => tensor.dataSync()[0]!);
    const ln2 = expect.closeTo(Math.LN2, 6) as number;
    expect(replay()).toEqual([ln2, ln2, 3]);
    targets.set([-1, 1, -1]);
    total.set([2]);
    expect(replay()).toEqual([ln2, expect.closeTo(Math.LN2 / 2, 6), 1]);
    targets.set([-1, -1, -1]);
    expect(replay()).toEqual([0, 0, 0]);
    plan.dispose();
  });

  it('gives each row its loss, 0 where it is ignored, and the log-probability of what was chosen', () => {
    const logits = engine.tensor([1, 3, 2, -1, 0, 4, 7, 7, 7], [3, 3]);
    const expected = logSoftmax(logits).dataSync();
    const targets = targetsOf(engine, [2, -100, 0]);
    const rows = [...crossEntropyRows(logits, targets).dataSync()];
    expect(rows).toEqual([expect.closeTo(-expected[2]!, 6), 0, expect.closeTo(Math.log(3), 6)]);
    expect([...logProbabilities(logits, targets).dataSync()].map(Math.abs)).toEqual(rows);
  });

  it('the gradient of ignored rows is 0', () => {
    const logits = engine.parameter(engine.tensor([1, 2, 3, 4], [2, 2]));
    backward(sum(logProbabilities(logits, targetsOf(engine, [-1, 1]))));
    expect([...logits.gradient!.dataSync()].slice(0, 2)).toEqual([0, 0]);
    expect(logits.gradient!.dataSync()[3]).toBeCloseTo(1 - 1 / (1 + Math.exp(-1)), 6);
  });

  it('logits of a hundred thousand lose no digit, in the loss and in its gradient', () => {
    const logits = engine.parameter(engine.tensor([100_000, 100_000.5], [1, 2]));
    const losses = crossEntropyRows(logits, targetsOf(engine, [0]));
    backward(sum(losses));
    expect(losses.dataSync()[0]).toBeCloseTo(Math.log(1 + Math.exp(0.5)), 6);
    const chosen = 1 / (1 + Math.exp(0.5));
    expect([...logits.gradient!.dataSync()]).toEqual([expect.closeTo(chosen - 1, 6), expect.closeTo(1 - chosen, 6)]);
  });

  it('refuses a total of nothing', () => {
    expect(() => crossEntropy(engine.zeros([1, 2]), targetsOf(engine, [0]), 0)).toThrow(/total is 0; expected the number of targets that count, above 0/);
  });
});
