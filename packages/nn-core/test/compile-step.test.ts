// Captured steps: the same numbers as eager code, nothing allocated in a replay, and what capture freezes.
import { describe, expect, it } from 'vitest';
import { AdamW, backward, clipFactor, compileStep, crossEntropy, Dropout, embedding, init, Linear, matmul, Random, relu, reshape, scale, slice, sum, type Engine, type Tensor } from '../src/index.js';
import { planArena } from '../src/backends/arena.js';
import { PlannedStorage } from '../src/backends/plan.js';
import { opCases } from './support/op-cases.js';
import { caseInputs, runCase, weightedSum } from './support/run-case.js';

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm', () => init('wasm', { threads: 1 })],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
  ['wasm on 3 threads', () => init('wasm', { threads: 3 })],
];

describe.each(devices)('captured steps on %s', async (_, make) => {
  const engine = await make();

  /** A small classifier with everything that training needs. */
  function setup(): { step: () => Tensor; optimizer: AdamW; x: Tensor; targets: Tensor; layers: Linear[] } {
    const random = new Random(1);
    const layers = [new Linear(engine, { inputs: 5, outputs: 16, activation: 'gelu' }, random), new Linear(engine, { inputs: 16, outputs: 3 }, random)];
    const dropout = new Dropout(0.2).setTraining(true);
    const optimizer = new AdamW(layers.flatMap((layer) => layer.parameters()), { learningRate: 0.01 });
    const x = engine.keep(engine.randomNormal([7, 5], random));
    const targets = engine.keep(engine.tensor([0, 1, 2, 0, 1, 2, 0], [7], 'int32'));
    const step = (): Tensor => {
      const loss = crossEntropy(layers[1]!.forward(dropout.forward(layers[0]!.forward(x))), targets);
      backward(loss);
      optimizer.update(clipFactor(optimizer.parameters, 0.5));
      optimizer.zeroGradients();
      return loss;
    };
    return { step, optimizer, x, targets, layers };
  }

  const inputsAt = (step: number): Float32Array => Float32Array.from({ length: 35 }, (_, i) => Math.sin(i * (step + 1)));

  it('train with the same bits as eager code, with new inputs, learning rates and dropout in each step', async () => {
    const runs: number[][] = [];
    for (const captured of [false, true]) {
      const { step, optimizer, x, layers } = setup();
      const plan = captured ? compileStep(engine, step) : null;
      const losses: number[] = [];
      for (let i = 0; i < 20; i++) {
        x.set(inputsAt(i));
        engine.dropoutState.begin(3, i);
        optimizer.prepare(0.01 / (i + 1));
        const loss = plan ? plan.replay() : engine.scope(step);
        losses.push(await loss.item());
      }
      for (const layer of layers) for (const parameter of layer.parameters()) losses.push(...(await parameter.data()));
      runs.push(losses);
      plan?.dispose();
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  it('allocate nothing in a replay, and give everything back', () => {
    const { step, optimizer } = setup();
    engine.dropoutState.begin(0, 0);
    const before = engine.memory();
    const plan = compileStep(engine, step);
    const compiled = engine.memory();
    expect(plan.commandCount).toBeGreaterThan(20);
    expect(plan.arenaBytes).toBeGreaterThan(0);
    for (let i = 0; i < 100; i++) {
      optimizer.prepare();
      plan.replay();
    }
    expect(engine.memory()).toEqual(compiled);
    expect(engine.tape.length).toBe(0);
    plan.dispose();
    expect({ ...engine.memory(), reservedBytes: 0 }).toEqual({ ...before, reservedBytes: 0 });
    expect(() => plan.replay()).toThrow(/disposed/);
  });

  it('refuse a replay whose optimizer was not prepared, and change nothing', async () => {
    const { step, optimizer } = setup();
    const weights = (): Promise<unknown> => Promise.all(optimizer.parameters.map(async (parameter) => [...(await parameter.data())]));
    const before = await weights();
    const plan = compileStep(engine, step);
    expect(() => plan.replay()).toThrow(/AdamW: update\(\) runs without a prepare\(\) before it.* before each replay/);
    expect(await weights()).toEqual(before);
    optimizer.prepare();
    plan.replay();
    const after = await weights();
    expect(after).not.toEqual(before);
    expect(() => plan.replay()).toThrow(/without a prepare\(\)/); // these would be the settings of the step before
    expect(await weights()).toEqual(after);
    plan.dispose();
    expect(() => engine.scope(step)).toThrow(/optimizer\.step\(\) where nothing is captured/);
    optimizer.zeroGradients();
  });

  it.each(opCases)('give what eager code gives: $name', async (opCase) => {
    const expected = await runCase(engine, opCase);
    const values = caseInputs(opCase);
    const inputs = opCase.shapes.map((shape) => engine.parameter(engine.zeros(shape)));
    const plan = compileStep(engine, () => {
      const output = opCase.run(inputs, engine);
      backward(weightedSum(engine, output));
      const gradients = inputs.map((input) => engine.alias(input.gradient!));
      for (const input of inputs) {
        input.gradient!.dispose();
        input.gradient = null;
      }
      return { output, gradients };
    });
    inputs.forEach((input, i) => input.set(values[i]!));
    for (let replay = 0; replay < 2; replay++) {
      engine.dropoutState.begin(5, 3);
      const { output, gradients } = plan.replay();
      expect(await output.data()).toEqual(expected.output);
      for (const [i, gradient] of gradients.entries()) expect(await gradient.data()).toEqual(expected.gradients[i]);
    }
    plan.dispose();
    inputs.forEach((input) => input.dispose());
  });

  it('freeze numbers and what is made from numbers inside; tensors from outside stay open', async () => {
    const outside = engine.keep(engine.tensor([1, 2]));
    let factor = 10;
    const plan = compileStep(engine, () => sum(matmul(reshape(scale(outside, factor), [1, 2]), engine.tensor([1, factor], [2, 1]))));
    factor = 1000;
    expect(await plan.replay().item()).toBe(10 * (1 + 2 * 10));
    outside.set([3, 4]);
    expect(await plan.replay().item()).toBe(10 * (3 + 4 * 10));
    plan.dispose();
  });

  it('refuse other shapes, ids that do not exist, values read while capturing, and gradients left behind', async () => {
    const ids = engine.keep(engine.tensor([0, 1, 2, 3], [4], 'int32'));
    const table = engine.parameter(engine.zeros([5, 2]));
    const plan = compileStep(engine, () => sum(embedding(slice(ids, 0, 2, 2), table)));
    expect(() => ids.set([0, 1, 2])).toThrow(/3 numbers for a tensor of shape \(4\)/);
    expect(() => ids.set([0, 1, 2, 5])).toThrow(/ids from 0 to 5.*expects 0 to 4/);
    expect(() => ids.set([-1, 1, 2, 4])).toThrow(/expects 0 to 4/);
    ids.set([0, 0, 4, 4]);
    plan.replay();
    plan.dispose();

    const x = engine.parameter(engine.tensor([1, 2]));
    expect(() => compileStep(engine, () => sum(x).dataSync())).toThrow(/no values while it is captured/);
    expect(() => compileStep(engine, () => x.set([1, 2]))).toThrow(/Set it before replay/);
    expect(() => compileStep(engine, () => compileStep(engine, () => sum(x)))).toThrow(/while another is/);
    expect(() => compileStep(engine, () => backward(sum(relu(x))))).toThrow(/leave gradients behind.*zeroGradients/);
    expect(x.gradient).toBe(null);
    expect(await sum(x).item()).toBe(3); // the engine still works
  });
});

describe('the arena', () => {
  it('never lets two buffers overlap that are needed at the same time, and shares the rest', () => {
    const random = new Random(9);
    for (let round = 0; round < 50; round++) {
      const transients = Array.from({ length: 40 }, () => {
        const first = random.integer(100);
        return { storage: new PlannedStorage('float32', random.integer(200)), first, last: first + random.integer(20) };
      });
      const { offsets, bytes } = planArena(transients, () => 4);
      let sum = 0;
      for (const a of transients) {
        sum += a.storage.length * 4;
        expect(offsets.get(a.storage)! % 64).toBe(0);
        expect(offsets.get(a.storage)! + a.storage.length * 4).toBeLessThanOrEqual(bytes);
        for (const b of transients) {
          if (a === b || a.last < b.first || b.last < a.first || a.storage.length === 0 || b.storage.length === 0) continue;
          const [from, to] = [offsets.get(a.storage)!, offsets.get(b.storage)!];
          expect(from + a.storage.length * 4 <= to || to + b.storage.length * 4 <= from).toBe(true);
        }
      }
      expect(bytes).toBeLessThan(sum);
    }
  });
});
