// Two models that are trained at once on one engine, their steps interleaved by awaits, get the same bits as alone.
import { describe, expect, it } from 'vitest';
import { AdamW, backward, compileStep, crossEntropy, Dropout, init, Linear, Random, type Engine } from '../src/index.js';

interface Model {
  seed: number;
  width: number;
  /** How it computes: captured, in one scope, or with an await between forward and backward, where there can be no dropout. */
  how: 'captured' | 'eager' | 'interrupted';
}

const models: Model[] = [
  { seed: 1, width: 16, how: 'captured' },
  { seed: 2, width: 9, how: 'eager' },
  { seed: 3, width: 5, how: 'interrupted' },
  { seed: 4, width: 16, how: 'captured' },
];

/** Trains a small classifier with dropout; all losses, then all weights. */
async function train(engine: Engine, { seed, width, how }: Model, turn: () => Promise<void>): Promise<number[]> {
  const random = new Random(seed);
  const [first, last] = [new Linear(engine, { inputs: 3, outputs: width, activation: 'relu' }, random), new Linear(engine, { inputs: width, outputs: 4 }, random)];
  const dropout = new Dropout(how === 'interrupted' ? 0 : 0.25).setTraining(true);
  const parameters = [...first.parameters(), ...last.parameters()];
  const optimizer = new AdamW(parameters, { learningRate: 0.02 });
  const x = engine.keep(engine.randomNormal([8, 3], random));
  const targets = engine.keep(engine.tensor(Array.from({ length: 8 }, (_, i) => i % 4), [8], 'int32'));
  const forward = () => crossEntropy(last.forward(dropout.forward(first.forward(x))), targets);
  const update = (): void => {
    optimizer.update();
    optimizer.zeroGradients();
  };
  const step = () => {
    const loss = forward();
    backward(loss);
    update();
    return loss;
  };
  const plan = how === 'captured' ? compileStep(engine, step) : null;
  const numbers: number[] = [];
  for (let i = 0; i < 12; i++) {
    engine.dropoutState.begin(seed, i);
    optimizer.prepare();
    if (plan) numbers.push(await plan.replay().item());
    else if (how === 'eager') numbers.push(await engine.scope(step).item());
    else {
      const loss = forward();
      numbers.push(await loss.item());
      await turn(); // the others compute whole steps while this one's operations wait on the tape
      engine.scope(() => {
        backward(loss);
        update();
      });
    }
    await turn();
  }
  for (const parameter of parameters) numbers.push(...(await parameter.data()));
  return numbers;
}

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm', () => init('wasm', { threads: 1 })],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
];

describe.each(devices)('models that share an engine on %s', async (_, make) => {
  it('train at once as each does alone, to the bit', async () => {
    const alone = [];
    for (const model of models) {
      const engine = await make();
      alone.push(await train(engine, model, () => Promise.resolve()));
      engine.dispose();
    }
    const engine = await make();
    const order: number[] = [];
    const together = await Promise.all(
      models.map((model) =>
        train(engine, model, async () => {
          order.push(model.seed);
          await new Promise(setImmediate);
        }),
      ),
    );
    expect(together).toEqual(alone);
    expect(new Set(order.slice(0, models.length)).size).toBe(models.length); // each had a turn before any had a second
    engine.dispose();
  });
});
