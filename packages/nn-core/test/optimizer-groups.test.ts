// Parameter groups against PyTorch, the digits of AdamW in float32, steps that are refused, and training that goes on from
// what an optimizer remembered.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { AdamW, backward, clipFactor, init, multiply, SGD, sum, type Engine, type Optimizer, type ParameterGroup, type Tensor } from '../src/index.js';

interface Outcome {
  parameters: number[][];
  state: { exp_avg?: number[]; exp_avg_sq?: number[]; momentum_buffer?: number[] }[];
}
const torch = JSON.parse(await readFile(new URL('fixtures/optimizers.torch.json', import.meta.url), 'utf8')) as {
  starts: number[][]; slopes: number[][]; factors: number[]; AdamW: Outcome; SGD: Outcome;
};

const devices: [string, () => Promise<Engine>, number][] = [
  ['cpu in double precision', () => init('cpu', { precision: 'float64' }), 1e-13],
  ['cpu', () => init('cpu'), 1e-6],
  ['wasm with relaxed multiply-add', () => init('wasm', { threads: 1, relaxed: true }), 1e-6],
  ['wasm without', () => init('wasm', { threads: 1, relaxed: false }), 1e-6],
];

describe.each(devices)('on %s', async (_, make, tolerance) => {
  const engine = await make();
  /** The loss is the sum of slope * x, so the gradient is the slope. */
  const setGradient = (parameter: Tensor, slopes: number[]): void => engine.scope(() => backward(sum(multiply(parameter, engine.tensor(slopes)))));
  const expectClose = (actual: ArrayLike<number>, expected: readonly number[], relative = tolerance): void =>
    expected.forEach((value, i) => expect(Math.abs(actual[i]! - value) / Math.abs(value), `element ${i}: ${actual[i]} instead of ${value}`).toBeLessThan(relative));
  const parametersAt = (starts: readonly number[][]): Tensor[] => starts.map((start) => engine.parameter(engine.tensor(start)));

  const kinds: ['AdamW' | 'SGD', (groups: ParameterGroup[]) => Optimizer, readonly (readonly [string, keyof Outcome['state'][0]])[]][] = [
    ['AdamW', (groups) => new AdamW(groups, { learningRate: 1, decays: () => true }), [['firstMoment', 'exp_avg'], ['secondMoment', 'exp_avg_sq']]],
    ['SGD', (groups) => new SGD(groups, { learningRate: 1, momentum: 0.9 }), [['velocity', 'momentum_buffer']]],
  ];

  it.each(kinds)('%s takes groups with rates and decays of their own, scaled by the schedule, as PyTorch', (kind, create, slots) => {
    const parameters = parametersAt(torch.starts);
    const optimizer = create([
      { parameters: [parameters[0]!], learningRate: 0.01, weightDecay: 0.1 },
      { parameters: [parameters[1]!], learningRate: 0.05, weightDecay: 0 },
    ]);
    torch.factors.forEach((factor, step) => {
      parameters.forEach((parameter, i) => setGradient(parameter, torch.slopes[i]!.map((slope) => slope * (step + 1))));
      optimizer.step({ learningRate: factor });
      optimizer.zeroGradients();
    });
    parameters.forEach((parameter, i) => expectClose(parameter.dataSync(), torch[kind].parameters[i]!, 4 * tolerance));
    for (const [slot, key] of slots) parameters.forEach((_parameter, i) => expectClose(optimizer.state().get(`${slot}/${i}`)!.dataSync(), torch[kind].state[i]![key]!));
    optimizer.dispose();
  });

  it('the second moment keeps its digits: 1 - beta2 is not computed in float32', () => {
    const [parameter] = parametersAt([[1, -2]]);
    const optimizer = new AdamW([parameter!]); // beta2 0.999
    setGradient(parameter!, [3, -0.5]);
    optimizer.step();
    // After one step it is exactly (1 - beta2) g^2, here with the rounding of 0.001 to float32.
    expectClose(optimizer.state().get('secondMoment/0')!.dataSync(), [0.001 * 9, 0.001 * 0.25], Math.min(tolerance, 2e-7));
    optimizer.dispose();
  });

  it.each([
    ['SGD', (parameters: Tensor[]) => new SGD(parameters, { learningRate: 0.1, momentum: 0.9 })],
    ['AdamW', (parameters: Tensor[]) => new AdamW(parameters, { learningRate: 0.1 })],
  ] as const)('%s goes on with the same bits from its state and step count', (_kind, create) => {
    const names = (parameter: Tensor): Map<string, Tensor> => new Map([['layer.weight', parameter]]);
    const steps = (parameter: Tensor, optimizer: Optimizer, from: number, to: number): void => {
      for (let step = from; step < to; step++) {
        setGradient(parameter, [Math.sin(step), 1 / (step + 1)]);
        optimizer.step();
        optimizer.zeroGradients();
      }
    };
    const [straight, first] = parametersAt([[1, 2], [1, 2]]) as [Tensor, Tensor];
    steps(straight, create([straight]), 0, 9);
    const before = create([first]);
    steps(first, before, 0, 4);
    const saved = { stepCount: before.stepCount, parameter: first.dataSync(), state: new Map([...before.state(names(first))].map(([name, tensor]) => [name, tensor.dataSync()])) };

    const [second] = parametersAt([[0, 0]]) as [Tensor];
    const after = create([second]);
    second.set(saved.parameter);
    after.stepCount = saved.stepCount;
    for (const [name, tensor] of after.state(names(second))) tensor.set(saved.state.get(name)!);
    steps(second, after, 4, 9);
    expect([...second.dataSync()]).toEqual([...straight.dataSync()]);
  });

  it('a learning rate that is no number, negative or infinite is refused, and the step is not counted', () => {
    const [parameter] = parametersAt([[1]]);
    for (const optimizer of [new AdamW([parameter!]), new SGD([parameter!], { learningRate: 1 })]) {
      setGradient(parameter!, [1]);
      for (const learningRate of [Number.NaN, -1e-3, Infinity]) expect(() => optimizer.step({ learningRate })).toThrow(`learningRate is ${learningRate}; expected a finite number of at least 0`);
      expect(optimizer.stepCount).toBe(0);
      expect([...parameter!.dataSync()]).toEqual([1]);
      optimizer.dispose();
    }
  });

  it.each([
    ['the gradient is not a number', [Number.NaN, 1], 1],
    ['the gradient is infinite', [Infinity, 1], 1],
    ['the loss is not a number', [1, 1], Number.NaN],
    ['the loss is infinite', [1, 1], Infinity],
    ['the loss is minus infinity', [1, 1], -Infinity],
    ['the loss is above its maximum', [1, 1], 10.1],
  ])('a step is passed over where %s', (_what, slopes, lossValue) => {
    for (const create of [(p: Tensor) => new AdamW([p]), (p: Tensor) => new SGD([p], { learningRate: 1, momentum: 0.9 })]) {
      const [parameter] = parametersAt([[1, -2]]) as [Tensor];
      const optimizer = create(parameter);
      const step = (gradient: number[], loss: number): void => {
        parameter.gradient = engine.tensor(gradient);
        optimizer.step({ gradientFactor: clipFactor(optimizer.parameters, 1, { loss: engine.tensor([loss], []), maximumLoss: 10 }) });
        optimizer.zeroGradients();
      };
      step([1, 1], 10);
      const before = [parameter, ...optimizer.state().values()].map((tensor) => [...tensor.dataSync()]);
      expect(before[0]).not.toEqual([1, -2]);
      step(slopes, lossValue);
      expect([parameter, ...optimizer.state().values()].map((tensor) => [...tensor.dataSync()])).toEqual(before);
      optimizer.dispose();
    }
  });
});

