// Optimizers, clipping and the schedule against their formulas written out, and layers against hand-made numbers.
import { describe, expect, it } from 'vitest';
import { AdamW, backward, clipFactor, Dropout, Embedding, init, LayerNorm, Linear, Module, multiply, Random, SGD, sum, warmupCosine, type Engine, type Tensor } from '../src/index.js';

const devices: [string, () => Promise<Engine>, number][] = [
  ['cpu in double precision', () => init('cpu', { precision: 'float64' }), 1e-12],
  ['wasm', () => init('wasm', { threads: 1 }), 1e-5],
];

describe.each(devices)('optimizers on %s', async (_, make, tolerance) => {
  const engine = await make();
  const start = [1, -2, 0.5, 3, -1];
  const slopes = [0.3, -4, 2, 0, 1e-3];
  /** The loss is the sum of slope * x, so the gradient is the slope. */
  const setGradient = (parameter: Tensor, factor = 1): void => engine.scope(() => backward(sum(multiply(parameter, engine.tensor(slopes.map((s) => s * factor), parameter.shape)))));
  const expectClose = (actual: ArrayLike<number>, expected: number[]): void =>
    expected.forEach((value, i) => expect(Math.abs(actual[i]! - value), `element ${i}: ${actual[i]} instead of ${value}`).toBeLessThan(tolerance * Math.max(1, Math.abs(value))));

  it.each([
    [[5], 0],
    [[1, 5], 0.1],
  ] as const)('AdamW follows its formula, shape %o, which decays by %d', (shape, decay) => {
    const parameter = engine.parameter(engine.tensor(start, shape));
    const optimizer = new AdamW([parameter], { learningRate: 0.01, betas: [0.9, 0.99], weightDecay: 0.1 });
    const [x, m, v] = [[...start], start.map(() => 0), start.map(() => 0)];
    for (let step = 1; step <= 5; step++) {
      setGradient(parameter, step);
      optimizer.step({ learningRate: 0.01 / step });
      optimizer.zeroGradients();
      x.forEach((_, i) => {
        const gradient = slopes[i]! * step;
        x[i]! *= 1 - (0.01 / step) * decay;
        m[i] = 0.9 * m[i]! + 0.1 * gradient;
        v[i] = 0.99 * v[i]! + 0.01 * gradient ** 2;
        x[i]! -= ((0.01 / step) * (m[i]! / (1 - 0.9 ** step))) / (Math.sqrt(v[i]! / (1 - 0.99 ** step)) + 1e-8);
      });
      expectClose(parameter.dataSync(), x);
    }
    optimizer.dispose();
    parameter.dispose();
  });

  it('SGD follows its formula, with momentum and decay', () => {
    const parameter = engine.parameter(engine.tensor(start));
    const optimizer = new SGD([parameter], { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 });
    const [x, velocity] = [[...start], start.map(() => 0)];
    for (let step = 1; step <= 4; step++) {
      setGradient(parameter);
      optimizer.step();
      optimizer.zeroGradients();
      x.forEach((_, i) => {
        velocity[i] = 0.9 * velocity[i]! + slopes[i]! + 0.01 * x[i]!;
        x[i]! -= 0.1 * velocity[i]!;
      });
      expectClose(parameter.dataSync(), x);
    }
    optimizer.dispose();
    parameter.dispose();
  });

  it('clips by the norm over all parameters, and only when it is exceeded', () => {
    const [a, b] = [engine.parameter(engine.tensor(start)), engine.parameter(engine.tensor(start))];
    setGradient(a);
    setGradient(b, 2);
    const norm = Math.sqrt(slopes.reduce((total, s) => total + s * s + 4 * s * s, 0));
    expectClose(clipFactor([a, b], 1).dataSync(), [1 / (norm + 1e-6)]);
    expectClose(clipFactor([a, b], 100).dataSync(), [1]);
    const optimizer = new SGD([a, b], { learningRate: 1 });
    optimizer.step({ gradientFactor: clipFactor([a, b], 1) });
    expectClose(b.dataSync(), start.map((x, i) => x - (2 * slopes[i]!) / (norm + 1e-6)));
    optimizer.dispose();
  });

  it('names what is wrong', () => {
    const parameter = engine.parameter(engine.tensor(start));
    expect(() => new AdamW([])).toThrow(/at least one parameter/);
    expect(() => new AdamW([engine.tensor([1])])).toThrow(/parameters only/);
    expect(() => new AdamW([parameter], { epsilon: -1 })).toThrow(/epsilon is -1; expected a finite number of at least 0/);
    expect(() => new SGD([parameter], { learningRate: Number.NaN })).toThrow(/learningRate is NaN/);
    expect(() => new SGD([parameter], { learningRate: 1, momentum: 1 })).toThrow(/momentum is 1; expected at least 0 and below 1/);
    expect(() => clipFactor([parameter], 0)).toThrow(/expected a number above 0/);
  });
});

describe('the schedule', () => {
  const options = { maximum: 1, minimum: 0.1, warmupSteps: 3, totalSteps: 13 };

  it('warms up, falls like half a cosine, and stays at the minimum', () => {
    expect([0, 1, 2].map((step) => warmupCosine(step, options))).toEqual([0.25, 0.5, 0.75]);
    expect(warmupCosine(3, options)).toBe(1);
    expect(warmupCosine(8, options)).toBeCloseTo(0.55, 12);
    expect(warmupCosine(13, options)).toBe(0.1);
    expect(warmupCosine(99, options)).toBe(0.1);
    expect(() => warmupCosine(-1, options)).toThrow(/-1/);
  });
});

describe('modules', async () => {
  const engine = await init('cpu');

  class Pair extends Module {
    readonly parts = [new Linear(engine, { inputs: 2, outputs: 3 }, new Random(0)), new LayerNorm(engine, 3)] as const;
    readonly table = new Embedding(engine, { rows: 4, width: 2 }, new Random(1));
    readonly tied = this.table.weight;
    readonly dropout = new Dropout(0.5);
  }

  it('name their parameters by fields, tied ones once', () => {
    const pair = new Pair();
    expect([...pair.namedParameters().keys()]).toEqual(['parts.0.weight', 'parts.0.bias', 'parts.1.weight', 'parts.1.bias', 'table.weight']);
    expect(pair.parameterCount()).toBe(6 + 3 + 3 + 3 + 8);
    expect(pair.setTraining(true).dropout.training).toBe(true);
    const before = engine.memory().buffers;
    pair.dispose();
    expect(before - engine.memory().buffers).toBe(5);
  });

  it('compute what they say', () => {
    const linear = new Linear(engine, { inputs: 2, outputs: 2, activation: 'relu' }, new Random(0));
    linear.weight.set([1, 2, 3, 4]);
    linear.bias!.set([0, -11]);
    expect([...linear.forward(engine.tensor([1, 2], [1, 2])).dataSync()]).toEqual([7, 0]);
    const dropped = new Dropout(0.5);
    const ones = engine.full([2000], 1);
    expect([...dropped.forward(ones).dataSync()]).toEqual([...ones.dataSync()]);
    dropped.training = true;
    engine.dropoutState.begin(1, 1);
    const values = dropped.forward(ones).dataSync();
    expect(new Set(values)).toEqual(new Set([0, 2]));
    expect(values.filter((value) => value === 0).length / 2000).toBeCloseTo(0.5, 1);
    expect(() => new Dropout(1)).toThrow(/below 1/);
  });
});