describe('optimizers', async () => {
  const engine = await init('cpu');
  const parameter = (values: number[]): Tensor => engine.parameter(engine.tensor(values));

  it('remember nothing of frozen parameters, and never change them', () => {
    const [trained, frozen] = [parameter([1]), parameter([1])];
    frozen.requiresGradient = false;
    const before = engine.memory().buffers;
    const optimizer = new AdamW([frozen, trained]);
    expect(engine.memory().buffers - before).toBe(3); // two moments and the settings
    expect(optimizer.parameters).toEqual([trained]);
    engine.scope(() => backward(sum(multiply(trained, frozen))));
    optimizer.step();
    expect([...frozen.dataSync()]).toEqual([1]);
    optimizer.dispose();
    expect(engine.memory().buffers).toBe(before);
    trained.requiresGradient = false;
    expect(() => new AdamW([frozen, trained])).toThrow(/all 2 that it was given are frozen/);
  });

  it('name what is wrong with groups and names', () => {
    const [a, b] = [parameter([1]), parameter([1])];
    expect(() => new AdamW([{ parameters: [a] }, { parameters: [b, a] }])).toThrow(/twice/);
    expect(() => new AdamW([{ parameters: [a] }, b] as never)).toThrow(/not both/);
    expect(() => new AdamW([{ parameters: [a], learningRate: -1 }])).toThrow(/AdamW: learningRate is -1/);
    expect(() => new SGD([{ parameters: [a], weightDecay: Number.NaN }], { learningRate: 1 })).toThrow(/SGD: weightDecay is NaN/);
    const still = new SGD([{ parameters: [a], learningRate: 1 }], { learningRate: 0 });
    expect(() => still.prepare(0.1)).toThrow(/no proportion/);
    expect(() => still.state(new Map([['b', b]]))).toThrow(/names for all parameters/);
    expect(() => clipFactor([a], 1, { maximumLoss: 0 })).toThrow(/maximumLoss is 0; expected a number above 0/);
    expect(() => clipFactor([a], 1, { loss: engine.tensor([1, 2]) })).toThrow(/single number/);
  });
});

it('scales the rates of groups when the optimizer\'s own rate is set, as when a step is given one', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const [p, q] = [engine.parameter(engine.tensor([0])), engine.parameter(engine.tensor([0]))];
  const optimizer = new SGD([{ parameters: [p], learningRate: 1 }, { parameters: [q] }], { learningRate: 0.1 });
  optimizer.learningRate = 0.05;
  engine.scope(() => backward(sum(multiply(p, 1))));
  engine.scope(() => backward(sum(multiply(q, 1))));
  optimizer.step();
  expect((await p.data())[0]).toBeCloseTo(-0.5, 12);
  expect((await q.data())[0]).toBeCloseTo(-0.05, 12);
});
